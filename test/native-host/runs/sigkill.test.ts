/** Hosts that are processes and are killed for good, with SIGKILL, at each moment of a run and of its undo. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../common/run.ts';
import { isOccupied } from '../../../native-host/runs/meeting-point.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import {
  bundleMortalHost,
  dieAt,
  fourAtOnce,
  latestRun,
  liveHere,
  liveOn,
  removeBundle,
  type Stage,
  stageFor,
  startLife,
} from '../../harness/mortal/mortal-process.ts';
import { expectAllBack, expectAllRemoved, expectSurvivors } from '../../harness/mortal/mortal-run.ts';
import { scenarios, storedEntries } from '../../harness/mortal/mortal-scenarios.ts';
import { problemOf } from '../../harness/problem-of.ts';

let points = 0;
beforeAll(bundleMortalHost);
afterAll(async () => {
  console.log(`Killed by SIGKILL at ${points} points.`);
  await removeBundle();
});

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
/** The moments of what is done; what is told of it after its end is no part of it. */
const momentsOf = (moments: readonly string[]) =>
  upTo(moments.findLastIndex((name) => /^journal (?:undo-)?end$/.test(name)) + 1);
/** Half of the fatal writes reach the disk by half, of finished and undone runs alike. */
const isTorn = (fatal: number) => fatal % 4 >= 2;
const shownOn = ({ machine }: Stage) => runHostOf(machine).host.past.current();

/** All is undone but for what OneDrive's own reset did, which cannot be. */
function expectUndone({ status, undone }: Run, where?: string): void {
  const impossible = undone?.impossible.filter(({ why }) => why !== 'no-undo');
  expect({ status, conflicts: undone?.conflicts, impossible }, where).toEqual({
    status: 'undone',
    conflicts: [],
    impossible: [],
  });
}

describe.each(scenarios)('a process killed in mid-run ($name)', (scenario) => {
  it('at any moment leaves a run that can be finished, or undone at once', async () => {
    const { run, moments } = await liveOn(await stageFor(scenario), 'run');
    expect(run.status).toBe('fixed');
    await fourAtOnce(momentsOf(moments), async (fatal) => {
      const where = `killed at ${fatal}, ${moments[fatal]}`;
      const stage = await stageFor(scenario);
      await dieAt(stage, 'run', fatal, isTorn(fatal));
      points += 1;
      expectSurvivors(stage);
      expect(await isOccupied(stage.machine.stateFolder), where).toBe(false);
      const shown = await shownOn(stage);
      if (fatal <= moments.indexOf('journal begin')) {
        expect(shown, where).toBeNull();
        expectAllBack(stage);
        return;
      }
      expect(['interrupted', 'your-turn'], where).toContain(shown?.status);
      if (fatal % 2 === 0) {
        expect((await liveHere(stage, 'finish')).status, where).toBe('fixed');
        expectSurvivors(stage);
      }
      if (fatal % 2 === 1 || (await latestRun(stage))?.canUndo) {
        expectUndone(await liveHere(stage, 'undo'), where);
      }
      expectAllBack(stage);
    });
  });

  it('at any moment of its undo leaves an undo that can go on', async () => {
    const whole = await stageFor(scenario);
    await liveHere(whole, 'run');
    const { moments } = await liveOn(whole, 'undo');
    await fourAtOnce(momentsOf(moments), async (fatal) => {
      const where = `undo killed at ${fatal}, ${moments[fatal]}`;
      const stage = await stageFor(scenario);
      await liveHere(stage, 'run');
      await dieAt(stage, 'undo', fatal, isTorn(fatal));
      points += 1;
      expectSurvivors(stage);
      const begun = (await shownOn(stage))?.status === 'interrupted';
      // Killed before its first line was whole, the undo was never begun.
      expect(begun, where).toBe(fatal > moments.indexOf('journal undo'));
      expectUndone(await liveHere(stage, begun && fatal % 2 === 0 ? 'finish' : 'undo'), where);
      expectAllBack(stage);
    });
  });

  it('whose followers are processes too, killed in their turn, loses nothing', async () => {
    const { moments } = await liveOn(await stageFor(scenario), 'run');
    const sample = [0.3, 0.5, 0.7].map((share) => Math.floor(share * moments.length));
    await fourAtOnce(sample, async (fatal) => {
      const stage = await stageFor(scenario);
      await dieAt(stage, 'run', fatal);
      await dieAt(stage, 'finish', 2, true);
      expectSurvivors(stage);
      await dieAt(stage, 'undo', 1);
      expectSurvivors(stage);
      await dieAt(stage, 'finish', 1, true);
      points += 4;
      expectUndone((await liveOn(stage, 'finish')).run);
      expectAllBack(stage);
    });
  });
});

describe('two hosts at once', () => {
  it('of which one stands still in mid-run: the other changes nothing until that one is dead', async () => {
    const { moments } = await liveOn(await stageFor(storedEntries), 'run');
    const stage = await stageFor(storedEntries);
    const { child, ended } = startLife(stage, 'run', {
      fatal: moments.lastIndexOf('credentials.remove'),
      halts: true,
    });
    await once(child.stdout, 'data');
    const before = stage.read();
    const shown = await shownOn(stage);
    expect(shown).toMatchObject({ status: 'running', steps: [{ done: 1, total: 2 }] });
    for (const work of ['run', 'finish', 'undo'] as const) {
      expect((await problemOf(liveHere(stage, work))).kind).toBe('run-busy');
    }
    expect(stage.read()).toEqual(before);
    child.kill('SIGKILL');
    await ended;
    expect(await shownOn(stage)).toMatchObject({ id: shown?.id, status: 'interrupted' });
    expect((await liveHere(stage, 'finish')).status).toBe('fixed');
    expectAllRemoved(stage);
    expectUndone(await liveHere(stage, 'undo'));
    expectAllBack(stage);
  });

  it('that begin together do everything once, and all of it can be undone', async () => {
    const stage = await stageFor(storedEntries);
    const ends = await Promise.all(upTo(4).map(() => startLife(stage, 'run').ended));
    const refused = ends.filter(({ said }) => said === '');
    for (const { trouble } of refused) expect(trouble).toMatch(/run-busy|nothing-chosen/);
    expect(refused.length).toBeLessThan(ends.length);
    expectAllRemoved(stage);
    const { host, ended } = runHostOf(stage.machine);
    for (const { id, canUndo } of (await host.past.history()).runs) {
      if (canUndo) expectUndone(await ended(host.undo({ runId: id })));
    }
    expectAllBack(stage);
  });
});
