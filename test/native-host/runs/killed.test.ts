/** The host may be killed at any moment: at each call to the machine and at each write to the journal. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../common/contract.ts';
import { changeSimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { Fate } from '../../harness/fate.ts';
import {
  expectAllBack,
  expectAllRemoved,
  expectSurvivors,
  goOn,
  type Life,
  liveRun,
  liveUndo,
} from '../../harness/mortal-run.ts';
import { runHostOf } from '../../harness/run-host.ts';
import { RUN_ID } from '../../harness/run-records.ts';

const EXE = /OneDrive\.exe$/;

/** How many moments a run or an undo of it has when nothing happens to it. */
async function momentsOf(oneDrive: boolean, what: 'run' | 'undo'): Promise<string[]> {
  const life = await liveRun(oneDrive);
  if (what === 'run') return life.fate.moments;
  const fate = new Fate();
  await liveUndo(life, fate);
  return fate.moments;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

async function finish(life: Life): Promise<Run> {
  const { host, ended } = runHostOf(life.machine);
  return ended(host.finish(RUN_ID));
}

async function undo(life: Life): Promise<Run> {
  const { host, ended } = runHostOf(life.machine);
  return ended(host.undo(RUN_ID));
}

function expectUndone(run: Run): void {
  expect(run.status).toBe('undone');
  expect(run.undone?.conflicts).toEqual([]);
  // A reset cannot be taken back, and only that.
  expect(run.undone?.impossible.filter((label) => !EXE.test(label))).toEqual([]);
}

describe.each([
  ['between two moments', false],
  ['in the middle of a write', true],
])('a run killed %s', (_, torn) => {
  it('passes through every kind of moment', async () => {
    expect(new Set(await momentsOf(true, 'run'))).toEqual(
      new Set([
        'journal step',
        'credentials.protect',
        'credentials.readable',
        'journal backups',
        'journal backed-up',
        'credentials.remove',
        'journal acted',
        'journal step-end',
        'machine.signInWorks',
        'journal verified',
        'machine.exists',
        'processes.running',
        'processes.run',
        'journal end',
      ]),
    );
  });

  it('is shown as interrupted, and finished: all is removed, and can still be undone', async () => {
    const moments = await momentsOf(true, 'run');
    for (const fatal of upTo(moments.length)) {
      const life = await liveRun(true, new Fate(fatal), torn);
      const where = `killed at ${fatal}, ${moments[fatal]}`;
      expectSurvivors(life);
      const shown = await runHostOf(life.machine).host.current();
      // Killed while the last line was written: only the line's end is missing.
      expect(shown, where).toMatchObject({ id: RUN_ID, status: 'interrupted' });
      expect((await finish(life)).status, where).toBe('fixed');
      expectAllRemoved(life);
      expectUndone(await undo(life));
      expectAllBack(life);
    }
  });

  it('can be undone at once: all is there again', async () => {
    const moments = await momentsOf(true, 'run');
    for (const fatal of upTo(moments.length)) {
      const life = await liveRun(true, new Fate(fatal), torn);
      expectUndone(await undo(life));
      expectAllBack(life);
      expect(
        await runHostOf(life.machine).host.current(),
        `killed at ${fatal}, ${moments[fatal]}`,
      ).toBeNull();
    }
  });
});

describe.each([
  ['between two moments', false],
  ['in the middle of a write', true],
])('an undo killed %s', (_, torn) => {
  it.each([
    ['undone again', undo],
    ['finished', finish],
  ])('is shown as interrupted and, %s, brings everything back', async (_how, again) => {
    const moments = await momentsOf(true, 'undo');
    expect(moments).toContain('credentials.restore');
    for (const fatal of upTo(moments.length)) {
      const where = `killed at ${fatal}, ${moments[fatal]}`;
      const life = await liveRun(true);
      await liveUndo(life, new Fate(fatal), torn);
      expectSurvivors(life);
      const begun = !(fatal === 0);
      const shown = await runHostOf(life.machine).host.current();
      expect(shown?.status, where).toBe(begun ? 'interrupted' : undefined);
      if (begun || again === undo) expect((await again(life)).status, where).toBe('undone');
      else await undo(life);
      expectAllBack(life);
    }
  });
});

describe('a run killed twice', () => {
  it('at any two moments, loses nothing', async () => {
    const count = (await momentsOf(false, 'run')).length;
    let pairs = 0;
    for (const first of upTo(count)) {
      for (let second = 0; ; second++) {
        const life = await liveRun(false, new Fate(first), second % 2 === 0);
        const fate = new Fate(second);
        await goOn(life, fate, second % 2 === 1);
        pairs += 1;
        expectSurvivors(life);
        if (fate.isDead && second % 3 === 0) expect((await finish(life)).status).toBe('fixed');
        expectUndone(await undo(life));
        expectAllBack(life);
        if (!fate.isDead) break;
      }
    }
    expect(pairs).toBeGreaterThan(count * 2);
  });

  it('the second time in its undo, loses nothing and can go either way', async () => {
    const count = (await momentsOf(false, 'run')).length;
    for (const first of upTo(count)) {
      for (let second = 1; ; second++) {
        const life = await liveRun(false, new Fate(first));
        const fate = new Fate(second);
        await liveUndo(life, fate, second % 2 === 1);
        expectSurvivors(life);
        if (!fate.isDead) break;
        expect((await (second % 3 === 0 ? finish(life) : undo(life))).status).toBe('undone');
        expectAllBack(life);
      }
    }
  });
});

describe('an entry that is renewed after a run was killed', () => {
  it('is copied again before the run, when finished, removes it', async () => {
    const moments = await momentsOf(false, 'run');
    const life = await liveRun(false, new Fate(moments.indexOf('credentials.remove')));
    await changeSimulatedPc(life.file, ({ credentials }) => {
      for (const entry of credentials) if (entry.stale) entry.secret = 'renewed';
    });
    life.before = life.read();
    expect((await finish(life)).status).toBe('fixed');
    expectAllRemoved(life);
    expectUndone(await undo(life));
    expectAllBack(life);
  });
});
