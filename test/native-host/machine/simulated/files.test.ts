import { describe, expect, test } from 'vitest';
import { changeSimulatedPc } from '../../../../native-host/machine/simulated/index.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { problem } from './calls.ts';

const folder = 'C:\\Users\\ada\\Cache';
const files: PcInput['files'] = [
  'C:\\Users\\ada\\Cache of another.txt',
  `${folder}\\one.bin`,
  { path: `${folder}\\Deep\\two.bin`, size: 12, notUploaded: true },
  { path: `${folder}\\empty`, folder: true },
  { path: 'C:\\Users\\ada\\Link', link: true },
];

describe('what is at a path', () => {
  test.each([
    ['C:\\Users\\ada\\Cache of another.txt', 'file'],
    [`${folder}\\ONE.bin`, 'file'],
    [folder, 'folder'],
    ['c:\\users\\ADA\\cache\\', 'folder'],
    [`${folder}\\empty`, 'folder'],
    ['C:\\', 'folder'],
    ['C:\\Users\\ada\\Link', 'link'],
    ['C:\\Users\\ada\\Cac', 'none'],
  ])('%s: %s', async (path, kind) => {
    const { machine } = await testPc({ files });
    expect(await machine.files.kind(path)).toBe(kind);
  });

  test.each([
    ['per-user', 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive'],
    ['program-files', 'C:\\Program Files\\Microsoft OneDrive'],
    ['program-files-x86', 'C:\\Program Files (x86)\\Microsoft OneDrive'],
  ] as const)('OneDrive.exe is there when installed %s', async (installed, place) => {
    const { machine, file } = await testPc({ oneDrive: { installed } });
    expect(await machine.files.kind(`${place}\\ONEDRIVE.EXE`)).toBe('file');
    expect(await machine.files.kind(place)).toBe('folder');
    await changeSimulatedPc(file, (pc) => {
      pc.oneDrive.installed = null;
    });
    expect(await machine.files.kind(`${place}\\OneDrive.exe`)).toBe('none');
  });
});

describe('moving aside and back', () => {
  test.each([
    folder,
    folder.toUpperCase(),
    `${folder}\\one.bin`,
    `${folder}\\Deep\\two.bin`,
    `${folder}\\empty`,
  ])('takes all of %s, and brings it back as it was', async (path) => {
    const { machine, read } = await testPc({ files });
    const kind = await machine.files.kind(path);
    expect(await machine.files.setAside(path, 'run-1')).toBe(true);
    expect(await machine.files.kind(path)).toBe('none');
    expect(await machine.files.isAside('run-1')).toBe(true);
    expect(read().quarantine['run-1']?.from).toBe(path);
    expect(await machine.files.putBack('run-1', path === folder.toUpperCase() ? folder : path)).toBe(true);
    expect(await machine.files.kind(path)).toBe(kind);
    expect(await machine.files.isAside('run-1')).toBe(false);
    expect(read().files).toHaveLength(files.length);
    expect(read().files).toEqual(expect.arrayContaining(files));
    expect(read().quarantine).toEqual({});
  });

  test('leaves the folder that it was in', async () => {
    const { machine, read } = await testPc({ files: ['C:\\a\\b\\c.txt'] });
    await machine.files.setAside('C:\\a\\b\\c.txt', 'p');
    expect(await machine.files.kind('C:\\a\\b')).toBe('folder');
    await machine.files.putBack('p', 'C:\\a\\b\\c.txt');
    expect(read().files).toEqual(['C:\\a\\b\\c.txt']);
  });

  test('says false where nothing is', async () => {
    const { machine } = await testPc({});
    expect(await machine.files.setAside('C:\\a', 'p')).toBe(false);
    expect(await machine.files.isAside('p')).toBe(false);
    expect(await machine.files.putBack('p', 'C:\\a')).toBe(false);
  });

  test.each<[string, PcInput['files'], string]>([
    ['in use, deep down', [{ path: `${folder}\\Deep\\open.db`, inUse: true }], 'file-in-use'],
    ['refused', [{ path: `${folder}\\locked.db`, refused: true }], 'access-denied'],
    ['itself a link', [{ path: folder, link: true }], 'not-supported'],
  ])('moves nothing of what is %s', async (_name, more = [], kind) => {
    const all = kind === 'not-supported' ? more : [...files, ...more];
    const { machine, read } = await testPc({ files: all });
    await expect(machine.files.setAside(folder, 'p')).rejects.toEqual(problem(kind));
    expect(read()).toMatchObject({ files: all, quarantine: {} });
  });

  test('moves no program that runs from there', async () => {
    const { machine } = await testPc({ oneDrive: { installed: 'per-user' } });
    const move = machine.files.setAside(`${machine.folders.localAppData}\\Microsoft\\OneDrive`, 'p');
    await expect(move).rejects.toEqual(problem('access-denied'));
  });

  test('goes over nothing, there or back', async () => {
    const { machine, read } = await testPc({ files: ['C:\\a', 'C:\\b'] });
    await machine.files.setAside('C:\\a', 'p');
    const before = read();
    await expect(machine.files.setAside('C:\\b', 'p')).rejects.toEqual(problem('internal'));
    await expect(machine.files.putBack('p', 'C:\\B')).rejects.toEqual(problem('internal'));
    expect(read()).toMatchObject({ files: before.files, quarantine: before.quarantine });
  });

  test.each(['', '..', 'a\\b', 'x'.repeat(81)])('takes no name that is none of ours: %j', async (name) => {
    const { machine, read } = await testPc({ files: ['C:\\a'] });
    for (const call of [
      machine.files.setAside('C:\\a', name),
      machine.files.isAside(name),
      machine.files.putBack(name, 'C:\\b'),
      machine.files.forget(name),
    ])
      await expect(call).rejects.toEqual(problem('internal'));
    expect(read().files).toEqual(['C:\\a']);
  });

  test('forgets for ever what has such a name', async () => {
    const { machine, read } = await testPc({ files: ['C:\\a', 'C:\\b', 'C:\\c'] });
    for (const [path, place] of [
      ['C:\\a', 'one-1'],
      ['C:\\b', 'one-2'],
      ['C:\\c', 'two-1'],
    ] as const)
      await machine.files.setAside(path, place);
    await machine.files.forget('one-');
    expect(Object.keys(read().quarantine)).toEqual(['two-1']);
    expect(await machine.files.putBack('one-1', 'C:\\a')).toBe(false);
  });
});

describe('a survey', () => {
  const kept: PcInput['files'] = [
    'D:\\OneDrive\\a',
    { path: 'D:\\OneDrive\\b', onlineOnly: true },
    { path: 'D:\\OneDrive\\deep\\c', notUploaded: true },
    { path: 'D:\\OneDrive\\deep\\d', link: true },
    { path: 'D:\\OneDrive\\empty', folder: true },
    'D:\\OneDrive2\\e',
  ];

  test.each([
    [100, { files: 3, onlineOnly: 1, notUploaded: 1, complete: true }],
    [3, { files: 3, onlineOnly: 1, notUploaded: 1, complete: true }],
    [2, { files: 2, onlineOnly: 1, notUploaded: 0, complete: false }],
  ])('of at most %i', async (limit, survey) => {
    const { machine } = await testPc({ files: kept });
    expect(await machine.files.survey('d:\\onedrive', limit)).toEqual(survey);
  });

  test('of nothing', async () => {
    const { machine } = await testPc({});
    const nothing = { files: 0, onlineOnly: 0, notUploaded: 0, complete: true };
    expect(await machine.files.survey('D:\\', 10)).toEqual(nothing);
  });
});

describe('opening one file', () => {
  const a = 'D:\\OneDrive\\a.txt';

  test.each<[PcInput['files'], unknown]>([
    [[{ path: a, onlineOnly: true }, 'D:\\OneDrive\\deep\\b.txt'], { opened: 'b.txt' }],
    [[{ path: a, refused: true }, 'D:\\OneDrive\\b.txt'], { opened: 'b.txt' }],
    [[{ path: a, refused: true }], 'refused'],
    [[{ path: a, onlineOnly: true }], 'online-only'],
    [[{ path: a, link: true }], 'empty'],
    [[{ path: 'D:\\OneDrive', folder: true }], 'empty'],
    [['D:\\OneDrive'], 'missing'],
    [[], 'missing'],
  ])('among %j: %j', async (present, result) => {
    const { machine } = await testPc({ files: present });
    expect(await machine.files.openOne('D:\\OneDrive')).toEqual(result);
  });
});

describe('the text of a file', () => {
  const text = '127.0.0.1 löcalhost\r\n';
  const hosts = 'C:\\Windows\\System32\\drivers\\etc\\hosts';
  const listed: PcInput['files'] = [
    { path: hosts, text },
    'C:\\empty',
    { path: 'C:\\closed', text, refused: true },
    { path: 'C:\\folder', folder: true },
  ];

  test.each([
    [hosts.toUpperCase(), 22, text],
    [hosts, 21, undefined],
    ['C:\\empty', 0, ''],
    ['C:\\folder', 99, undefined],
    ['C:\\Windows', 99, undefined],
    ['C:\\nowhere', 99, undefined],
  ])('%s, %i bytes at most', async (path, most, content) => {
    const { machine } = await testPc({ files: listed });
    expect(await machine.files.readText(path, most)).toBe(content);
  });

  test('is not for everyone', async () => {
    const { machine } = await testPc({ files: listed });
    await expect(machine.files.readText('C:\\closed', 99)).rejects.toEqual(problem('access-denied'));
  });
});
