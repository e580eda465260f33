/**
 * `npm run fuzz`: puts made-up and damaged input into all that reads input, for as long as one likes.
 * `-- --target T` one target (again for more), `--runs N` cases of each, `--minutes M` of each instead, `--seed N`
 * the same cases again, `--json` one document. `--load L` puts load L on hosts instead, `--count N` times.
 */
import { parseArgs } from 'node:util';
import { type LoadName, loads, tellLoad } from './load.ts';
import { type Report, supervise } from './supervise.ts';
import { targets } from './targets.ts';

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    seed: { type: 'string' },
    runs: { type: 'string' },
    minutes: { type: 'string' },
    load: { type: 'string' },
    count: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** A number of the command line; ends the process where it is none. */
function number(name: 'seed' | 'runs' | 'minutes' | 'count'): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  return usage(`--${name} is a number, not "${text}".`);
}

function usage(text: string): never {
  console.error(text);
  process.exit(2);
}

/** One batch of each, unless something else is asked for. */
function wanted(): { runs: (batch: number) => number; milliseconds: number } {
  const [runs, minutes] = [number('runs'), number('minutes')];
  if (minutes !== undefined)
    return { runs: () => runs ?? Number.POSITIVE_INFINITY, milliseconds: minutes * 60_000 };
  return { runs: (batch) => runs ?? batch, milliseconds: Number.POSITIVE_INFINITY };
}

const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

function tell({ target, cases, kinds, seconds, growth, failure }: Report): void {
  const kept = growth === null ? '' : `, memory ${growth < 0 ? '−' : '+'}${mib(Math.abs(growth))}`;
  console.log(`${target}: ${cases} cases in ${seconds.toFixed(1)} s${kept}${failure ? ', FAILED' : ''}`);
  for (const [kind, count] of Object.entries(kinds).sort(([, a], [, b]) => b - a)) {
    console.log(`  ${String(count).padStart(9)}  ${kind}`);
  }
  if (!failure) return;
  console.log(`  again by: npm run fuzz -- --target ${target} --seed ${failure.seed}`);
  console.log(`  input, Base64: ${failure.input || '(not known)'}`);
  console.log(`  ${failure.why.replaceAll('\n', '\n  ')}`);
}

async function fuzz(): Promise<boolean> {
  const names = values.target ?? targets.map(({ name }) => name);
  const unknown = names.find((name) => !targets.some((each) => each.name === name));
  if (unknown) usage(`There is no target ${unknown}: ${targets.map(({ name }) => name).join(', ')}.`);
  const seed = number('seed') ?? Math.floor(Math.random() * 2 ** 31);
  const { runs, milliseconds } = wanted();
  const reports: Report[] = [];
  if (!values.json) console.log(`Seed ${seed}, Node ${process.version}`);
  for (const { name, batch } of targets.filter(({ name }) => names.includes(name))) {
    const report = await supervise({ target: name, seed, runs: runs(batch), milliseconds });
    reports.push(report);
    if (!values.json) tell(report);
  }
  if (values.json) console.log(JSON.stringify({ seed, node: process.version, reports }, null, 2));
  return reports.every(({ failure }) => failure === undefined);
}

async function load(name: string): Promise<boolean> {
  const known = (each: string): each is LoadName => Object.hasOwn(loads, each);
  if (!known(name)) return usage(`There is no load ${name}: ${Object.keys(loads).join(', ')}.`);
  const report = await loads[name](number('count'));
  console.log(values.json ? JSON.stringify(report, null, 2) : tellLoad(name, report));
  return report.wrong.length === 0;
}

// So that folders are cleared away.
process.once('SIGINT', () => process.exit(130));
process.exitCode = (await (values.load === undefined ? fuzz() : load(values.load))) ? 0 : 1;
