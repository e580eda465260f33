/** Limits on what a run does, so that nothing hangs for ever. */
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError, toProblem } from '../../common/problem.ts';

/** Milliseconds that something which was told to stop is waited for. */
const GRACE = 10_000;

/**
 * Does something that may take `limit` milliseconds. Past that, or when the person cancels, it is told to stop by
 * its signal. Gives `cancelled` when it stopped for the person; fails with `timed-out` when the limit came first.
 */
export async function within(
  limit: number,
  person: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
  grace = GRACE,
): Promise<'done' | 'cancelled'> {
  const late = new ProblemError('timed-out', `after ${limit} ms`);
  const [own, done] = [new AbortController(), new AbortController()];
  const overrun = delay(limit, undefined, { signal: done.signal }).then(async () => {
    own.abort();
    await delay(grace, undefined, { signal: done.signal });
    throw late;
  });
  // Ended by `done`, it has nothing to tell.
  overrun.catch(() => undefined);
  try {
    await Promise.race([work(AbortSignal.any([person, own.signal])), overrun]);
    return 'done';
  } catch (error) {
    if (toProblem(error).kind !== 'cancelled') throw error;
    if (person.aborted) return 'cancelled';
    throw late;
  } finally {
    done.abort();
  }
}
