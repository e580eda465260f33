/** The quarantine: where what a remedy takes away lies whole, until it is put back or forgotten. */
import { mkdir, rmdir, unlink } from 'node:fs/promises';
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import type { Files } from '../machine.ts';
import { type Entry, isFolder, isLink } from './cloud-files.ts';
import { entriesOf, entryAt } from './directory.ts';
import { orProblem } from './file-problem.ts';
import { isInUse, move } from './move.ts';
import { WIN32, win32Problem } from './native.ts';

/** A name of ours, never a path. */
function checkName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return name;
  throw new ProblemError('internal', 'not a name of the quarantine');
}

function makeFolder(path: string): Promise<unknown> {
  return orProblem('mkdir', mkdir(path, { recursive: true }));
}

function refusal(code: number, inUse: boolean): ProblemError {
  if (code === WIN32.NOT_SAME_DEVICE) {
    return new ProblemError('not-supported', 'it would have to go to another drive than it lies on');
  }
  return win32Problem('MoveFileExW', code, inUse ? 'file-in-use' : undefined);
}

/** Never follows a link: a link is deleted itself. */
async function removeTree(path: string, entry: Entry): Promise<void> {
  if (!isFolder(entry)) return orProblem('unlink', unlink(path));
  if (!isLink(entry)) await removeContents(path);
  return orProblem('rmdir', rmdir(path));
}

async function removeContents(folder: string, prefix = ''): Promise<void> {
  for (const entry of (await entriesOf(folder)) ?? []) {
    if (entry.name.startsWith(prefix)) await removeTree(win32.join(folder, entry.name), entry);
  }
}

type Quarantine = Pick<Files, 'setAside' | 'isAside' | 'putBack' | 'forget'>;

/** `folder` is where it lies; it is made when first needed. */
export function createQuarantine(folder: string): Quarantine {
  const at = (place: string) => win32.join(folder, checkName(place));

  return {
    async setAside(path, place) {
      const to = at(place);
      const entry = await entryAt(path);
      if (entry === undefined) return false;
      if (isLink(entry)) throw new ProblemError('not-supported', 'a link is not moved');
      await makeFolder(folder);
      const code = await move(path, to);
      if (code === WIN32.SUCCESS) return true;
      if (code === WIN32.FILE_NOT_FOUND) return false;
      throw refusal(code, code === WIN32.ACCESS_DENIED && (await isInUse(path)));
    },

    async isAside(place) {
      return (await entryAt(at(place))) !== undefined;
    },

    async putBack(place, path) {
      const from = at(place);
      if ((await entryAt(from)) === undefined) return false;
      await makeFolder(win32.dirname(path));
      const code = await move(from, path);
      if (code === WIN32.SUCCESS) return true;
      if (code === WIN32.ALREADY_EXISTS || code === WIN32.FILE_EXISTS) {
        throw new ProblemError('internal', 'something is there already; nothing was put back');
      }
      throw refusal(code, false);
    },

    async forget(prefix) {
      await removeContents(folder, checkName(prefix));
    },
  };
}
