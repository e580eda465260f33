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
import { type Effort, type Part, type Row, row } from './row.ts';

/** The design's: all endpoints at most 1.1 times the slowest one's own time. */
const goal = { of: 'ratio', atMost: 1.1 } as const;
export const HOSTS = 30;
/** Milliseconds; half a round trip. */
const DELAY = 25;

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
export async function missing(): Promise<string | undefined> {
  if (!findProgram('unshare')) return 'there is no unshare here';
  const device = '/dev/net/tun';
  return access(device, constants.R_OK | constants.W_OK).then(
    () => undefined,
    () => `${device} cannot be opened`,
  );
}

/** Rounds with so many hosts. */
export async function measure(hosts: number, rounds: number): Promise<Rounds> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'bench-check-'));
  try {
    await bundle(folder);
    const inside = join(import.meta.dirname, 'check-inside.ts');
    const args = [folder, hosts, DELAY, rounds].map(String);
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

function rowsOf({ rounds, command }: Rounds): Row[] {
  const each = (of: (round: Round) => number) => rounds.map(of);
  const slowestAlone = {
    name: 'the slowest host, asked alone',
    figures: each(({ alone }) => Math.max(...alone)),
  };
  const oneByOne = {
    name: 'one after the other',
    figures: each(({ alone }) => alone.reduce((sum, time) => sum + time, 0)),
  };
  const atOnce = (name: string, which: 'first' | 'later') => {
    const ours = each((round) => round[which].total);
    const slowest = { name: 'the slowest one’s own time', figures: each((round) => round[which].slowest) };
    return [row({ name, ours, against: slowest, goal }), row({ name, ours, against: slowestAlone })];
  };
  const later = each((round) => round.later.total);
  const [before, after] = (['before', 'after'] as const).map((when) => each(({ memory }) => memory[when]));
  return [
    ...atOnce('all at once, first in its process', 'first'),
    ...atOnce('all at once, again', 'later'),
    row({ name: 'all at once, again', ours: later, against: oneByOne }),
    row({
      name: 'all others, beside a black hole',
      ours: each(({ others }) => others.lost),
      against: { name: 'without one', figures: each(({ others }) => others.well) },
    }),
    row({
      name: 'the command `check`, all its checks',
      ours: command,
      against: { name: 'a round trip', figures: each(({ roundTrip }) => roundTrip) },
    }),
    row({
      name: 'memory at its peak',
      unit: 'MiB',
      ours: each(({ memory }) => memory.peak),
      against: { name: 'before', figures: before ?? [] },
    }),
    row({
      name: 'memory after it',
      unit: 'MiB',
      ours: after ?? [],
      against: { name: 'before', figures: before ?? [] },
    }),
  ];
}

/** Milliseconds, MiB, and ratios of what was measured in one round. */
export async function checkCost({ rounds = 9 }: Effort): Promise<Part> {
  const title = `Connection check of ${HOSTS} endpoints, each round trip ${2 * DELAY} ms`;
  const reason = await missing();
  if (reason !== undefined) return { title, rows: [], notes: [`Not measured: ${reason}.`] };
  return { title, rows: rowsOf(await measure(HOSTS, rounds)), notes: [] };
}
