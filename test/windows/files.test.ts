import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWine, type Wine } from '../harness/wine/wine.ts';

let wine: Wine;
/** Memory, so another volume than the repository's. */
let otherVolume: string;
let out: ReturnType<typeof JSON.parse>;
beforeAll(async () => {
  wine = await openWine();
  otherVolume = await mkdtemp('/dev/shm/signin-rescue-');
  const at = (...names: string[]) => join(wine.folder, ...names);
  // Wine makes no links, but shows those of Linux as reparse points.
  for (const folder of ['theirs', 'with a link', 'sync']) await mkdir(at(folder));
  await writeFile(at('theirs', 'theirs.txt'), 'theirs');
  for (const link of ['link to a folder', 'with a link/link', 'sync/link'])
    await symlink(at('theirs'), at(link));
  const [script, hold] = [
    await wine.bundle('test/windows/inside/files.ts'),
    await wine.bundle('test/windows/inside/hold.ts'),
  ];
  const env = { SIGNIN_RESCUE_STATE: wine.windowsPath(at('state')) };
  const args = [hold, otherVolume].map(wine.windowsPath);
  const { code, stdout, stderr } = await wine.runNode(script, args, { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  out = JSON.parse(stdout);
});
afterAll(async () => {
  await wine[Symbol.asyncDispose]();
  await rm(otherVolume, { recursive: true });
});

test('a path is a file, a folder, a link or nothing', () => {
  expect(out.kinds).toEqual({
    file: 'file',
    folder: 'folder',
    'folder with a slash': 'folder',
    'upper case': 'file',
    deep: 'file',
    link: 'link',
    'below a link': 'file',
    'not there': 'none',
    'folder not there': 'none',
    'below a file': 'none',
    wildcard: 'none',
    'other wildcard': 'none',
  });
  expect(out.relative).toBe('internal');
});

test('a folder is moved aside whole, and so is a file', () => {
  expect(Object.keys(out.before)).toHaveLength(14);
  expect(out.moved).toEqual({
    asideBefore: false,
    aside: true,
    kind: 'none',
    isAside: true,
    there: out.before,
    again: false,
    file: true,
    fileKind: 'none',
  });
});

test('nothing is ever put over something else', () => {
  expect(out.conflict).toEqual({
    putBack: 'internal',
    newer: { 'newer.txt': 'newer' },
    isAside: true,
    placeTaken: 'internal',
    stillNewer: { 'newer.txt': 'newer' },
    file: 'internal',
    newerFile: 'newer file',
  });
});

test('what was moved comes back as it was, with folders that are gone made anew', () => {
  expect(out.back).toEqual({
    elsewhere: true,
    same: out.before,
    file: true,
    text: 'one',
    isAside: false,
    again: false,
  });
});

// Wine moves a folder with an open file in it, which Windows refuses with ERROR_ACCESS_DENIED.
test('what a program has open stays where it is', () => {
  expect(out.inUse).toEqual({
    file: 'file-in-use',
    folder: 'file-in-use',
    folderNowFree: true,
    folderHeld: true,
    notThere: false,
    left: { 'open.txt': 'busy' },
    isAside: false,
  });
});

test('a link is refused and its target left alone', async () => {
  expect(out.link).toEqual({ problem: 'not-supported', kind: 'link' });
  expect(await readFile(join(wine.folder, 'theirs', 'theirs.txt'), 'utf8')).toBe('theirs');
});

test('what lies on another volume is not copied there', () => {
  expect(out.volume).toEqual({
    folder: 'not-supported',
    file: 'not-supported',
    left: { 'open.txt': 'busy' },
    isAside: false,
  });
});

test('a name that is none of ours is refused by every call', () => {
  expect(Object.keys(out.names)).toHaveLength(10);
  for (const [name, outcomes] of Object.entries(out.names)) {
    expect({ name, outcomes }).toEqual({ name, outcomes: ['internal', 'internal', 'internal', 'internal'] });
  }
});

test('forgets what begins so, read-only files too, and follows no link', () => {
  expect(out.quarantine.before).toEqual(['a-run2-0', 'run2-0', 'run2-1', 'run22-0']);
  expect(out.quarantine.after).toEqual(['a-run2-0', 'run22-0']);
  expect(out.quarantine.last.slice(0, 1)).toEqual(['a-run2-0']);
  expect(existsSync(join(wine.folder, 'with a link'))).toBe(false);
  expect(existsSync(join(wine.folder, 'theirs', 'theirs.txt'))).toBe(true);
});

test('a survey counts without following links, and ends at its limit', () => {
  const none = { onlineOnly: 0, notUploaded: 0 };
  expect(out.survey).toEqual({
    whole: { files: 3, ...none, complete: true },
    exactly: { files: 3, ...none, complete: true },
    cut: { files: expect.any(Number), ...none, complete: false },
    cutAtOnce: { files: expect.any(Number), ...none, complete: false },
    missing: { files: 0, ...none, complete: true },
    file: { files: 0, ...none, complete: true },
  });
  expect(out.survey.cut.files).toBeLessThan(4);
});

test('opens a file that has something in it, and says why it could not', () => {
  expect(out.opened).toEqual({
    one: { opened: 'a.docx' },
    empty: 'empty',
    missing: 'missing',
    refused: 'refused',
    another: { opened: 'b.docx' },
  });
});
