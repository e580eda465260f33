/** Waiting that can be cut short, as a program's run can. */
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../../../common/problem.ts';

export interface Limit {
  /** Milliseconds; past them the wait fails with `timed-out`. */
  timeout: number;
  /** Aborted, the wait fails with `cancelled`. */
  signal: AbortSignal;
}

/** Waits so many milliseconds, or as long as its limit lets it. */
export async function pause(ms: number, limit?: Limit): Promise<void> {
  if (limit?.signal.aborted) throw new ProblemError('cancelled');
  const timeout = limit?.timeout ?? Number.POSITIVE_INFINITY;
  const wait = Math.min(ms, timeout);
  if (wait > 0) {
    await delay(wait, undefined, limit && { signal: limit.signal }).catch(() => {
      throw new ProblemError('cancelled');
    });
  }
  if (timeout < ms) throw new ProblemError('timed-out', `after ${timeout} ms`);
}
