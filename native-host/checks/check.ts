/** What every check is made of. A check is a file beside this one; index.ts is their registry. */
import { type CheckId, type Finding, finding, type MeaningOf } from '../../common/findings.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import type { Endpoint } from './endpoints/endpoint-list.ts';
import type { Directions } from './endpoints/endpoint-route.ts';

export interface CheckContext extends Directions {
  machine: Machine;
  /** Milliseconds for the whole check; what is not answered by then is a finding too. */
  timeout: number;
  signal: AbortSignal;
  /** Which servers to look at; those of the shipped list unless said otherwise. */
  hosts?: readonly Endpoint[] | undefined;
}

export interface Check {
  id: CheckId;
  /** Looks, changes nothing and never fails; each promise is for one place, so that none waits for another. */
  look(context: CheckContext): Promise<Finding[]>[];
}

/** What was seen in one place; the rest of its finding is the same for all that a check sees. */
export type Sight<C extends CheckId> = Pick<Finding, 'level'> &
  Partial<Pick<Finding, 'amount' | 'evidence' | 'id' | 'subject'>> & { meaning: MeaningOf<C> };

/** Texts of the system, such as a network's name, may be longer than a finding's. */
const TEXT_LENGTH = 500;

/**
 * Looks at one place: what was seen there as findings with the time it took. An error, the time limit and a
 * cancel are a finding as well, `not-looked`, with the problem's kind as its evidence. `place` is the id of what
 * has none of its own.
 */
export async function looked<C extends CheckId>(
  check: C,
  { timeout, signal }: Pick<CheckContext, 'timeout' | 'signal'>,
  see: () => Promise<Sight<C>[]>,
  place: string = check,
): Promise<Finding[]> {
  const begin = performance.now();
  const took = () => Math.round(performance.now() - begin);
  try {
    const sights = await limited(see(), timeout, signal);
    return sights.map(({ subject = '', id = place, ...seen }) =>
      finding<C>({
        check,
        took: took(),
        ...seen,
        id: id.slice(0, TEXT_LENGTH),
        subject: subject.slice(0, TEXT_LENGTH),
      }),
    );
  } catch (error) {
    const evidence = { error: toProblem(error).kind };
    const blind = { id: place, level: 'unknown', subject: '', evidence, took: took() } as const;
    return [finding<CheckId>({ check, meaning: 'not-looked', ...blind })];
  }
}

/** The work's result, unless the time is over or the signal aborts before. */
export async function limited<T>(work: Promise<T>, timeout: number, signal: AbortSignal): Promise<T> {
  const done = new AbortController();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const cancel = () => reject(new ProblemError('cancelled'));
  const timer = setTimeout(() => reject(new ProblemError('timed-out')), timeout);
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true, signal: done.signal });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    done.abort();
    work.catch(() => undefined);
  }
}
