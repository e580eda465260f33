/**
 * Files moved aside and back, looked at and forgotten; prints what came out as one JSON document. Started in the
 * test's folder with the script that holds files and a folder on another volume.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { createFiles } from '../../../native-host/machine/windows/files.ts';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';
import { isInUse } from '../../../native-host/machine/windows/move.ts';
import { problemOf } from './problem-of.ts';

const [holdScript = '', otherVolume = ''] = process.argv.slice(2);
const { files, stateFolder } = await createWindowsMachine();
const at = (...names: string[]) => win32.resolve(...names);
const SHARE_READ = '1';

function write(path: string, text = 'text'): string {
  mkdirSync(win32.dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** All files below a folder with what is in them. */
function tree(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names.map((name) => {
      const path = win32.join(folder, name);
      return [name, statSync(path).isDirectory() ? 'folder' : readFileSync(path, 'utf8')];
    }),
  );
}

/** Has another program hold a path open while `use` runs. */
async function held<T>(path: string, share: string, use: () => Promise<T>): Promise<T> {
  const holder = spawn(process.execPath, [holdScript, path, share], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(holder.stdout, 'data');
  if (!String(said).startsWith('held')) throw new Error(`could not hold: ${said}`);
  try {
    return await use();
  } finally {
    holder.kill();
    await once(holder, 'exit');
  }
}

write(at('tree', 'a.txt'), 'a');
write(at('tree', '日本 \u{1F600}', 'ä.bin'), '\0\u{10FFFD}');
write(at('tree', 'read only.txt'), 'r');
chmodSync(at('tree', 'read only.txt'), 0o444);
mkdirSync(at('tree', 'empty'));
write(at('tree', ...Array.from({ length: 8 }, (_, level) => `${level}`.repeat(50)), 'deep.txt'), 'down');
write(at('one file.txt'), 'one');

const kinds = {
  file: await files.kind(at('one file.txt')),
  folder: await files.kind(at('tree')),
  'folder with a slash': await files.kind(`${at('tree')}\\`),
  'upper case': await files.kind(at('TREE', 'A.TXT')),
  deep: await files.kind(
    at('tree', ...Array.from({ length: 8 }, (_, level) => `${level}`.repeat(50)), 'deep.txt'),
  ),
  link: await files.kind(at('link to a folder')),
  'below a link': await files.kind(at('link to a folder', 'theirs.txt')),
  'not there': await files.kind(at('nowhere')),
  'folder not there': await files.kind(at('nowhere', 'x')),
  'below a file': await files.kind(at('one file.txt', 'x')),
  wildcard: await files.kind(at('tr*')),
  'other wildcard': await files.kind(at('tre>')),
};
const relative = await problemOf(files.kind('tree'));

const before = tree(at('tree'));
const moved = {
  asideBefore: await files.isAside('run1-0'),
  aside: await files.setAside(at('tree'), 'run1-0'),
  kind: await files.kind(at('tree')),
  isAside: await files.isAside('run1-0'),
  there: tree(win32.join(stateFolder, 'quarantine', 'run1-0')),
  again: await files.setAside(at('tree'), 'run1-1'),
  file: await files.setAside(at('one file.txt'), 'run1-2'),
  fileKind: await files.kind(at('one file.txt')),
};
write(at('tree', 'newer.txt'), 'newer');
const conflict = {
  putBack: await problemOf(files.putBack('run1-0', at('tree'))),
  newer: tree(at('tree')),
  isAside: await files.isAside('run1-0'),
  placeTaken: await problemOf(files.setAside(at('tree'), 'run1-0')),
  stillNewer: tree(at('tree')),
  file: await problemOf(files.putBack('run1-2', write(at('one file.txt'), 'newer file'))),
  newerFile: readFileSync(at('one file.txt'), 'utf8'),
};
rmSync(at('one file.txt'));
const back = {
  elsewhere: await files.putBack('run1-0', at('new', 'parents', 'tree')),
  same: tree(at('new', 'parents', 'tree')),
  file: await files.putBack('run1-2', at('one file.txt')),
  text: readFileSync(at('one file.txt'), 'utf8'),
  isAside: await files.isAside('run1-0'),
  again: await files.putBack('run1-0', at('tree2')),
};

write(at('busy', 'open.txt'), 'busy');
const inUse = {
  file: await held(at('busy', 'open.txt'), SHARE_READ, () =>
    problemOf(files.setAside(at('busy', 'open.txt'), 'busy')),
  ),
  folder: await held(at('busy'), SHARE_READ, () => problemOf(files.setAside(at('busy'), 'busy'))),
  folderNowFree: await isInUse(at('busy')),
  folderHeld: await held(at('busy'), SHARE_READ, () => isInUse(at('busy'))),
  notThere: await isInUse(at('nowhere')),
  left: tree(at('busy')),
  isAside: await files.isAside('busy'),
};

const link = {
  problem: await problemOf(files.setAside(at('link to a folder'), 'link')),
  kind: await files.kind(at('link to a folder')),
};
const far = createFiles(otherVolume);
const volume = {
  folder: await problemOf(far.setAside(at('busy'), 'far')),
  file: await problemOf(far.setAside(at('busy', 'open.txt'), 'far')),
  left: tree(at('busy')),
  isAside: await far.isAside('far'),
};
const names: Record<string, string[]> = {};
for (const name of ['', '.', '..', 'a/b', 'a\\b', 'ä', 'a b', 'a'.repeat(81), 'a\0b', 'C:']) {
  names[name] = await Promise.all([
    problemOf(files.setAside(at('busy'), name)),
    problemOf(files.isAside(name)),
    problemOf(files.putBack(name, at('x'))),
    problemOf(files.forget(name)),
  ]);
}

const inQuarantine = () => readdirSync(win32.join(stateFolder, 'quarantine')).sort();
await files.setAside(at('new', 'parents', 'tree'), 'run2-0');
await files.setAside(at('busy', 'open.txt'), 'run2-1');
await files.setAside(at('busy'), 'run22-0');
await files.setAside(at('one file.txt'), 'a-run2-0');
const quarantine = { before: inQuarantine(), after: [] as string[], last: [] as string[] };
await files.forget('run2-');
quarantine.after = inQuarantine();
await files.forget('nothing-of-that-name');
await far.forget('never-made-x');
await files.setAside(at('with a link'), 'linked');
// Wine deletes no link to a folder, but would delete what it leads to; Windows deletes the link.
await files.forget('linked').catch(() => undefined);
quarantine.last = inQuarantine();

write(at('sync', 'a.docx'));
write(at('sync', 'desktop.ini'));
write(at('sync', 'x', 'b.docx'));
write(at('sync', 'x', 'y', 'c.tmp'));
write(at('sync', 'x', 'y', 'd.docx'));
const survey = {
  whole: await files.survey(at('sync'), 1000),
  exactly: await files.survey(at('sync'), 8),
  cut: await files.survey(at('sync'), 7),
  cutAtOnce: await files.survey(at('sync'), 1),
  missing: await files.survey(at('nowhere'), 1000),
  file: await files.survey(at('sync', 'a.docx'), 1000),
};
mkdirSync(at('hollow', 'empty'), { recursive: true });
write(at('hollow', 'no bytes.docx'), '');
write(at('hollow', 'desktop.ini'));
write(at('closed', 'only.docx'));
write(at('half closed', 'a.docx'));
write(at('half closed', 'below', 'b.docx'));
const opened = {
  one: await files.openOne(at('sync')),
  empty: await files.openOne(at('hollow')),
  missing: await files.openOne(at('nowhere')),
  refused: await held(at('closed', 'only.docx'), '0', () => files.openOne(at('closed'))),
  another: await held(at('half closed', 'a.docx'), '0', () => files.openOne(at('half closed'))),
};

console.log(
  JSON.stringify({
    kinds,
    relative,
    before,
    moved,
    conflict,
    back,
    inUse,
    link,
    volume,
    names,
    quarantine,
    survey,
    opened,
  }),
);
