/** What Office and OneDrive remember of accounts, taken and brought back by the host as it ships, in Wine. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import type { Running } from '../harness/wine/wine.ts';
import { base64, identityOf, oddIdentity } from '../harness/wine/wine-identity.ts';
import { type LinkedPc, ONEDRIVE, openLinkedPc, STARTED } from '../harness/wine/wine-linked.ts';
import { treeAt, writeTree } from '../harness/wine/wine-tree.ts';

let pc: LinkedPc;
beforeAll(async () => {
  pc = await openLinkedPc();
});
afterAll(() => pc[Symbol.asyncDispose]());

type Value = [string, number, string];
const base64OfUtf8 = (text: string) => Buffer.from(text).toString('base64');
const identityKeys = [identityOf('16.0'), identityOf('15.0')];
const fix = (code: string, ...more: string[]) =>
  pc.run('fix', code, '--only', 'clear-identity-cache', '--yes', ...more);
const quarantine = () => treeAt(join(pc.localAppData, 'Signin Rescue', 'quarantine'));
const RUNNING = [expect.stringMatching(STARTED)];

/** A program that has a folder open, and lets nobody move it. */
async function hold(path: string): Promise<Running> {
  const script = await pc.wine.bundle('test/windows/inside/hold-folder.ts');
  const held = join(pc.wine.folder, 'held');
  const args = [script, path, held].map(pc.wine.windowsPath);
  const holder = await pc.wine.start(pc.wine.node, args);
  await waitFor(() => existsSync(held), 'the folder to be held');
  return holder;
}

const remembered = {
  'OneAuth/accounts/1.json': 'one',
  'OneAuth/deep/er/日本 \u{1F600}/2.bin': '\0\u{10FFFD}',
  [`OneAuth/${Array.from({ length: 12 }, (_, level) => `${level}`.repeat(30)).join('/')}/deep.txt`]: 'down',
  'IdentityCache/1/UD/x': 'x',
  'IdentityCacheCopy/stays': 'not ours',
};
const microsoft = () => join(pc.localAppData, 'Microsoft');
const folders = async () => ({
  OneAuth: await treeAt(join(microsoft(), 'OneAuth')),
  IdentityCache: await treeAt(join(microsoft(), 'IdentityCache')),
});
const GONE = { OneAuth: {}, IdentityCache: {} };
const keys = async () => (await pc.arrange({ tell: identityKeys })).keys;

beforeEach(async () => {
  await writeTree(microsoft(), remembered);
  await mkdir(join(microsoft(), 'OneAuth', 'empty'), { recursive: true });
  await pc.arrange({ remove: identityKeys, keys: oddIdentity() });
});

/** Word, as far as it matters: a program of that name with a window. */
async function openWord() {
  const exe = join(pc.wine.prefix, 'drive_c', 'WINWORD.EXE');
  await copyFile(join(pc.wine.prefix, 'drive_c', 'windows', 'system32', 'notepad.exe'), exe);
  const word = await pc.wine.start('C:\\WINWORD.EXE');
  await waitFor(async () => (await pc.programs('WINWORD.EXE')).length > 0, 'Word to open');
  return word;
}

test('takes all that is remembered, closes Word with consent, and undo brings it back bit by bit', async () => {
  const [before, files] = [await keys(), await folders()];
  await openWord();
  const { code, run } = await fix('AADSTS50020', '--all');
  expect({ code, status: run.status, steps: run.steps }).toMatchObject({
    code: 3,
    status: 'unverified',
    steps: [{ status: 'done', skipped: [] }],
  });
  expect(await pc.programs('WINWORD.EXE')).toEqual([]);
  const left = (await pc.arrange({ tell: identityKeys })).keys;
  expect(left).toEqual({
    [identityOf('16.0')]: { values: { EnableADAL: { type: 4, length: 4, data: '01000000' } }, keys: {} },
    [identityOf('15.0')]: { values: {}, keys: {} },
  });
  expect(await folders()).toEqual(GONE);

  const undone = await pc.run('undo', '--yes');
  expect({ code: undone.code, undone: undone.run.undone }).toMatchObject({
    code: 0,
    undone: { conflicts: [], impossible: [] },
  });
  expect(await keys()).toEqual(before);
  expect(await folders()).toEqual(files);
  expect(await quarantine()).toEqual({});
});
test('leaves Word open without consent, and a folder that is in use where it is, whole', async () => {
  const [before, files] = [await keys(), await folders()];
  const word = await openWord();
  const holder = await hold(join(microsoft(), 'IdentityCache'));
  const { code, run } = await fix('AADSTS50020');
  expect({ code, status: run.status, steps: run.steps }).toMatchObject({
    code: 1,
    status: 'failed',
    steps: [{ status: 'failed', problem: { kind: 'file-in-use' }, canUndo: true }],
  });
  expect(await folders()).toEqual({ ...files, OneAuth: {} });
  expect(await pc.programs('WINWORD.EXE')).toHaveLength(1);
  holder.kill();
  word.kill();

  const undone = await pc.run('undo', '--yes');
  expect(undone).toMatchObject({ code: 0, run: { undone: { already: 1, conflicts: [], impossible: [] } } });
  expect(await keys()).toEqual(before);
  expect(await folders()).toEqual(files);
});

