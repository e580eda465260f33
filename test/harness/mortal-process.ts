/** Hosts as processes of their own that kill themselves, and what is done about what they leave behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { expect } from 'vitest';
import { type Run, RunSchema } from '../../common/run.ts';
import { Fate } from './fate.ts';
import type { Orders } from './mortal-host.ts';
import type { Life } from './mortal-run.ts';
import type { Scenario } from './mortal-scenarios.ts';
import { runHostOf } from './run-host.ts';
import { testPc } from './test-pc.ts';

const root = join(import.meta.dirname, '..', '..');
/** The Node that ships, which runs TypeScript as it is. */
const node = join(root, 'node_modules', '.bin', 'node');
const script = join(import.meta.dirname, 'mortal-host.ts');

const LivedSchema = v.strictObject({ run: RunSchema, moments: v.array(v.string()) });

/** Starts a host; what it says besides is a fault of the host itself and is told. */
export function startMortal(orders: Orders) {
  return spawn(node, [script, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function lived(orders: Orders): Promise<{ signal: string | null; said: string }> {
  const child = startMortal(orders);
  const [said, trouble, [, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  expect(trouble, JSON.stringify(orders)).toBe('');
  return { signal: v.parse(v.nullable(v.string()), signal), said };
}

/** A life to its end: the run as it ended, and the moments. */
export async function liveOn(orders: Omit<Orders, 'fatal'>) {
  const { said } = await lived(orders);
  return v.parse(LivedSchema, JSON.parse(said));
}

/** A life that ends at its fatal moment by SIGKILL and by nothing else. */
export async function die(orders: Orders & { fatal: number }): Promise<void> {
  expect(await lived(orders), JSON.stringify(orders)).toEqual({ signal: 'SIGKILL', said: '' });
}

/** A PC on which a scenario may be lived. */
export async function newPc({ pc }: Scenario): Promise<Life> {
  const made = await testPc(pc);
  return { ...made, fate: new Fate(), runs: join(made.machine.stateFolder, 'runs'), before: made.read() };
}

/** The newest run's id, as the next host finds it; undefined when nothing was begun. */
async function latest({ machine }: Life): Promise<Run | undefined> {
  return (await runHostOf(machine).host.past.history()).runs[0];
}

/** Finishes what was left, by a host in this process; who is asked to do something has done it. */
export async function finishHere(life: Life): Promise<Run> {
  const { host, ended } = runHostOf(life.machine);
  const left = await host.past.current();
  const id = left?.id ?? '';
  let run = await ended(left?.status === 'your-turn' ? host.continue(id, 'done') : host.finish(id));
  while (run.status === 'your-turn') run = await ended(host.continue(id, 'done'));
  return run;
}

/** Undoes the newest run by a host in this process; undefined where there is nothing to undo. */
export async function undoHere(life: Life): Promise<Run | undefined> {
  const run = await latest(life);
  const { host, ended } = runHostOf(life.machine);
  const waits = run && (await host.past.current())?.id === run.id;
  return run && (run.canUndo || waits) ? ended(host.undo({ runId: run.id })) : undefined;
}

/** Does something for each of these, up to four at once, each on a PC of its own. */
export async function fourAtOnce<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const one = async (): Promise<void> => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await work(thing);
  };
  await Promise.all(Array.from({ length: 4 }, one));
}
