/** A run on a small PC that may die at any moment, and what must hold whatever was done after that. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Failure } from '../../../common/plan.ts';
import { ProblemError } from '../../../common/problem.ts';
import type { SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { chosenSteps, everything } from '../../../native-host/runs/choice.ts';
import { carryOut } from '../../../native-host/runs/engine.ts';
import { makePlan } from '../../../native-host/runs/plan.ts';
import { Journal } from '../../../native-host/runs/store.ts';
import { undo } from '../../../native-host/runs/undo.ts';
import { verdictOf } from '../host/run-host.ts';
import { RUN_ID, TIME } from '../run-records.ts';
import { type TestPc, testPc } from '../test-pc.ts';
import { Fate, mortalJournal, mortalMachine } from './fate.ts';
import { type Scenario, storedEntries } from './mortal-scenarios.ts';

export interface Life extends TestPc {
  fate: Fate;
  runs: string;
  before: SimulatedPc;
}

const newLife = async ({ pc }: Scenario, fate: Fate): Promise<Life> => {
  const made = await testPc(pc);
  return { ...made, fate, runs: join(made.machine.stateFolder, 'runs'), before: made.read() };
};

async function untilDeath(fate: Fate, journal: Journal, work: Promise<void>): Promise<void> {
  await Promise.race([work, fate.death.promise]);
  await journal.close();
}

/** Lives until the run's end or until death. */
export async function liveRun(
  scenario: Scenario = storedEntries,
  fate = new Fate(),
  torn = false,
): Promise<Life> {
  const life = await newLife(scenario, fate);
  const failure: Failure = { code: scenario.code, category: 'local', time: TIME };
  const made = await makePlan(life.machine, failure, { only: scenario.only });
  const steps = chosenSteps(made, everything(made, { unticked: scenario.alsoTicked ?? false }));
  // Else nothing would be tried, and nothing could fail.
  expect(steps.map(({ remedy }) => remedy)).toEqual(scenario.only);
  const begin = { type: 'begin', format: 1, id: RUN_ID, failure, steps, time: TIME } as const;
  await goOn(life, fate, torn, await Journal.create(life.runs, begin));
  return life;
}

/** Another life of the same run, from where the last one ended. Who is asked to do something has done it. */
export async function goOn(life: Life, fate: Fate, torn = false, opened?: Journal): Promise<void> {
  const journal = opened ?? (await Journal.reopen(life.runs, RUN_ID));
  const machine = mortalMachine(life.machine, fate);
  const mortal = mortalJournal(journal, join(life.runs, RUN_ID), fate, torn);
  const work = async (): Promise<void> => {
    for (;;) {
      const step = journal.state.run.steps.findIndex(({ status }) => status === 'your-turn');
      if (step >= 0) await mortal.add({ type: 'answered', step, answer: 'done', time: TIME });
      await carryOut(mortal, {
        machine,
        signal: new AbortController().signal,
        verify: () => verdictOf(machine),
        clearSession: () => Promise.reject(new ProblemError('browser-missing')),
        changed: () => undefined,
      });
      if (journal.state.run.status !== 'your-turn') return;
    }
  };
  await untilDeath(fate, journal, work());
}

/** Lives through an undo until its end or until death. */
export async function liveUndo(life: Life, fate = new Fate(), torn = false): Promise<void> {
  const journal = await Journal.reopen(life.runs, RUN_ID);
  const mortal = mortalJournal(journal, join(life.runs, RUN_ID), fate, torn);
  await untilDeath(
    fate,
    journal,
    undo(mortal, mortalMachine(life.machine, fate), {}, () => undefined),
  );
}

export const journalOf = ({ runs }: Pick<Life, 'runs'>) => join(runs, RUN_ID, 'journal.jsonl');
export const backupsOf = ({ runs }: Pick<Life, 'runs'>) => join(runs, RUN_ID, 'backups.jsonl');

/** The lines of a journal or of its backups, and the same written back. */
export const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean);
export const writeLines = (path: string, lines: readonly string[]) =>
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));

/** All entries by name, without the time that Windows sets itself. */
function entries({ credentials }: SimulatedPc) {
  return credentials
    .map(({ lastWritten, ...entry }) => entry)
    .sort((a, b) => a.target.localeCompare(b.target));
}

/** The registry without the stamp that OneDrive itself sets when an account is linked. */
function keys({ registry: { HKCU, HKLM } }: SimulatedPc) {
  const own = Object.entries(HKCU).map(([key, { ClientFirstSignInTimestamp, ...values }]) => [key, values]);
  return { HKCU: Object.fromEntries(own), HKLM };
}

/** All that a person could miss: entries, registry and files. */
export function belongings(pc: SimulatedPc) {
  return {
    credentials: entries(pc),
    registry: keys(pc),
    files: pc.files.map((file) => JSON.stringify(file)).sort(),
    quarantine: pc.quarantine,
  };
}

const isRemovable = ({ target, type }: SimulatedPc['credentials'][number]) =>
  type === 'generic' && /^(OneDrive Cached|MicrosoftOffice16_)/.test(target);

/** What is not to be touched is as it was to the last bit. */
export function expectSurvivors({ before, read }: Life): void {
  const others = ({ credentials, registry, files }: SimulatedPc) => ({
    credentials: credentials.filter((entry) => !isRemovable(entry)),
    other: registry.HKCU['Software\\Microsoft\\Office\\16.0\\Common\\Other'],
    files: files.filter((file) => JSON.stringify(file).includes('survives')),
  });
  expect(others(read())).toEqual(others(before));
}

export function expectAllRemoved(life: Life): void {
  expect(life.read().credentials.filter(isRemovable)).toEqual([]);
  expectSurvivors(life);
}

/** Everything is there as it was, secret and all, and nothing twice. */
export function expectAllBack(life: Life): void {
  expect(belongings(life.read())).toEqual(belongings(life.before));
  expectSurvivors(life);
}
