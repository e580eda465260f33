import { type Problem, toProblem } from '../../common/problem.ts';

/** The problem that a promise rejects with; fails when it does not reject. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const outcome = await promise.then(
    () => 'no problem',
    (error: unknown) => toProblem(error),
  );
  if (outcome === 'no problem') throw new Error('expected a problem, and there was none');
  return outcome as Problem;
}
