/** A native host that answers each byte string with itself, its pid and its arguments; `exit` ends it. */
import { writeFileSync } from 'node:fs';

const [endedFile, ...args] = process.argv.slice(2);
process.stdin.on('data', (data) => {
  const text = data.toString();
  process.stdout.write(`${JSON.stringify({ text, args, platform: process.platform })}\n`);
  if (text === 'exit') process.exitCode = 3;
  if (text === 'exit') process.stdin.destroy();
});
process.stdin.on('end', () => writeFileSync(endedFile, 'the port was closed'));
