/**
 * A lock between processes for work of a few milliseconds: a file that only one of them can make. One that
 * was killed holding the lock is told by its pid, or by the lock's age where pids mean nothing
 * (another container, Wine).
 */
import { lstatSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const TOO_OLD = 5_000;
const windows = process.platform === 'win32';

function take(lock: string): boolean {
  const pid = String(process.pid);
  try {
    // A link appears together with what it says: none is ever found without its owner, as a file can be. On
    // Windows links need a privilege.
    if (windows) writeFileSync(lock, pid, { flag: 'wx', mode: 0o600 });
    else symlinkSync(pid, lock);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Windows says EPERM for a file that another process is deleting at this moment.
    if (code === 'EEXIST' || (windows && code === 'EPERM')) return false;
    throw error;
  }
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
    const stat = lstatSync(lock);
    const pid = Number(stat.isSymbolicLink() ? readlinkSync(lock) : readFileSync(lock, 'utf8'));
    if (pid > 0 && !alive(pid)) return true;
    return Date.now() - stat.mtimeMs > TOO_OLD;
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
