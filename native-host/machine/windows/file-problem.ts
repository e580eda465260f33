/** Errors of Node's file system calls as problems. */
import { ProblemError, type ProblemKind } from '../../../common/problem.ts';

const kinds = new Map<string, ProblemKind>([
  ['EACCES', 'access-denied'],
  ['EPERM', 'access-denied'],
  ['EBUSY', 'file-in-use'],
  ['ENOSPC', 'disk-full'],
]);

/** Waits for a call; what it fails with becomes a problem that names the call, never the path. */
export async function orProblem<T>(action: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ProblemError(kinds.get(code) ?? 'internal', `${action} failed with ${code}`);
  }
}
