/** What the connection check costs, with real servers at a real distance: in a network namespace of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { root } from '../harness/build.ts';
import { findProgram } from '../harness/system-packages.ts';
import type { Rounds } from './check-inside.ts';
import type { Round } from './check-round.ts';
import { ratios, type Summary, summary, told } from './figures.ts';

/** The design's: all endpoints at most 1.1 times the slowest one's own time. */
const GOAL = 1.1;
const HOSTS = 30;
/** Milliseconds; half a round trip. */
const DELAY = 25;
const ROUNDS = 9;

/** Bundles, as the product is: what Node does to sources would be measured too. */
async function bundle(outDir: string): Promise<void> {
  const externals = ['koffi', 'quickjs-wasi'];
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, external: externals },
    build: {
      ssr: true,
      outDir,
      target: 'node22',
      minify: false,
      rolldownOptions: {
        input: ['test/bench/check-round.ts', 'native-host/main.ts'],
        external: externals,
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
}

/** What this needs and this PC has not; undefined where all is there. */
async function missing(): Promise<string | undefined> {
  if (!findProgram('unshare')) return 'there is no unshare here';
  const device = '/dev/net/tun';
  return access(device, constants.R_OK | constants.W_OK).then(
    () => undefined,
    () => `${device} cannot be opened`,
  );
}

async function measure(): Promise<Rounds> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'bench-check-'));
  try {
    await bundle(folder);
    const inside = join(import.meta.dirname, 'check-inside.ts');
    const args = [folder, HOSTS, DELAY, ROUNDS].map(String);
    // The namespace and its device are gone with the last process in it.
    const child = spawn('unshare', ['--map-root-user', '--net', process.execPath, inside, ...args]);
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    if (code !== 0) throw new Error(errors);
    return JSON.parse(output);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const costOf = ({ rounds, command }: Rounds) => {
  const each = (of: (round: Round) => number) => rounds.map(of);
  const slowestAlone = each(({ alone }) => Math.max(...alone));
  const oneByOne = each(({ alone }) => alone.reduce((sum, time) => sum + time, 0));
  const [first, later] = [each(({ first }) => first.total), each(({ later }) => later.total)];
  return {
    hosts: HOSTS,
    rounds: ROUNDS,
    goal: GOAL,
    roundTrip: summary(each(({ roundTrip }) => roundTrip)),
    first: {
      total: summary(first),
      slowest: ratios(
        first,
        each(({ first }) => first.slowest),
      ),
      alone: ratios(first, slowestAlone),
    },
    later: {
      total: summary(later),
      slowest: ratios(
        later,
        each(({ later }) => later.slowest),
      ),
      alone: ratios(later, slowestAlone),
    },
    slowestAlone: summary(slowestAlone),
    oneByOne: { total: summary(oneByOne), ratio: ratios(later, oneByOne) },
    memory: {
      before: summary(each(({ memory }) => memory.before)),
      peak: summary(each(({ memory }) => memory.peak)),
      after: summary(each(({ memory }) => memory.after)),
    },
    blackHole: {
      others: summary(each(({ others }) => others.lost)),
      ratio: ratios(
        each(({ others }) => others.lost),
        each(({ others }) => others.well),
      ),
    },
    command: summary(command),
  };
};

/** Milliseconds, MiB, and ratios of what was measured in one round. */
export async function checkCost() {
  const reason = await missing();
  return reason === undefined ? costOf(await measure()) : { reason };
}

const line = (label: string, value: string | Summary) =>
  `  ${label.padEnd(34)} ${typeof value === 'string' ? value : told(value)}`;

/** The same for a person to read. */
export function tellCheck(cost: Awaited<ReturnType<typeof checkCost>>): string[] {
  const title = `The check of ${HOSTS} endpoints, milliseconds`;
  if ('reason' in cost) return [title, line('not measured', cost.reason)];
  const { hosts, goal, roundTrip, first, later, slowestAlone, oneByOne, memory, blackHole, command } = cost;
  const all = ({ total, slowest, alone }: typeof first) => [
    line('  in all', total),
    line('  ÷ the slowest one’s own time', `${told(slowest)}, goal ${goal}`),
    line('  ÷ the slowest one when alone', alone),
  ];
  return [
    title,
    line('a round trip', roundTrip),
    line('the slowest host when alone', slowestAlone),
    `  all ${hosts} at once, first in its process`,
    ...all(first),
    `  all ${hosts} at once, again`,
    ...all(later),
    line('one after the other', oneByOne.total),
    line('  at once ÷ one after the other', oneByOne.ratio),
    line('the others beside a black hole', blackHole.others),
    line('  ÷ without one', blackHole.ratio),
    line('the command `check`, all checks', command),
    line('memory before, MiB', memory.before),
    line('  at its peak', memory.peak),
    line('  after', memory.after),
  ];
}
