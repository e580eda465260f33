/** The check's benchmark inside its network namespace; check.ts starts it. Prints Rounds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Round } from './check-round.ts';
import { startServers } from './check-servers.ts';
import { timed } from './figures.ts';
import { openSlowNetwork } from './slow-network.ts';

export interface Rounds {
  rounds: Round[];
  /** Milliseconds of the command `check`, from its start to its end. */
  command: number[];
}

// Whoever started this has died: nothing of it stays.
process.stdin.on('end', () => process.exit(1)).resume();

const [folder = '', count = '', delay = '', times = ''] = process.argv.slice(2);
openSlowNetwork(Number(delay));
const { pc, holedPc, ca } = await startServers(await mkdtemp(join(folder, 'pc-')), Number(count));
const env = { ...process.env, NODE_EXTRA_CA_CERTS: ca };

/** What a program prints; it may end with any of these. */
async function run(codes: readonly number[], script: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(folder, script), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  process.off('exit', end);
  if (!codes.includes(code)) throw new Error(`${script} ended with ${code}`);
  return output;
}

const found: Rounds = { rounds: [], command: [] };
async function command(): Promise<void> {
  // An empty PC has things that are found fault with, besides its servers.
  const output = await run([0, 1], 'main.mjs', 'check', '--json', '--machine', `simulated:${pc}`);
  if (!('findings' in JSON.parse(output))) throw new Error(output);
}

for (let round = 0; round < Number(times); round += 1) {
  found.rounds.push(JSON.parse(await run([0], 'check-round.mjs', pc, holedPc)));
  found.command.push(await timed(command));
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
