/** The host may be killed at any moment: at each call to the machine and at each write to the journal. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Run } from '../../../common/run.ts';
import { changeSimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { runHostOf, undoOn } from '../../harness/host/run-host.ts';
import { Fate } from '../../harness/mortal/fate.ts';
import {
  expectAllBack,
  expectAllRemoved,
  expectSurvivors,
  goOn,
  type Life,
  liveRun,
  liveUndo,
} from '../../harness/mortal/mortal-run.ts';
import { type Scenario, scenarios, storedEntries } from '../../harness/mortal/mortal-scenarios.ts';
import { RUN_ID } from '../../harness/run-records.ts';

let points = 0;
afterAll(() => console.log(`Killed at ${points} points.`));

/** How many moments a run or an undo of it has when nothing happens to it. */
async function momentsOf(scenario: Scenario, what: 'run' | 'undo'): Promise<string[]> {
  const life = await liveRun(scenario);
  if (what === 'run') return life.fate.moments;
  const fate = new Fate();
  await liveUndo(life, fate);
  return fate.moments;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Finishes a run; where it is the person's turn, they have done it. */
async function finish(life: Life): Promise<Run> {
  const { host, ended } = runHostOf(life.machine);
  const { status } = (await host.past.current()) ?? {};
  let run = await ended(status === 'your-turn' ? host.continue(RUN_ID, 'done') : host.finish(RUN_ID));
  while (run.status === 'your-turn') run = await ended(host.continue(RUN_ID, 'done'));
  return run;
}

function expectUndone(run: Run, where?: string): void {
  expect(run.status, where).toBe('undone');
  expect(run.undone?.conflicts, where).toEqual([]);
  // What OneDrive's own reset did cannot be taken back, and only that.
  expect(
    run.undone?.impossible.filter(({ why }) => why !== 'no-undo'),
    where,
  ).toEqual([]);
}

const ways = [
  ['between two moments', false],
  ['in the middle of a write', true],
] as const;
const table = scenarios.flatMap((scenario) =>
  ways.map(([way, torn]) => ({ scenario, way, torn, name: scenario.name })),
);

describe.each(table)('a run ($name) killed $way', ({ scenario, torn }) => {
  it('is shown, and finished: sign-in works, and all can still be undone', async () => {
    const moments = await momentsOf(scenario, 'run');
    for (const fatal of upTo(moments.length)) {
      const life = await liveRun(scenario, new Fate(fatal), torn);
      points += 1;
      const where = `killed at ${fatal}, ${moments[fatal]}`;
      expectSurvivors(life);
      const shown = await runHostOf(life.machine).host.past.current();
      // Killed while the last line was written: only the line's end is missing.
      expect(shown?.id, where).toBe(RUN_ID);
      expect(['interrupted', 'your-turn'], where).toContain(shown?.status);
      expect((await finish(life)).status, where).toBe('fixed');
      expectSurvivors(life);
      const { canUndo } = (await runHostOf(life.machine).host.past.history()).runs[0] ?? {};
      if (canUndo) expectUndone(await undoOn(life), where);
      expectAllBack(life);
    }
  });

  it('can be undone at once: all is there again', async () => {
    const moments = await momentsOf(scenario, 'run');
    for (const fatal of upTo(moments.length)) {
      const life = await liveRun(scenario, new Fate(fatal), torn);
      points += 1;
      const where = `killed at ${fatal}, ${moments[fatal]}`;
      expectUndone(await undoOn(life), where);
      expectAllBack(life);
      expect(await runHostOf(life.machine).host.past.current(), where).toBeNull();
    }
  });

  it.each([
    ['undone again', undoOn],
    ['finished', finish],
  ])('or whose undo is killed, %s, has everything back', async (_how, again) => {
    const moments = await momentsOf(scenario, 'undo');
    for (const fatal of upTo(moments.length)) {
      const where = `undo killed at ${fatal}, ${moments[fatal]}`;
      const life = await liveRun(scenario);
      await liveUndo(life, new Fate(fatal), torn);
      points += 1;
      expectSurvivors(life);
      const begun = fatal > 0;
      const shown = await runHostOf(life.machine).host.past.current();
      expect(shown?.status, where).toBe(begun ? 'interrupted' : undefined);
      if (begun || again === undoOn) expectUndone(await again(life), where);
      else await undoOn(life);
      expectAllBack(life);
    }
  });
});

describe('the moments', () => {
  it('are all that a run can do to the machine or write', async () => {
    const all = await Promise.all(scenarios.map((scenario) => momentsOf(scenario, 'run')));
    const undone = await Promise.all(scenarios.map((scenario) => momentsOf(scenario, 'undo')));
    expect([...new Set([...all, ...undone].flat())].sort()).toMatchInlineSnapshot(`
      [
        "credentials.has",
        "credentials.protect",
        "credentials.readable",
        "credentials.remove",
        "credentials.restore",
        "files.isAside",
        "files.kind",
        "files.putBack",
        "files.setAside",
        "files.survey",
        "journal acted",
        "journal answered",
        "journal backed-up",
        "journal backups",
        "journal end",
        "journal reverted",
        "journal step",
        "journal step-end",
        "journal undo",
        "journal undo-end",
        "journal verified",
        "journal your-turn",
        "machine.signInWorks",
        "processes.close",
        "processes.launch",
        "processes.open",
        "processes.run",
        "processes.running",
        "registry.copyKey",
        "registry.copyValue",
        "registry.keys",
        "registry.read",
        "registry.removeKey",
        "registry.removeValue",
        "registry.writeKey",
        "registry.writeValue",
      ]
    `);
  });
});

describe('a run killed twice', () => {
  it('at any two moments, loses nothing', async () => {
    const count = (await momentsOf(storedEntries, 'run')).length;
    let pairs = 0;
    for (const first of upTo(count)) {
      for (let second = 0; ; second++) {
        const life = await liveRun(storedEntries, new Fate(first), second % 2 === 0);
        const fate = new Fate(second);
        await goOn(life, fate, second % 2 === 1);
        pairs += 1;
        points += 1;
        expectSurvivors(life);
        if (fate.isDead && second % 3 === 0) expect((await finish(life)).status).toBe('fixed');
        expectUndone(await undoOn(life));
        expectAllBack(life);
        if (!fate.isDead) break;
      }
    }
    expect(pairs).toBeGreaterThan(count * 2);
  });

  it('the second time in its undo, loses nothing and can go either way', async () => {
    const count = (await momentsOf(storedEntries, 'run')).length;
    for (const first of upTo(count)) {
      for (let second = 1; ; second++) {
        const life = await liveRun(storedEntries, new Fate(first));
        const fate = new Fate(second);
        await liveUndo(life, fate, second % 2 === 1);
        expectSurvivors(life);
        if (!fate.isDead) break;
        points += 1;
        expect((await (second % 3 === 0 ? finish(life) : undoOn(life))).status).toBe('undone');
        expectAllBack(life);
      }
    }
  });
});

describe('an entry that is renewed after a run was killed', () => {
  it('is left alone when the run is finished, and said', async () => {
    const moments = await momentsOf(storedEntries, 'run');
    const life = await liveRun(storedEntries, new Fate(moments.indexOf('credentials.remove')));
    await changeSimulatedPc(life.file, ({ credentials }) => {
      for (const entry of credentials) {
        if (entry.stale) Object.assign(entry, { secret: 'renewed', lastWritten: '2026-12-24T00:00:00.000Z' });
      }
    });
    life.before = life.read();
    await finish(life);
    expectUndone(await undoOn(life));
    expectAllBack(life);
  });
});

describe('what all deaths were about', () => {
  it('is gone after a run that nobody killed', async () => {
    expectAllRemoved(await liveRun(storedEntries));
  });
});
