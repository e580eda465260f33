/**
 * `npm run bench`: what the product costs, as ratios measured in one run. `-- --help` says which parts can be measured
 * alone; `--json` prints one document, `--save` puts the tables into docs/BENCHMARKS.md.
 */
import { parseArgs } from 'node:util';
import { build } from '../harness/build.ts';
import { groups, type Room, rooms } from './rooms.ts';
import type { Part } from './row.ts';
import { save } from './save.ts';
import { surroundings, tellSurroundings } from './surroundings.ts';
import { asText } from './table.ts';

/** Raised when `--json` changes for those who read it. */
const SCHEMA = 1;

const names = [...rooms.map(({ name }) => name), ...Object.keys(groups)];

const help = `npm run bench -- [parts] [options]
Parts, all of them where none is named:
${rooms.map(({ name, what }) => `  --${name.padEnd(12)} ${what}`).join('\n')}
${Object.entries(groups)
  .map(([name, of]) => `  --${name.padEnd(12)} ${of.join(', ')}`)
  .join('\n')}
Options:
  --rounds N     rounds of everything; fewer are quicker, and less sure
  --json         one JSON document on standard output
  --save         puts the tables into docs/BENCHMARKS.md
  --help         this`;

function usage(text: string): never {
  console.error(`${text}\n\n${help}`);
  process.exit(2);
}

function options() {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      options: {
        ...Object.fromEntries(names.map((name) => [name, flag])),
        ...{ json: flag, save: flag, help: flag },
        rounds: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

const values: Record<string, unknown> = options();
if (values.help) {
  console.log(help);
  process.exit(0);
}

function rounds(): number | undefined {
  if (values.rounds === undefined) return undefined;
  const count = Number(values.rounds);
  return Number.isInteger(count) && count > 0
    ? count
    : usage(`--rounds is a number from 1, not "${values.rounds}".`);
}

/** The rooms that are asked for; all of them where none is. */
function wanted(): readonly Room[] {
  const named = names.filter((name) => values[name]).flatMap((name) => groups[name] ?? [name]);
  return named.length === 0 ? rooms : rooms.filter(({ name }) => named.includes(name));
}

const effort = { rounds: rounds() };
const measured = wanted();
if (values.save && measured.length < rooms.length) usage('--save is for a run of all parts.');
const here = await surroundings();
if (!values.json)
  console.log(`${tellSurroundings(here)}\nMedian (10 % … 90 %); ratios of what was measured side by side`);
if (measured.some(({ built }) => built)) await build();
const parts: Record<string, Part> = {};
for (const { name, measure } of measured) {
  const part = await measure(effort);
  parts[name] = part;
  if (!values.json) console.log(`\n${asText(part)}`);
}
const date = new Date().toISOString().slice(0, 10);
if (values.json) console.log(JSON.stringify({ schema: SCHEMA, date, machine: here, parts }, null, 2));
if (values.save) await save(date, here, Object.values(parts));
