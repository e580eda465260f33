import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { RunSchema } from '../../../common/run.ts';
import type { JournalRecord } from '../../../native-host/runs/records.ts';
import { advance, firstState, isOpen, revertible } from '../../../native-host/runs/state.ts';
import { beginOf, RUN_ID, TIME } from '../../harness/run-records.ts';

const time = TIME;
const step = (n = 0): JournalRecord => ({ type: 'step', step: n, time });
const backedUp = (gone: number[] = [], n = 0, changed: number[] = []): JournalRecord => ({
  type: 'backed-up',
  step: n,
  gone,
  changed,
});
const yourTurn: JournalRecord = { type: 'your-turn', step: 0, time };
const answered = (answer: 'done' | 'skip'): JournalRecord => ({ type: 'answered', step: 0, answer, time });
const acted = (operation: number, n = 0): JournalRecord => ({ type: 'acted', step: n, operation });
const stepEnd = (status: 'done' | 'failed' | 'cancelled', n = 0): JournalRecord => ({
  type: 'step-end',
  step: n,
  status,
  time,
});
const verified = (outcome: 'works' | 'fails', n = 0): JournalRecord => ({
  type: 'verified',
  step: n,
  verification: { outcome },
  time,
});
const end = (status: 'fixed' | 'not-fixed' | 'cancelled' | 'failed'): JournalRecord => ({
  type: 'end',
  status,
  time,
});
const undo: JournalRecord = { type: 'undo', time };
const undoEnd: JournalRecord = { type: 'undo-end', time };
const reverted = (
  operation: number,
  result: 'restored' | 'already' | 'conflict' | 'impossible',
  n = 0,
): JournalRecord => ({
  type: 'reverted',
  step: n,
  operation,
  result,
});

function runAfter(entries: number, ...records: JournalRecord[]) {
  const state = firstState(beginOf(entries, true));
  for (const record of records) advance(state, record);
  // Whatever the records, the browser must be able to read it.
  v.parse(RunSchema, state.run);
  return state;
}

