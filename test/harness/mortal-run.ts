/** A run on a small PC that may die at any moment, and what must hold whatever was done after that. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { SimulatedPc } from '../../native-host/machine/simulated/index.ts';
import { chosenSteps, everything } from '../../native-host/runs/choice.ts';
import { carryOut, undo } from '../../native-host/runs/engine.ts';
import { makePlan } from '../../native-host/runs/plan.ts';
import { Journal } from '../../native-host/runs/store.ts';
import { Fate, mortalJournal, mortalMachine } from './fate.ts';
import { verdictOf } from './run-host.ts';
import { failure, RUN_ID, TIME } from './run-records.ts';
import { type PcInput, type TestPc, testPc } from './test-pc.ts';

const ACCOUNT = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';
const removable = ['OneDrive Cached Credential', 'MicrosoftOffice16_Data:SSPI:ada'];

/** Two entries to remove among three that must survive; with OneDrive, sign-in works only after its reset. */
export function smallPc(oneDrive: boolean): PcInput {
  return {
    credentials: [
      { target: 'git:https://git.contoso.example', secret: 'survives' },
      ...removable.map((target, n) => ({ target, user: 'ada', secret: `old ${n}`, stale: !oneDrive })),
      { target: 'MicrosoftAccount:target=SSO_POP_Device', secret: 'survives' },
      { target: 'MicrosoftOffice16_Data:domain', type: 'domain-password' },
    ],
    ...(oneDrive
      ? {
          oneDrive: { installed: 'per-user', stale: true },
          processes: [{ pid: 7008, image: 'OneDrive.exe' }],
          registry: { HKCU: { [ACCOUNT]: { UserEmail: { type: 'REG_SZ', value: 'ada@contoso.example' } } } },
          signIn: { cause: 'onedrive-state', code: 'AADSTS50173' },
        }
      : {}),
  };
}

export interface Life extends TestPc {
  fate: Fate;
  runs: string;
  before: SimulatedPc;
}

const newLife = async (oneDrive: boolean, fate: Fate): Promise<Life> => {
  const pc = await testPc(smallPc(oneDrive));
  return { ...pc, fate, runs: join(pc.machine.stateFolder, 'runs'), before: pc.read() };
};

async function untilDeath(fate: Fate, journal: Journal, work: Promise<void>): Promise<void> {
  await Promise.race([work, fate.death.promise]);
  await journal.close();
}

/** Lives until the run's end or until death. */
export async function liveRun(oneDrive: boolean, fate = new Fate(), torn = false): Promise<Life> {
  const life = await newLife(oneDrive, fate);
  const made = await makePlan(life.machine, failure);
  const steps = chosenSteps(made, everything(made));
  const begin = { type: 'begin', format: 1, id: RUN_ID, failure, steps, time: TIME } as const;
  await goOn(life, fate, torn, await Journal.create(life.runs, begin));
  return life;
}

/** Another life of the same run, from where the last one ended. */
export async function goOn(life: Life, fate: Fate, torn = false, opened?: Journal): Promise<void> {
  const journal = opened ?? (await Journal.reopen(life.runs, RUN_ID));
  const machine = mortalMachine(life.machine, fate);
  const work = carryOut(mortalJournal(journal, join(life.runs, RUN_ID), fate, torn), {
    machine,
    signal: new AbortController().signal,
    verify: () => verdictOf(machine),
    changed: () => undefined,
  });
  await untilDeath(fate, journal, work);
}

/** Lives through an undo until its end or until death. */
export async function liveUndo(life: Life, fate = new Fate(), torn = false): Promise<void> {
  const journal = await Journal.reopen(life.runs, RUN_ID);
  const mortal = mortalJournal(journal, join(life.runs, RUN_ID), fate, torn);
  await untilDeath(
    fate,
    journal,
    undo(mortal, mortalMachine(life.machine, fate), () => undefined),
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

/** What is not to be touched is as it was to the last bit. */
export function expectSurvivors({ before, read }: Life): void {
  const others = ({ credentials }: SimulatedPc) =>
    credentials.filter(({ target, type }) => type !== 'generic' || !removable.includes(target));
  expect(others(read())).toEqual(others(before));
}

export function expectAllRemoved(life: Life): void {
  expect(life.read().credentials.filter(({ target }) => removable.includes(target))).toEqual([]);
  expectSurvivors(life);
}

/** Every entry is there as it was, secret and all, and none twice. */
export function expectAllBack(life: Life): void {
  expect(entries(life.read())).toEqual(entries(life.before));
  expectSurvivors(life);
}
