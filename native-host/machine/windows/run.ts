/** Running a program to its end, within a limit. */
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import type { Processes } from '../machine.ts';
import { endTree } from './end-tree.ts';

/** Resolves when the signal aborts; already aborted counts. */
function aborted(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('stopped');
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
}

export const run: Processes['run'] = async (exe, args, { timeout, signal }) => {
  const image = win32.basename(exe);
  if (signal.aborted) throw new ProblemError('cancelled', image);
  const { execa } = await import('execa');
  const subprocess = execa(exe, args, { stdio: 'ignore', windowsHide: true, reject: false });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const result = await Promise.race([subprocess, aborted(limit)]);
  if (result === 'stopped') {
    if (subprocess.pid !== undefined) await endTree(subprocess.pid);
    await subprocess;
    if (signal.aborted) throw new ProblemError('cancelled', image);
    throw new ProblemError('timed-out', `${image} ran for more than ${timeout} ms`);
  }
  if (result.exitCode === undefined) {
    throw new ProblemError('exe-failed', `${image}: ${result.code ?? result.signal ?? 'not started'}`);
  }
  return result.exitCode;
};
