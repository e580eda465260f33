import { ProblemError } from '../../../common/problem.ts';

/** The kind of problem that a call fails with; `none` where it succeeds. Runs in Wine. */
export async function problemOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return error instanceof ProblemError ? error.problem.kind : `not a problem: ${error}`;
  }
}
