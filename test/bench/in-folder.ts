/** Work in a folder of its own, gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A round again and again, each in a folder of its own. */
export async function repeated<T>(count: number, round: (folder: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < count) results.push(await inFolder(round));
  return results;
}
