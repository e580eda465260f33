/** `npm run matrix [WORD …]`: the network matrix as a table; with words, the worlds that have one in their name. */
import { stripVTControlCharacters } from 'node:util';
import { prepare, type Row, runWorld } from './run-world.ts';
import type { World } from './world.ts';
import { worlds } from './worlds.ts';

const widths = [50, 42, 42, 34, 7] as const;

function line(...cells: readonly string[]): string {
  return cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('│ ');
}

/** One line for each finding, as there may be several. */
function tell({ world, found, cause, seconds, wrong }: Row): void {
  const verdict = wrong.length === 0 ? 'ok' : 'WRONG';
  for (let at = 0; at < Math.max(found.length, world.expects.length, 1); at += 1) {
    const own = at === 0 ? [cause ?? '–', `${seconds.toFixed(1)} s`, verdict] : ['', '', ''];
    console.log(line(at === 0 ? world.name : '', world.expects[at] ?? '', found[at] ?? '', ...own));
  }
  for (const each of wrong) console.log(`    ${stripVTControlCharacters(each)}`);
}

function rowOf(world: World): Promise<Row> {
  const none = { world, found: [], cause: null, seconds: 0 };
  return runWorld(world).catch((error): Row => ({ ...none, wrong: [String(error)] }));
}

await prepare();
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const wanted = worlds.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
);
console.log(line('world', 'expected', 'found', 'most probable cause', 'took', ''));
console.log(widths.map((width) => '─'.repeat(width)).join('┼─'));
let wrong = 0;
// All at once as they take turns by themselves, and told in their order.
for (const row of wanted.map(rowOf)) {
  const outcome = await row;
  tell(outcome);
  if (outcome.wrong.length > 0) wrong += 1;
}
console.log(`${wanted.length} worlds, ${wrong} wrong`);
process.exitCode = wrong === 0 && wanted.length > 0 ? 0 : 1;
