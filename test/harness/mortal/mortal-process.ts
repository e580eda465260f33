/** Hosts as processes of their own that kill themselves, and what a host in this process does after them. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { build } from 'vite';
import { expect, onTestFinished } from 'vitest';
import type { RemedyId } from '../../../common/remedies.ts';
import { type Run, RunSchema } from '../../../common/run.ts';
import { root } from '../build.ts';
import { runHostOf } from '../host/run-host.ts';
import { testPc } from '../test-pc.ts';
import { Fate } from './fate.ts';
import type { Orders } from './mortal-host.ts';
import { type LifeWork, live } from './mortal-life.ts';
import type { Life } from './mortal-run.ts';
import { type Scenario, scenarios } from './mortal-scenarios.ts';

/** The Node that ships. */
const node = join(root, 'node_modules', '.bin', 'node');
const bundle = mkdtempSync(join(tmpdir(), 'signin-rescue-mortal-'));

/** One script of mortal-host.ts and all it imports, as it ships: it starts five times as fast as its sources do. */
export async function bundleMortalHost(): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: 'test/harness/mortal/mortal-host.ts',
      outDir: bundle,
      target: 'node22',
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
}

export async function removeBundle(): Promise<void> {
  await rm(bundle, { recursive: true, force: true });
}

const LivedSchema = v.strictObject({ run: RunSchema, moments: v.array(v.string()) });

/** The scenario in which this remedy comes first. */
export function scenarioOf(remedy: RemedyId, code?: string): Scenario {
  const found = scenarios.find((each) => each.only[0] === remedy && [undefined, each.code].includes(code));
  if (!found) throw new Error(`no scenario begins with ${remedy}`);
  return found;
}

/** A scenario on a PC of its own. */
export interface Stage extends Life {
  scenario: Scenario;
}

export async function stageFor(scenario: Scenario): Promise<Stage> {
  const made = await testPc(scenario.pc);
  const runs = join(made.machine.stateFolder, 'runs');
  return { ...made, fate: new Fate(), runs, before: made.read(), scenario };
}

interface Wish extends Pick<Orders, 'fatal' | 'torn' | 'halts'> {
  /** No file may grow beyond so many KiB: what is to be written there comes to nothing, or by half. */
  fileLimit?: number;
}

/** A life as a process. It ends with the test at the latest. */
export function startLife({ file, scenario }: Stage, work: LifeWork, { fileLimit, ...wish }: Wish = {}) {
  const orders: Orders = { file, work, scenario: scenario.name, ...wish };
  const limit = fileLimit === undefined ? '' : `ulimit -f ${fileLimit};`;
  const host = [node, join(bundle, 'mortal-host.mjs'), JSON.stringify(orders)];
  const child = spawn('bash', ['-c', `${limit} exec "$@"`, 'bash', ...host], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, trouble, closed] = [text(child.stdout), text(child.stderr), once(child, 'close')];
  const ended = closed.then(async () => ({
    signal: child.signalCode,
    said: await said,
    trouble: await trouble,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended };
}

/** A life to its end: the run as it ended, and the moments. */
export async function liveOn(stage: Stage, work: LifeWork, wish: Pick<Wish, 'fileLimit'> = {}) {
  const { said, trouble } = await startLife(stage, work, wish).ended;
  expect(trouble).toBe('');
  return v.parse(LivedSchema, JSON.parse(said));
}

/** A life that ends at its fatal moment by SIGKILL, and says nothing. */
export async function dieAt(stage: Stage, work: LifeWork, fatal: number, torn = false): Promise<void> {
  const end = await startLife(stage, work, { fatal, torn }).ended;
  expect(end, `${work} of ${stage.scenario.name}, ${fatal}`).toEqual({
    signal: 'SIGKILL',
    said: '',
    trouble: '',
  });
}

/** A life to its end within this process. */
export function liveHere({ machine, scenario }: Stage, work: LifeWork): Promise<Run> {
  return live(runHostOf(machine), work, scenario);
}

/** The newest run as the next host finds it. */
export async function latestRun({ machine }: Stage): Promise<Run | undefined> {
  return (await runHostOf(machine).host.past.history()).runs[0];
}

/** Does something for each of these, up to four at once. */
export async function fourAtOnce<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const one = async (): Promise<void> => {
    for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await work(thing);
  };
  await Promise.all(Array.from({ length: 4 }, one));
}
