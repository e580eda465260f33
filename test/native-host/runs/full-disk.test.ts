/**
 * A journal or a backup for which there is no room, at each line in turn and in the middle of it: the system itself
 * refuses, as it does on a full disk, by a limit on how large a file of that process may grow.
 */
import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { everything } from '../../../native-host/runs/choice.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { Fate } from '../../harness/mortal/fate.ts';
import { live } from '../../harness/mortal/mortal-life.ts';
import {
  bundleMortalHost,
  fourAtOnce,
  latestRun,
  liveHere,
  liveOn,
  removeBundle,
  type Stage,
  scenarioOf,
  stageFor,
  startLife,
} from '../../harness/mortal/mortal-process.ts';
import {
  backupsOf,
  expectAllBack,
  expectSurvivors,
  journalOf,
  linesOf,
  liveRun,
} from '../../harness/mortal/mortal-run.ts';
import { type Scenario, storedEntries } from '../../harness/mortal/mortal-scenarios.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { TIME } from '../../harness/run-records.ts';

beforeAll(bundleMortalHost);
let points = 0;
afterAll(async () => {
  console.log(`No room at ${points} points.`);
  await removeBundle();
});

const LIMIT = 64;
const fileLimit = { fileLimit: LIMIT };

/** A run of which only the first line is written. */
const begun = async (scenario: Scenario): Promise<Stage> => ({
  ...(await liveRun(scenario, new Fate(0))),
  scenario,
});
const fixed = async (scenario: Scenario): Promise<Stage> => ({ ...(await liveRun(scenario)), scenario });

/** For each line that is added to a file by this work: the room that is left when its first half is written. */
async function rooms(stage: Stage, work: 'finish' | 'undo', path: (stage: Stage) => string) {
  const before = statSync(path(stage), { throwIfNoEntry: false })?.size ?? 0;
  await liveHere(stage, work);
  const kept = linesOf(path(stage)).map((line) => Buffer.byteLength(line) + 1);
  let end = 0;
  return kept.flatMap((length) => {
    end += length;
    return end > before ? [end - before - Math.ceil(length / 2)] : [];
  });
}

/** Fills a file with empty lines, which say nothing, until it may grow only so much. */
function leaveRoom(path: string, room: number): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  appendFileSync(path, '\n'.repeat(LIMIT * 1024 - size - room), { mode: 0o600 });
}

const noRoom = expect.objectContaining({ kind: 'disk-full', detail: expect.stringContaining('EFBIG') });

async function expectNoRoom(stage: Stage, work: 'finish' | 'undo', where: string): Promise<void> {
  const { run } = await liveOn(stage, work, fileLimit);
  points += 1;
  expect(run.status, where).toBe('failed');
  expect(
    run.steps.map(({ problem }) => problem),
    where,
  ).toContainEqual(noRoom);
  expectSurvivors(stage);
}

async function expectUndoable(stage: Stage, where: string): Promise<void> {
  expect((await liveHere(stage, 'undo')).undone, where).toMatchObject({ conflicts: [], impossible: [] });
  expectAllBack(stage);
}

const remembered = scenarioOf('clear-identity-cache', 'AADSTS50020');
const guided = scenarioOf('flush-dns', 'AADSTS50173');

describe.each([storedEntries, remembered])('without room ($name)', (scenario) => {
  it('for any line of the journal the run ends, and can be finished or undone when there is', async () => {
    const all = await rooms(await begun(scenario), 'finish', journalOf);
    expect(all.length).toBeGreaterThan(6);
    await fourAtOnce([...all.entries()], async ([at, room]) => {
      const where = `line ${at}`;
      const stage = await begun(scenario);
      leaveRoom(journalOf(stage), room);
      await expectNoRoom(stage, 'finish', where);
      expect((await latestRun(stage))?.status, where).toBe('interrupted');
      if (at % 2 === 0) expect((await liveHere(stage, 'finish')).status, where).toBe('fixed');
      await expectUndoable(stage, where);
    });
  });

  it('for any copy of what is to be changed, nothing is', async () => {
    const all = await rooms(await begun(scenario), 'finish', backupsOf);
    await fourAtOnce([...all.entries()], async ([at, room]) => {
      const stage = await begun(scenario);
      leaveRoom(backupsOf(stage), room);
      await expectNoRoom(stage, 'finish', `copy ${at}`);
      expect(await latestRun(stage)).toMatchObject({ status: 'failed', canUndo: false });
      expectAllBack(stage);
    });
  });

  it('for any line of the undo it stops there, and goes on when there is', async () => {
    const all = await rooms(await fixed(scenario), 'undo', journalOf);
    await fourAtOnce([...all.entries()], async ([at, room]) => {
      const stage = await fixed(scenario);
      leaveRoom(journalOf(stage), room);
      await expectNoRoom(stage, 'undo', `line ${at}`);
      await expectUndoable(stage, `line ${at}`);
    });
  });
});

async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await open(import.meta.filename);
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

/** A run until it waits for the person. */
async function untilItsGuide({ machine, scenario: { code, only } }: Stage): Promise<void> {
  const { host, ended } = runHostOf(machine);
  const made = await host.plan({ code, category: 'local', time: TIME }, { only });
  expect((await ended(host.start(made.plan.id, everything(made)))).status).toBe('your-turn');
}

describe('without room for anything', () => {
  it.each([
    ['a run', storedEntries, 'run'],
    ['the answer to a guide', guided, 'finish'],
  ] as const)('%s does not begin and leaves no file open; with room it does', async (_, scenario, work) => {
    const stage = await stageFor(scenario);
    if (work === 'finish') await untilItsGuide(stage);
    const files = () => readdirSync('/proc/self/fd').length;
    const before = files();
    const prototype = await fileHandlePrototype();
    const refused = live(runHostOf(stage.machine), work, scenario, () => {
      const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
      vi.spyOn(prototype, 'appendFile').mockRejectedValue(full);
    });
    expect((await problemOf(refused)).kind).toBe('disk-full');
    vi.restoreAllMocks();
    await expect.poll(files).toBe(before);
    expect((await liveHere(stage, work)).status).toBe('fixed');
    await expectUndoable(stage, 'with room');
  });

  it('no run begins and nothing is changed; with room it does', async () => {
    const stage = await stageFor(storedEntries);
    const { said, trouble } = await startLife(stage, 'run', { fileLimit: 0 }).ended;
    expect({ said, trouble }).toEqual({ said: '', trouble: expect.stringContaining('EFBIG') });
    expect(stage.read()).toEqual(stage.before);
    expect((await liveHere(stage, 'run')).status).toBe('fixed');
  });
});
