import { describe, expect, test } from 'vitest';
import { daysOf, timelineOf } from '../../../extension/popup/history/timeline.ts';
import { daysAgo, emptyHistory, fullHistory } from '../../fixtures/ui-history.ts';
import { failures } from '../../fixtures/ui-plan.ts';

describe('the timeline', () => {
  const line = timelineOf(fullHistory);

  test('has each repair once, and each failure that nothing was done about, newest first', () => {
    expect(line.map(({ run, failure }) => run?.id ?? failure.code)).toEqual([
      'run-4',
      'AADSTS53003',
      'run-3',
      'run-2',
      'run-1',
      'AADSTS50173',
      '0x8004de40',
    ]);
  });

  test('knows after what a failure came, whether or not it was repaired', () => {
    expect(line[0]?.after).toEqual(['network-change']);
    expect(line.at(-1)?.after).toEqual(['vpn', 'start']);
    expect(line[1]?.after).toEqual([]);
  });

  test('is empty where there is nothing', () => {
    expect(timelineOf(emptyHistory)).toEqual([]);
  });
});

describe('the days', () => {
  const now = new Date(daysAgo(0));
  const days = daysOf(fullHistory, failures.local.code, now);

  test('are thirty, today last', () => {
    expect(days).toHaveLength(30);
    expect(days.at(-1)?.date.toDateString()).toBe(now.toDateString());
    expect(new Set(days.map(({ date }) => date.toDateString())).size).toBe(30);
  });

  test('count each failure once, however often it was repaired', () => {
    const counted = days.flatMap(({ times }, index) => (times > 0 ? [[29 - index, times]] : []));
    expect(counted).toEqual([
      [13, 2],
      [6, 1],
      [1, 1],
    ]);
  });

  test('know only their own code, and nothing older', () => {
    const policy = daysOf(fullHistory, failures.policy.code, now);
    expect(policy.filter(({ times }) => times > 0)).toHaveLength(1);
    const later = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 40);
    expect(daysOf(fullHistory, failures.local.code, later).every(({ times }) => times === 0)).toBe(true);
  });
});
