/** How OneDrive's files stand: told by names and attributes, and by reading one that is wholly on this PC. */
import { open } from 'node:fs/promises';
import { win32 } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { toProblem } from '../../../common/problem.ts';
import type { Files } from '../machine.ts';
import { type Sort, sortOf, toSurvey } from './cloud-files.ts';
import { entriesOf, type ListedEntry } from './directory.ts';

/** Entries that are looked at for a file to open. */
const MOST_ENTRIES = 20_000;
/** Files that are tried: some may be open in a program. */
const MOST_TRIES = 10;

interface Listing {
  folder: string;
  entries: { entry: ListedEntry; sort: Sort }[];
  /** Everything in the folder was listed. */
  whole: boolean;
}

/** Undefined for a folder that is not there; one below the first may be closed to us as well. */
async function list(
  folder: string,
  most: number,
  first: boolean,
): Promise<ListedEntry[] | 'refused' | undefined> {
  try {
    return await entriesOf(folder, most);
  } catch (error) {
    if (!first && toProblem(error).kind === 'access-denied') return 'refused';
    throw error;
  }
}

/** Lists a folder and all below it, the highest first, `limit` entries at most; nothing when it is not there. */
async function* listings(top: string, limit: number): AsyncGenerator<Listing> {
  let left = limit;
  const waiting = [top];
  // It grows while it is gone through.
  for (const folder of waiting) {
    // One more than wanted shows that there is more.
    const found = await list(folder, left + 1, folder === top);
    if (found === undefined) continue;
    const listed = found === 'refused' ? [] : found.slice(0, left);
    const entries = listed.map((entry) => ({ entry, sort: sortOf(entry) }));
    yield { folder, entries, whole: listed.length === found.length };
    left -= listed.length;
    if (found.length > listed.length && found !== 'refused') return;
    for (const { entry, sort } of entries) {
      if (sort === 'folder') waiting.push(win32.join(folder, entry.name));
    }
    // A large folder must not keep messages waiting.
    await setImmediate();
  }
}

/** Whether a file's first byte can be read. */
async function canRead(path: string): Promise<boolean> {
  try {
    const file = await open(win32.toNamespacedPath(path));
    try {
      return (await file.read(Buffer.alloc(1), 0, 1, 0)).bytesRead === 1;
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

export const survey: Files['survey'] = async (folder, limit) => {
  const sorts: Sort[] = [];
  let complete = true;
  for await (const { entries, whole } of listings(folder, limit)) {
    for (const { sort } of entries) sorts.push(sort);
    complete &&= whole;
  }
  return toSurvey(sorts, complete);
};

const local: readonly Sort[] = ['placeholder', 'plain', 'other'];
const inCloud: readonly Sort[] = ['online-only', 'cloud-folder'];

export const openOne: Files['openOne'] = async (top) => {
  let answer: Awaited<ReturnType<Files['openOne']>> = 'missing';
  let tries = 0;
  for await (const { folder, entries } of listings(top, MOST_ENTRIES)) {
    if (answer === 'missing') answer = 'empty';
    if (answer === 'empty' && entries.some(({ sort }) => inCloud.includes(sort))) answer = 'online-only';
    for (const { entry, sort } of entries) {
      if (!local.includes(sort) || entry.hollow) continue;
      if (await canRead(win32.join(folder, entry.name))) return { opened: entry.name };
      answer = 'refused';
      tries += 1;
      if (tries === MOST_TRIES) return answer;
    }
  }
  return answer;
};
