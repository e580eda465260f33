import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { windowsNode } from '../../installer/package/windows-parts.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';

/** Scripts for the processes that are started; each writes a file only when it is whole. */
const files = {
  'arguments.cjs': `
    const { renameSync, writeFileSync } = require('node:fs');
    const { join } = require('node:path');
    const [file, ...args] = process.argv.slice(2);
    writeFileSync(join(__dirname, file + '.draft'), JSON.stringify({ args, cwd: process.cwd() }));
    renameSync(join(__dirname, file + '.draft'), join(__dirname, file));`,
  'tree.cjs': `
    const { spawn } = require('node:child_process');
    const { writeFileSync } = require('node:fs');
    const depth = Number(process.argv[2]);
    if (depth > 0) spawn(process.execPath, [__filename, String(depth - 1)], { detached: true, stdio: 'ignore' });
    else writeFileSync(require('node:path').join(__dirname, 'tree0.json'), '1');
    setInterval(() => {}, 1000);`,
  'stay.cjs': `
    const { existsSync, writeFileSync } = require('node:fs');
    const at = (name) => require('node:path').join(__dirname, name);
    writeFileSync(at('stay.json'), '1');
    setInterval(() => {
      if (!existsSync(at('leave'))) return;
      writeFileSync(at('left.json'), '1');
      process.exit();
    }, 20);`,
  'not-a-program.exe': 'text',
};

let wine: Wine;
beforeAll(async () => {
  wine = await openWine();
  const folder = join(wine.folder, 'folder with spaces');
  await mkdir(folder);
  // A stand-in with OneDrive's name: Node itself. A copy, since Wine shows a link by its first name.
  await copyFile(await windowsNode(), join(folder, 'OneDrive.exe'));
  const at = (name: string) => wine.windowsPath(join(wine.folder, name));
  const handler = `"${wine.node}" "${at('arguments.cjs')}" opened.json "%1"`;
  const escaped = handler.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  // Wine looks for URL schemes in HKLM alone.
  const keys = [
    'Windows Registry Editor Version 5.00',
    '[HKEY_LOCAL_MACHINE\\Software\\Classes\\odopen]\r\n"URL Protocol"=""',
    `[HKEY_LOCAL_MACHINE\\Software\\Classes\\odopen\\shell\\open\\command]\r\n@="${escaped}"\r\n`,
  ];
  await writeFile(join(wine.folder, 'odopen.reg'), keys.join('\r\n\r\n'));
  expect(await wine.run('reg', ['import', 'odopen.reg'])).toMatchObject({ code: 0 });
});
afterAll(() => wine[Symbol.asyncDispose]());

describe('processes', () => {
  const odd = ['', 'a b', '"', 'c:\\d e\\', '日本 \u{1F600}', '%PATH%', '& calc', '^'];
  let out: ReturnType<typeof JSON.parse>;
  beforeAll(async () => {
    const bundle = await wine.bundle('test/windows/inside/processes.ts');
    const { stdout, stderr } = await wine.runNode(bundle, [], { files, timeout: 100_000 });
    expect(stderr).toBe('');
    out = JSON.parse(stdout);
  });

  test('are found by image name in any letter case', () => {
    expect(out.self).toEqual([{ pid: out.pid, image: 'node.exe' }]);
  });

  test('give their exit code, and get their arguments as they are', () => {
    expect(out.codes).toEqual([0, 7, 3_221_225_477]);
    expect(out.ran.args).toEqual(odd);
  });

  test('are ended past the limit', () => {
    expect(out.slow).toBe('timed-out');
    expect(out.afterSlow).toEqual(out.self);
  });

  test('are ended with their children and grandchildren when cancelled', () => {
    expect(out.treeAlive).toBe(3);
    expect(out.cancelledKind).toBe('cancelled');
    expect(out.treeLeft).toEqual([]);
  });

  test('give what they wrote, as a console shows it', () => {
    expect(out.wrote).toEqual(['ü\r\n', 'x'.repeat(100), '']);
    expect(out.unwritten).toEqual({
      'too much': 'internal',
      'too late': 'timed-out',
      'held by another': 'timed-out',
      cancelled: 'cancelled',
      'cancelled before': 'cancelled',
      'not there': 'exe-failed',
      'no program': 'exe-failed',
    });
  });

  test('let go of what they wrote to, whoever still holds it', () => {
    expect(out.letGo).toBe(true);
  });

  test('that cannot be started say so', () => {
    expect(out.problems).toEqual({
      'already cancelled': 'cancelled',
      'run what is not there': 'exe-failed',
      'run a bare name': 'exe-failed',
      'run a script': 'exe-failed',
      'run what is no program': 'exe-failed',
      'launch what is not there': 'exe-failed',
      'launch what ends at once with an error': 'exe-failed',
      'launch a bare name': 'exe-failed',
      'open a file': 'not-supported',
      'open what no program is for': 'exe-failed',
    });
  });

  test('a URL goes to the program for its scheme', () => {
    expect(out.opened.args).toEqual(['odopen://sync?useremail=ann@contoso.com']);
  });

  test('what is launched gets its arguments, and its own folder to work in', () => {
    expect(out.launched.args).toEqual(odd);
    expect(out.launched.cwd).toBe(wine.windowsPath(join(wine.folder, 'folder with spaces')));
  });

  test('what is launched outlives the host', async () => {
    expect(out.staying).toEqual([{ pid: expect.any(Number), image: 'OneDrive.exe' }]);
    await writeFile(join(wine.folder, 'leave'), '');
    await expect.poll(() => existsSync(join(wine.folder, 'left.json')), { timeout: 10_000 }).toBe(true);
  });
});
