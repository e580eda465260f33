/** The files of a simulated PC: a list of paths, in any letter case, that makes the folders above them too. */
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import type { Survey } from '../machine.ts';
import type { FileFacts, SimulatedFile } from './files-schema.ts';
import { programPaths } from './programs.ts';
import type { SimulatedPc } from './schema.ts';

const factsOf = (file: SimulatedFile): FileFacts => (typeof file === 'string' ? { path: file } : file);
const moved = (file: SimulatedFile, path: string): SimulatedFile =>
  typeof file === 'string' ? path : { ...file, path };

const whole = (path: string) => win32.normalize(path).replace(/\\+$/, '');
const plain = (path: string) => whole(path).toLowerCase();

/** Tells what lies at a path or below it. */
function within(path: string): (other: string) => boolean {
  const own = plain(path);
  const start = `${own}\\`;
  return (other) => plain(other) === own || plain(other).startsWith(start);
}

/** What is listed, and the programs that are there by themselves. */
function present(pc: SimulatedPc): FileFacts[] {
  return [...pc.files.map(factsOf), ...programPaths(pc).map((path) => ({ path }))];
}

/** What is at a path. */
export function kindOf(pc: SimulatedPc, path: string): 'file' | 'folder' | 'link' | 'none' {
  const here = present(pc).filter((file) => within(path)(file.path));
  const own = here.find((file) => plain(file.path) === plain(path));
  if (own?.link) return 'link';
  if (own && !own.folder) return 'file';
  return here.length > 0 ? 'folder' : 'none';
}

/** A folder that had no more than was taken from it is still there, and empty. */
function keepFolder(pc: SimulatedPc, path: string): void {
  if (kindOf(pc, path) === 'none') pc.files.push({ path, folder: true });
}

/** The folders above a path that were empty are no longer. */
function fillFolders(pc: SimulatedPc, path: string): void {
  pc.files = pc.files.filter((file) => {
    const { path: folder, folder: empty } = factsOf(file);
    return !empty || plain(folder) === plain(path) || !within(folder)(path);
  });
}

/** Moves what is at a path to the quarantine. */
export function setAside(pc: SimulatedPc, path: string, place: string): boolean {
  const kind = kindOf(pc, path);
  if (kind === 'none') return false;
  if (kind === 'link') throw new ProblemError('not-supported', `a link: ${path}`);
  if (pc.quarantine[place]) throw new ProblemError('internal', `the quarantine has something named ${place}`);
  const here = within(path);
  const files = pc.files.filter((file) => here(factsOf(file).path));
  if (files.some((file) => factsOf(file).inUse)) throw new ProblemError('file-in-use', path);
  if (files.some((file) => factsOf(file).refused) || programPaths(pc).some(here))
    throw new ProblemError('access-denied', path);
  const top = whole(path).length;
  pc.quarantine[place] = {
    from: path,
    files: files.map((file) => moved(file, whole(factsOf(file).path).slice(top + 1))),
  };
  pc.files = pc.files.filter((file) => !files.includes(file));
  keepFolder(pc, win32.dirname(whole(path)));
  return true;
}

/** Moves it back, never over something that is there. */
export function putBack(pc: SimulatedPc, place: string, path: string): boolean {
  const aside = pc.quarantine[place];
  if (!aside) return false;
  if (kindOf(pc, path) !== 'none') throw new ProblemError('internal', `something is there: ${path}`);
  for (const file of aside.files) {
    const below = factsOf(file).path;
    pc.files.push(moved(file, below ? `${whole(path)}\\${below}` : whole(path)));
  }
  delete pc.quarantine[place];
  fillFolders(pc, path);
  return true;
}

/** Deletes what lies in the quarantine under names that begin so. */
export function forget(pc: SimulatedPc, prefix: string): void {
  const kept = Object.entries(pc.quarantine).filter(([place]) => !place.startsWith(prefix));
  pc.quarantine = Object.fromEntries(kept);
}

function filesBelow(pc: SimulatedPc, folder: string): FileFacts[] {
  if (kindOf(pc, folder) !== 'folder') return [];
  return present(pc).filter((file) => within(folder)(file.path) && !file.folder && !file.link);
}

/** Counts the files below a folder, at most `limit` of them. */
export function survey(pc: SimulatedPc, folder: string, limit: number): Survey {
  const all = filesBelow(pc, folder);
  const seen = all.slice(0, limit);
  return {
    files: seen.length,
    onlineOnly: seen.filter(({ onlineOnly }) => onlineOnly).length,
    notUploaded: seen.filter(({ notUploaded }) => notUploaded).length,
    complete: seen.length === all.length,
  };
}

/** Opens the first file below a folder that is on this PC and may be opened. */
export function openOne(
  pc: SimulatedPc,
  folder: string,
): { opened: string } | 'online-only' | 'empty' | 'missing' | 'refused' {
  if (kindOf(pc, folder) !== 'folder') return 'missing';
  const files = filesBelow(pc, folder);
  const here = files.filter(({ onlineOnly }) => !onlineOnly);
  const opened = here.find(({ refused }) => !refused);
  if (opened) return { opened: win32.basename(opened.path) };
  if (here.length > 0) return 'refused';
  return files.length > 0 ? 'online-only' : 'empty';
}

/** The text of a file; undefined when there is no such file, or more than `most` bytes of it. */
export function readText(pc: SimulatedPc, path: string, most: number): string | undefined {
  if (kindOf(pc, path) !== 'file') return undefined;
  const file = present(pc).find((each) => plain(each.path) === plain(path));
  if (file?.refused) throw new ProblemError('access-denied', path);
  const text = file?.text ?? '';
  return Buffer.byteLength(text) > most ? undefined : text;
}
