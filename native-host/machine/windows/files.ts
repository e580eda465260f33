/** The file system, as far as the machine is asked about it. */
import { stat } from 'node:fs/promises';
import { ProblemError } from '../../../common/problem.ts';

const absent = new Set(['ENOENT', 'ENOTDIR']);
const refused = new Set(['EACCES', 'EPERM']);

/** Whether a file, and no folder, is there. */
export async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (absent.has(code)) return false;
    throw new ProblemError(refused.has(code) ? 'access-denied' : 'internal', `stat failed: ${code}`);
  }
}
