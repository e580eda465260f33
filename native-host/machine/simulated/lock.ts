/**
 * A lock between processes for work of a few milliseconds: a file that only one of them can make. One that
 * was killed with the lock in its hands is told by its pid, or by the lock's age where pids mean nothing
 * (another container, Wine).
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const TOO_OLD = 5_000;

function take(lock: string): boolean {
  let handle: number;
  try {
    handle = openSync(lock, 'wx', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Windows says EPERM for a file that another process is deleting at this moment.
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
    throw error;
  }
  writeSync(handle, String(process.pid));
  closeSync(handle);
  return true;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function leftBehind(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid > 0 && !alive(pid)) return true;
    return Date.now() - statSync(lock).mtimeMs > TOO_OLD;
  } catch {
    // Given back in the meantime.
    return false;
  }
}

/** Does `work` while no other process that asks for the same lock does. The work is synchronous: short. */
export async function withLock<T>(lock: string, work: () => T): Promise<T> {
  while (!take(lock)) {
    if (leftBehind(lock)) rmSync(lock, { force: true });
    else await delay(2 + Math.random() * 4);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}
