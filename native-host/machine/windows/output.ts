/** What a program writes, within limits on time and size. */
import { type ChildProcess, spawn } from 'node:child_process';
import { win32 } from 'node:path';
import { ProblemError, toProblem } from '../../../common/problem.ts';
import type { Processes } from '../machine.ts';
import { consoleText } from './console-text.ts';
import { endTree } from './end-tree.ts';

export const output: Processes['output'] = async (exe, args, { timeout, signal, most }) => {
  const image = win32.basename(exe);
  if (signal.aborted) throw new ProblemError('cancelled', image);
  const child = started(exe, args, image);
  const over = new AbortController();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const late = () => reject(new ProblemError('timed-out', `${image} ran for more than ${timeout} ms`));
  const timer = setTimeout(late, timeout);
  const cancel = () => reject(new ProblemError('cancelled', image));
  signal.addEventListener('abort', cancel, { once: true, signal: over.signal });
  try {
    return await consoleText(await Promise.race([written(child, image, most), stopped]));
  } catch (error) {
    // Once it has ended, its number may be another's.
    if (child.pid !== undefined && child.exitCode === null) await endTree(child.pid);
    throw error;
  } finally {
    clearTimeout(timer);
    over.abort();
    // What the program started and left may hold the other end for ever.
    child.stdout?.destroy();
  }
};

function started(exe: string, args: readonly string[], image: string): ChildProcess {
  try {
    return spawn(exe, args, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
  } catch (error) {
    // Node throws what it has no event for, such as a file that is no program.
    throw new ProblemError('exe-failed', `${image}: ${toProblem(error).detail}`);
  }
}

/** All that it writes, once it has ended. */
function written(child: ChildProcess, image: string, most: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const parts: Buffer[] = [];
  let bytes = 0;
  child.stdout?.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > most) reject(new ProblemError('internal', `${image} wrote more than ${most} bytes`));
    else parts.push(part);
  });
  child.once('error', ({ message }) => reject(new ProblemError('exe-failed', `${image}: ${message}`)));
  child.once('close', () => resolve(Buffer.concat(parts)));
  return promise;
}
