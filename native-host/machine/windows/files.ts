/** The file system, as far as the machine is asked about it. */
import { win32 } from 'node:path';
import type { Files } from '../machine.ts';
import { isFolder, isLink } from './cloud-files.ts';
import { entryAt } from './directory.ts';
import { createQuarantine } from './quarantine.ts';
import { readText } from './read-text.ts';
import { openOne, survey } from './survey.ts';

/** What is at a path. Not for the root of a drive, which is an entry of no folder. */
export const kindAt: Files['kind'] = async (path) => {
  const entry = await entryAt(path);
  if (entry === undefined) return 'none';
  if (isLink(entry)) return 'link';
  return isFolder(entry) ? 'folder' : 'file';
};

export function createFiles(stateFolder: string): Files {
  return {
    kind: kindAt,
    survey,
    openOne,
    readText,
    ...createQuarantine(win32.join(stateFolder, 'quarantine')),
  };
}
