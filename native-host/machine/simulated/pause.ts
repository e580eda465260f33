/** Waiting that can be cut short, as a program's run can. */
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../../../common/problem.ts';

export interface Limit {
  /** Milliseconds; past them the wait fails with `timed-out`. */
  timeout: number;
  /** Aborted, the wait fails with `cancelled`. */
  signal: AbortSignal;
  /** The wait just ends at its timeout, without failing. */
  past?: 'goes-on';
}

/** A timer knows no more; longer waits come from nobody but a fault that hangs. */
const LONGEST = 2 ** 31 - 1;

/** Waits so many milliseconds, or as long as its limit lets it. */
export async function pause(ms: number, limit?: Limit): Promise<void> {
  if (limit?.signal.aborted) throw new ProblemError('cancelled');
  const timeout = limit?.timeout ?? Number.POSITIVE_INFINITY;
  const wait = Math.min(ms, timeout, LONGEST);
  if (wait > 0) {
    await delay(wait, undefined, limit && { signal: limit.signal }).catch(() => {
      throw new ProblemError('cancelled');
    });
  }
  if (timeout < ms && limit?.past !== 'goes-on') throw new ProblemError('timed-out', `after ${timeout} ms`);
}
