/**
 * The local log: JSON lines that a collector reads while they are written. Several hosts of one user may write at once,
 * so each adds its lines in one write at the end, and nobody rewrites what is there. It never grows without bound.
 */

import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

export const LOG_FILE = 'evidence.jsonl';
export const OLD_LOG_FILE = 'evidence.1.jsonl';

/** Bytes from which a new file is begun; the one before is kept until then. */
export const LOG_SIZE = 1024 * 1024;
/** Milliseconds that turning over never takes: who began it so long ago is dead. */
const TOO_OLD = 10_000;

const NEWLINE = 0x0a;

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** Adds one line a value, whole or not at all. Fails as the file system does. */
export async function addLines(folder: string, values: readonly unknown[]): Promise<void> {
  const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, LOG_FILE);
  if ((await sizeOf(path)) + bytes.length > LOG_SIZE) await turnOver(folder, bytes.length);
  // A collector that lets nobody rename what it reads must not make the log grow for ever.
  if ((await sizeOf(path)) + bytes.length > 2 * LOG_SIZE) return;
  const file = await open(path, 'a+', 0o600);
  try {
    await append(file, path, bytes);
  } finally {
    await file.close();
  }
}

async function append(file: FileHandle, path: string, bytes: Buffer): Promise<void> {
  const { size } = await file.stat();
  const text = (await endsWhole(file, size)) ? bytes : Buffer.concat([Buffer.of(NEWLINE), bytes]);
  // One call: the system puts it at the end in one piece.
  const { bytesWritten } = await file.write(text);
  if (bytesWritten === text.length) return;
  // A full disk took a part of it. By its path, as Windows cuts nothing off that is open for appending only.
  if ((await sizeOf(path)) === size + bytesWritten) await truncate(path, size);
}

/** False where the last line is torn: the power failed in the middle of it. */
async function endsWhole(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 0 || buffer[0] === NEWLINE;
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