test('undo asks before what was made anew gives way, and puts it aside then', async () => {
  const [before, files] = [await keys(), await folders()];
  const { run } = await fix('AADSTS50020');
  await writeTree(microsoft(), { 'OneAuth/newer.json': 'newer' });
  const [key] = oddIdentity();
  const newer = {
    path: [...(key?.path ?? []), 'Profiles'],
    values: [['newer', 1, base64('n\0')] as Value],
  };
  await pc.arrange({ keys: [newer] });

  const first = await pc.run('undo', run.id, '--yes');
  const conflicts = first.run.undone?.conflicts ?? [];
  expect({
    code: first.code,
    labels: conflicts.map(({ label }) => label.split('\\').at(-1)).sort(),
  }).toEqual({
    code: 1,
    labels: ['OneAuth', 'Profiles'],
  });
  expect(await folders()).toEqual({ ...files, OneAuth: { 'newer.json': base64OfUtf8('newer') } });
  expect(Object.keys((await keys())[identityOf('16.0')]?.keys.Profiles?.values ?? {})).toEqual(['newer']);

  const ids = conflicts.map(({ id }) => id).join(',');
  const second = await pc.run('undo', run.id, '--replace', ids, '--yes');
  expect(second).toMatchObject({ code: 0, run: { undone: { conflicts: [], impossible: [] } } });
  expect(await keys()).toEqual(before);
  expect(await folders()).toEqual(files);
  const aside = Object.entries(await quarantine()).filter(([, content]) => content !== 'folder');
  expect(aside).toEqual([[expect.stringMatching(/newer.*\/newer\.json$/), base64OfUtf8('newer')]]);
});

test('has OneDrive closed while what it holds open is moved aside and back', async () => {
  await pc.linkAndStart();
  const settings = join(pc.oneDrive, 'settings');
  const before = await treeAt(settings);
  expect(before).toEqual({ 'PreSignInSettingsConfig.json': base64OfUtf8('{"a":1}') });
  const { code, run } = await fix('0x8004de96');
  expect({ code, status: run.status, steps: run.steps }).toMatchObject({
    code: 3,
    status: 'unverified',
    steps: [{ status: 'done', done: 3 }],
  });
  expect(await pc.oneDriveTold(2)).toEqual(['/shutdown', '/background']);
  expect(await treeAt(settings)).toEqual({});

  const undone = await pc.run('undo', run.id, '--yes');
  expect(undone).toMatchObject({
    code: 0,
    run: { undone: { restored: 1, conflicts: [], impossible: [] } },
  });
  expect(await pc.oneDriveTold(2)).toEqual(['/shutdown', '/background']);
  expect(await treeAt(settings)).toEqual(before);
  expect(await pc.programs('OneDrive.exe')).toEqual(RUNNING);
});

test.each([
  ['a number', 11, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])],
  ['of a type of nobody', 0x7fff_0001, Buffer.from([9])],
  ['text without its end', 1, Buffer.from('12', 'utf16le')],
])('takes the mark of a lost account, %s, and undo brings it back', async (_, type, data) => {
  await pc.linkAndStart();
  const mark: Value = ['OneAuthUnrecoverableTimestamp', type, data.toString('base64')];
  await pc.arrange({ keys: [{ path: ONEDRIVE.split('\\'), values: [mark] }] });
  const oneDriveKey = async () => (await pc.arrange({ tell: [ONEDRIVE] })).keys[ONEDRIVE];
  const before = await oneDriveKey();
  const { run } = await fix('0x8004deb4');
  expect(run.steps).toMatchObject([{ status: 'done', done: 3 }]);
  expect(await oneDriveKey()).toEqual({ values: {}, keys: before?.keys });
  const undone = await pc.run('undo', run.id, '--yes');
  expect(undone).toMatchObject({ code: 0, run: { undone: { restored: 1 } } });
  expect(await oneDriveKey()).toEqual(before);
  expect(before?.values.OneAuthUnrecoverableTimestamp).toMatchObject({ type, length: data.length });
});
