import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../common/problem.ts';
import { within } from '../../../native-host/runs/limit.ts';
import { problemOf } from '../../harness/problem-of.ts';

const never = new AbortController().signal;

/** Ends when it is told to. */
const obedient = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => {
    const stop = () => reject(new ProblemError('cancelled'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });

describe('within a limit', () => {
  it('what ends in time has ended, and what fails has failed with its own problem', async () => {
    expect(await within(60_000, never, async () => undefined)).toBe('done');
    const failing = within(60_000, never, () => Promise.reject(new ProblemError('exe-failed', 'klist.exe')));
    expect(await problemOf(failing)).toEqual({ kind: 'exe-failed', detail: 'klist.exe' });
  });

  it('what takes too long is told to stop, and has timed out', async () => {
    expect((await problemOf(within(5, never, obedient))).kind).toBe('timed-out');
  });

  it('what does not even stop when told is not waited for', async () => {
    expect((await problemOf(within(5, never, () => new Promise(() => undefined), 5))).kind).toBe('timed-out');
  });

  it('what stops because the person cancels is cancelled, and no failure', async () => {
    const cancel = new AbortController();
    const ended = within(60_000, cancel.signal, obedient);
    cancel.abort();
    expect(await ended).toBe('cancelled');
    expect(await within(60_000, cancel.signal, obedient)).toBe('cancelled');
  });
});
