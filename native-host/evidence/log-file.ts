/**
 * The local log: JSON lines that a collector reads while they are written. Several hosts of one user may write at once,
 * so each adds its lines in one write at the end, and nobody rewrites what is there. It never grows without bound.
 */

import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { appendTogether, asLines } from '../runs/lines.ts';

export const LOG_FILE = 'evidence.jsonl';
export const OLD_LOG_FILE = 'evidence.1.jsonl';

/** Bytes from which a new file is begun; the one before is kept until then. */
export const LOG_SIZE = 1024 * 1024;
/** Milliseconds that turning over never takes: who began it so long ago is dead. */
const TOO_OLD = 10_000;

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** Adds one line a value, whole or not at all. Fails as the file system does. */
export async function addLines(folder: string, values: readonly unknown[]): Promise<void> {
  const bytes = asLines(values);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, LOG_FILE);
  if ((await sizeOf(path)) + bytes.length > LOG_SIZE) await turnOver(folder, bytes.length);
  // A collector that lets nobody rename what it reads must not make the log grow for ever.
  if ((await sizeOf(path)) + bytes.length > 2 * LOG_SIZE) return;
  await appendTogether(path, bytes);
}

/** Makes the file the old one, in place of the one before. One process at a time; where another does it, nothing. */
async function turnOver(folder: string, room: number): Promise<void> {
  const [path, lock] = [join(folder, LOG_FILE), join(folder, 'turning-over')];
  const taken = await open(lock, 'wx', 0o600).catch(() => undefined);
  if (!taken) {
    const begun = await stat(lock).catch(() => undefined);
    if (begun && Date.now() - begun.mtimeMs > TOO_OLD) await rm(lock, { force: true });
    return;
  }
  await taken.close();
  try {
    // Another may have done it between our look and our turn.
    if ((await sizeOf(path)) + room > LOG_SIZE) await rename(path, join(folder, OLD_LOG_FILE));
  } catch {
    // It is held open: the next line tries again.
  } finally {
    await rm(lock, { force: true });
  }
}
