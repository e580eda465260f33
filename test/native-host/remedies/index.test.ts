import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../common/problem.ts';
import { guideIds, repairIds } from '../../../common/remedies.ts';
import { remedies, repairOf } from '../../../native-host/remedies/index.ts';

describe.each(repairIds)('%s', (id) => {
  const remedy = remedies[id];

  it('stands under its own id', () => {
    expect(remedy.id).toBe(id);
    expect(repairOf(id)).toBe(remedy);
  });

  it('is documented by Microsoft', () => {
    expect(URL.parse(remedy.source)?.hostname).toMatch(/^(?:learn|support)\.microsoft\.com$/);
  });

  it('has a limit beyond the time that it is said to take', () => {
    expect(remedy.limit).toBeGreaterThan(remedy.seconds * 1000);
  });
});

it.each(guideIds)('%s only guides and is no remedy', (id) => {
  expect(() => repairOf(id)).toThrow(ProblemError);
});
