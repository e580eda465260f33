import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../common/history.ts';
import type { Failure, Pattern } from '../../../common/plan.ts';
import type { RemedyId } from '../../../common/remedies.ts';
import type { Run } from '../../../common/run.ts';
import {
  addIncidents,
  clearIncidents,
  readIncidents,
  recurrenceOf,
  recurrences,
  triedInVain,
} from '../../../native-host/runs/history.ts';
import { firstState } from '../../../native-host/runs/state.ts';
import { beginOf, failure, RUN_ID } from '../../harness/run-records.ts';
import { testPc } from '../../harness/test-pc.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE).toISOString();
const at = (minutes: number, code: string = failure.code): Failure => ({
  ...failure,
  code,
  time: ago(minutes),
});
const incident = (minutes: number, after: Pattern[] = [], code?: string): Incident => ({
  failure: at(minutes, code),
  after,
});

function run(minutes: number, status: Run['status'], ...steps: [RemedyId, 'works' | 'fails'][]): Run {
  const { run: view } = firstState(beginOf(1));
  return {
    ...view,
    id: RUN_ID,
    status,
    startedAt: ago(minutes),
    steps: steps.map(([remedy, outcome]) => ({
      ...(view.steps[0] ?? { skipped: [], done: 0, total: 0, canUndo: false }),
      remedy,
      undo: 'full',
      status: 'done',
      verification: { outcome },
    })),
  };
}

describe('the history', () => {
  it('keeps every failure once, oldest first, as lines that a person can read', async () => {
    const { machine } = await testPc();
    await addIncidents(machine, [at(60), at(30)], NOW);
    await addIncidents(machine, [at(30), at(1, '0x8004de40')], NOW);
    expect((await readIncidents(machine)).map((each) => each.failure)).toEqual([
      at(60),
      at(30),
      at(1, '0x8004de40'),
    ]);
    const text = readFileSync(join(machine.stateFolder, 'incidents.jsonl'), 'utf8');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).failure.code),
    ).toEqual([failure.code, failure.code, '0x8004de40']);
  });

  it('does not grow without bound', async () => {
    const { machine } = await testPc();
    await addIncidents(
      machine,
      Array.from({ length: 500 }, (_, n) => at(10_000 - n)),
      NOW,
    );
    expect(await readIncidents(machine)).toHaveLength(500);
    await addIncidents(machine, [at(100)], NOW);
    const kept = await readIncidents(machine);
    expect(kept).toHaveLength(300);
    expect(kept.at(-1)?.failure).toEqual(at(100));
  });

  it('goes on after a line that was cut off or edited by hand', async () => {
    const { machine } = await testPc();
    await addIncidents(machine, [at(60), at(30)], NOW);
    const path = join(machine.stateFolder, 'incidents.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"nonsense":1}\n{"failure":{"co`);
    await addIncidents(machine, [at(20)], NOW);
    expect((await readIncidents(machine)).map(({ failure: { time } }) => time)).toEqual([
      ago(60),
      ago(30),
      ago(20),
    ]);
  });

  it('can be deleted', async () => {
    const { machine } = await testPc();
    await addIncidents(machine, [at(60)], NOW);
    await clearIncidents(machine);
    expect(await readIncidents(machine)).toEqual([]);
  });

  it('remembers what had happened shortly before, only of what was seen just now', async () => {
    const pc = { adapters: [{ name: 'Contoso VPN', vpn: true }], startedAt: ago(7) };
    const { machine } = await testPc(pc);
    await addIncidents(machine, [at(1), at(300)], NOW);
    expect((await readIncidents(machine)).map(({ after }) => after)).toEqual([['vpn', 'start'], []]);
  });
});

describe('a failure that comes back', () => {
  it('is counted within 30 days, tries that lie close together being one', () => {
    const day = 24 * 60;
    const incidents = [
      incident(31 * day),
      incident(20 * day),
      incident(20 * day - 3),
      incident(5 * day),
      incident(0),
    ];
    expect(recurrenceOf(failure.code, incidents, [], NOW)).toEqual({
      code: failure.code,
      count: 3,
      pattern: null,
      helped: [],
    });
    expect(recurrenceOf(failure.code, [incident(3), incident(0)], [], NOW)).toBeNull();
    expect(recurrenceOf('AADSTS50196', incidents, [], NOW)).toBeNull();
  });

  it('has a pattern where each time had it', () => {
    const each = [
      incident(900, ['vpn', 'network-change']),
      incident(500, ['network-change']),
      incident(1, ['network-change', 'start']),
    ];
    expect(recurrenceOf(failure.code, each, [], NOW)?.pattern).toBe('network-change');
    expect(recurrenceOf(failure.code, [...each, incident(100, ['start'])], [], NOW)?.pattern).toBeNull();
  });

  it('is told with what helped, the latest first', () => {
    const runs = [
      run(10, 'not-fixed', ['purge-credentials', 'fails']),
      run(20, 'fixed', ['purge-credentials', 'fails'], ['reset-onedrive', 'works']),
      run(30, 'fixed', ['purge-credentials', 'works']),
      run(40, 'fixed', ['purge-credentials', 'works']),
    ];
    expect(recurrenceOf(failure.code, [incident(50), incident(1)], runs, NOW)?.helped).toEqual([
      'reset-onedrive',
      'purge-credentials',
    ]);
  });

  it('is listed with the others, the most frequent first', () => {
    const others = [1, 100, 200].map((minutes) => incident(minutes, [], '0x8004de40'));
    const all = [incident(50), incident(1), incident(1, [], 'AADSTS50196'), ...others];
    expect(recurrences(all, [], NOW).map(({ code, count }) => [code, count])).toEqual([
      ['0x8004de40', 3],
      [failure.code, 2],
    ]);
  });
});

describe('what was tried in vain', () => {
  const tried = (...runs: Run[]) => [...triedInVain(failure, runs, NOW)];

  it('is what was done within a day and failed after', () => {
    expect(tried(run(10, 'not-fixed', ['purge-credentials', 'fails'], ['flush-dns', 'fails']))).toEqual([
      'purge-credentials',
      'flush-dns',
    ]);
    expect(tried(run(25 * 60, 'not-fixed', ['purge-credentials', 'fails']))).toEqual([]);
  });

  it('is not what was undone, nor what came before a success, nor what was done for another code', () => {
    expect(tried(run(10, 'undone', ['purge-credentials', 'fails']))).toEqual([]);
    const before = run(30, 'not-fixed', ['purge-credentials', 'fails']);
    expect(tried(run(10, 'fixed', ['reset-onedrive', 'works']), before)).toEqual([]);
    expect(tried({ ...before, failure: { ...failure, code: '0x8004de40' } })).toEqual([]);
  });
});