describe('a run by its records', () => {
  it('waits at first, and can do nothing yet', () => {
    const { run } = runAfter(2);
    const nothing = { status: 'waiting', done: 0, total: 2, skipped: [], canUndo: false };
    expect(run).toEqual({
      id: RUN_ID,
      revision: 0,
      failure: { code: 'AADSTS50173', category: 'local', time },
      status: 'running',
      steps: [
        { remedy: 'purge-credentials', undo: 'full', ...nothing },
        { remedy: 'reset-onedrive', undo: 'partial', ...nothing },
      ],
      startedAt: time,
      canUndo: false,
      damaged: 0,
    });
    expect(isOpen(run)).toBe(true);
  });

  it('grows its revision with every record, also with one that changes nothing', () => {
    expect(runAfter(1, step(), backedUp(), acted(0)).run.revision).toBe(3);
    expect(runAfter(1, acted(9), acted(0, 9), step(9)).run.revision).toBe(3);
  });

  it('counts what is done and what there was not to do', () => {
    expect(runAfter(3, step(), backedUp([1])).run.steps[0]).toMatchObject({
      done: 1,
      total: 3,
      status: 'running',
    });
    expect(runAfter(3, step(), backedUp([1]), acted(0)).run.steps[0]).toMatchObject({ done: 2 });
    expect(runAfter(3, step(), backedUp([1]), acted(0), acted(0)).run.steps[0]).toMatchObject({ done: 2 });
  });

  it('says what was left alone, and why', () => {
    expect(runAfter(3, step(), backedUp([1], 0, [2])).run.steps[0]).toMatchObject({
      done: 2,
      skipped: [
        { label: 'MicrosoftOffice16_Data:1', because: 'gone' },
        { label: 'MicrosoftOffice16_Data:2', because: 'changed' },
      ],
    });
  });

  it('waits for the person at a guide, and goes on with their answer', () => {
    const waits = runAfter(1, step(), yourTurn).run;
    expect(waits).toMatchObject({ status: 'your-turn', steps: [{ status: 'your-turn' }, {}] });
    expect(isOpen(waits)).toBe(true);
    expect(runAfter(1, step(), yourTurn, answered('done')).run).toMatchObject({
      status: 'running',
      steps: [{ status: 'verifying' }, {}],
    });
    expect(runAfter(1, step(), yourTurn, answered('skip')).run.steps[0]?.status).toBe('skipped');
    expect(runAfter(1, step(), yourTurn, end('cancelled')).run.steps[0]?.status).toBe('cancelled');
  });

  it('remembers of an undo that was cut off what it was about', () => {
    const part = { steps: [1], replace: ['0-1'] };
    expect(runAfter(1, end('fixed'), { type: 'undo', time, ...part }).undoPart).toEqual(part);
  });

  it('says of each step whether it can be undone', () => {
    const { run } = runAfter(1, step(), backedUp(), acted(0), step(1));
    expect(run.steps.map(({ canUndo }) => canUndo)).toEqual([true, false]);
  });

  it.each([
    ['done', 'verifying'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
  ] as const)('after a step that ended %s, shows it as %s', (status, shown) => {
    expect(runAfter(1, step(), backedUp(), acted(0), stepEnd(status)).run.steps[0]).toMatchObject({
      status: shown,
      endedAt: time,
    });
  });

  it('is done with a step when it was verified, or when the run has ended', () => {
    const records = [step(), backedUp(), acted(0), stepEnd('done')];
    expect(runAfter(1, ...records, verified('works')).run.steps[0]).toMatchObject({
      status: 'done',
      verification: { outcome: 'works' },
    });
    expect(runAfter(1, ...records, end('not-fixed')).run.steps[0]).toMatchObject({ status: 'done' });
  });

  it('keeps a step’s first start when it is finished later', () => {
    const later = '2026-11-23T12:00:00.000Z';
    expect(runAfter(1, step(), { type: 'step', step: 0, time: later }).run.steps[0]).toMatchObject({
      startedAt: time,
    });
  });

  it('has ended with its end, and once more with its undo’s', () => {
    expect(isOpen(runAfter(1, end('fixed')).run)).toBe(false);
    expect(runAfter(1, end('fixed')).run).toMatchObject({ status: 'fixed', endedAt: time });
    expect(isOpen(runAfter(1, end('fixed'), undo).run)).toBe(true);
    expect(runAfter(1, end('fixed'), undo, undoEnd).run).toMatchObject({ status: 'undone', endedAt: time });
  });

  it('sums its undo up', () => {
    const records = [step(), backedUp([4]), acted(0), acted(1), acted(2), acted(3), end('fixed'), undo];
    const results = [
      reverted(3, 'restored'),
      reverted(2, 'conflict'),
      reverted(1, 'impossible'),
      reverted(0, 'already'),
    ];
    expect(runAfter(5, ...records, ...results, undoEnd).run.undone).toEqual({
      restored: 1,
      already: 1,
      conflicts: [{ id: '0-2', label: 'MicrosoftOffice16_Data:2' }],
      impossible: [{ label: 'MicrosoftOffice16_Data:1', why: 'failed' }],
    });
  });
});

describe('whether something can be undone', () => {
  const can = (...records: JournalRecord[]) => {
    const state = runAfter(2, ...records);
    return { canUndo: state.run.canUndo, each: [0, 1].map((operation) => revertible(state, 0, operation)) };
  };

  it.each<[string, JournalRecord[], boolean[]]>([
    ['nothing before the backups are on disk', [step()], [false, false]],
    [
      'all from then on, as the host may have been killed before it said that it acted',
      [step(), backedUp()],
      [true, true],
    ],
    ['not what was gone already', [step(), backedUp([1])], [true, false]],
    ['what acted although the line about its backup is lost', [step(), acted(0)], [true, false]],
    ['what acted before a second look found it gone', [step(), acted(0), backedUp([0, 1])], [true, false]],
    [
      'what was backed up before a second look found it gone',
      [step(), backedUp(), backedUp([0])],
      [true, true],
    ],
    [
      'not what is back',
      [step(), backedUp(), acted(0), acted(1), undo, reverted(0, 'restored')],
      [false, true],
    ],
    [
      'not what cannot come back',
      [step(), backedUp(), undo, reverted(0, 'impossible'), reverted(1, 'already')],
      [false, false],
    ],
    [
      'what exists anew, should it go again',
      [step(), backedUp(), undo, reverted(0, 'conflict'), undoEnd],
      [true, true],
    ],
  ])('%s', (_, records, each) => {
    expect(can(...records)).toEqual({ canUndo: each.includes(true), each });
  });

  it('is not so for a remedy that says so', () => {
    const state = firstState({
      ...beginOf(1),
      steps: beginOf(1).steps.map((each) => ({ ...each, undo: 'none' as const })),
    });
    for (const record of [step(), backedUp(), acted(0)]) advance(state, record);
    expect(state.run.canUndo).toBe(false);
  });

  it('is not so for steps and operations that are not there', () => {
    const state = runAfter(1, step(), backedUp());
    expect([revertible(state, 0, 5), revertible(state, 5, 0)]).toEqual([false, false]);
  });
});
