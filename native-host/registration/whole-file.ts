/** Small files that a browser may read at any moment: each is there whole or not at all. */
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';

/** Writes a text as UTF-8 without a byte order mark over what is there. Fails as Node's file system does. */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  const half = `${path}.${process.pid}`;
  try {
    await writeFile(half, text, { mode });
    await chmod(half, mode);
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

/** Larger than any manifest: more is not read. */
const MOST = 64 * 1024;

export type Text = { is: 'missing' } | { is: 'refused'; detail: string } | { is: 'read'; text: string };

/** A small text file, as it lies there; never fails. */
export async function readSmall(path: string): Promise<Text> {
  try {
    const bytes = await readFile(path);
    return { is: 'read', text: bytes.toString('utf8', 0, MOST) };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? { is: 'missing' } : { is: 'refused', detail: code };
  }
}

/** The system's name of what failed, such as `EACCES`, or the error's own words. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
