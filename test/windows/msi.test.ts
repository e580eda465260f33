/** The MSIs in Windows Installer as Wine has it: what they add, how they give way to each other, and what they leave. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, win32 } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID } from '../../common/identity.ts';
import { productOf } from '../../installer/package/product.ts';
import { codesOf } from '../../installer/package/wix.ts';
import { browsers } from '../../native-host/registration/browsers.ts';
import { judgeManifest } from '../../native-host/registration/judge-manifest.ts';
import { VERSION } from '../../native-host/version.ts';
import { FrameClient } from '../harness/host/frame-client.ts';
import { openPackaged, type Packaged } from '../harness/packaged.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import {
  changes,
  defaultValue,
  filesOf,
  hostKey,
  onDrive,
  registryOf,
} from '../harness/wine/wine-installed.ts';
import { filesBelow, placeOf, settings, valuesOf } from './msi-contents.ts';

const [OLD, NEW] = ['0.0.9', '0.1.0'];
const scopes = ['user', 'machine'] as const;

// Wine's user is this system's.
const STATE = `C:\\users\\${userInfo().username}\\AppData\\Local\\Signin Rescue`;

/** What Windows, and Wine, keep for themselves. */
const isWindowsOwn = (file: string) => /Microsoft\/Installer\b|AppData\/Local\/Programs$/.test(file);
const EVENT_LOG = 'System\\CurrentControlSet\\Services\\EventLog\\Application';
const inMenu = (file: string) => /Start Menu/.test(file);

/**
 * What Windows Installer ends with, of which Linux sees the last byte.
 * https://learn.microsoft.com/windows/win32/msi/error-codes
 */
const [SUCCESS, FAILURE, RESTART] = [0, 1603 & 0xff, 3010 & 0xff];

let packaged: Packaged;
let paths: Record<string, string>;
let wine: Wine;
beforeAll(async () => {
  packaged = await openPackaged();
  const made: [string, string][] = [];
  for (const scope of scopes) {
    for (const version of [OLD, NEW]) made.push([`${version} ${scope}`, await packaged.msi(version, scope)]);
  }
  paths = Object.fromEntries(made);
});
afterAll(() => packaged[Symbol.asyncDispose]());
beforeEach(async () => {
  wine = await openWine();
});
afterEach(() => wine[Symbol.asyncDispose]());

async function msiexec(how: string, what: string, ...properties: string[]): Promise<number | null> {
  const [version = '', scope] = what.split(' ');
  const { productCode } = codesOf(productOf(version), scope === 'user' ? 'user' : 'machine');
  const target = how === '/i' ? wine.windowsPath(paths[what] ?? '') : productCode;
  return (await wine.run('msiexec', [how, target, '/qn', ...properties])).code;
}

/** The executable that a browser is led to, from the registry on. */
async function programOf(
  hive: 'HKCU' | 'HKLM',
  { vendor, family }: (typeof browsers)[number],
): Promise<string> {
  const manifest = await defaultValue(wine, hostKey(hive, vendor));
  const judged = judgeManifest(await readFile(onDrive(wine, manifest), 'utf8'), family);
  if ('fault' in judged) throw new Error(`${vendor}: ${judged.fault}`);
  return win32.join(win32.dirname(manifest), judged.path);
}

/** Starts the host as a browser does; the conversation goes on until it is ended. */
async function talkTo(program: string, args: readonly string[] = [CHROMIUM_ORIGIN]) {
  const relay = await wine.startRelay([program], args);
  if (!relay.stdin || !relay.stdout) throw new Error('the relay has no pipes');
  const { stdin, stdout } = relay;
  const client = new FrameClient(stdin, stdout);
  return {
    hello: () => client.hello(),
    async end() {
      const ended = once(relay, 'exit');
      stdin.end();
      await ended;
    },
  };
}

describe.each(scopes)('for the %s', (scope) => {
  const { hive, folder, environment } = placeOf(scope, userInfo().username);
  const installed = (version: string) => win32.join('C:\\', folder, version, 'signin-rescue.exe');

  test('adds its files, keys and Start-menu entries and nothing else, and takes all of them away', async () => {
    // As on any Windows: a log with nothing but our source in it would go with that.
    await wine.run('reg', ['add', `HKLM\\${EVENT_LOG}\\Other`, '/v', 'TypesSupported', '/d', '7', '/f']);
    const before = { files: await filesOf(wine), registry: await registryOf(wine) };
    expect(await msiexec('/i', `${NEW} ${scope}`)).toBe(SUCCESS);
    const added = (await filesOf(wine)).filter((file) => !before.files.includes(file));
    const [menu, ours] = [added.filter(inMenu), added.filter((file) => !inMenu(file))];
    expect(ours.filter((file) => !isWindowsOwn(file))).toEqual(filesBelow(folder, NEW));
    expect(menu.map((file) => basename(file)).sort()).toEqual([
      'Check connection.lnk',
      'Fix sign-in.lnk',
      'Repairs and undo.lnk',
      'Signin Rescue',
    ]);
    const written = settings(changes(before.registry, await registryOf(wine)));
    expect(written).toEqual(valuesOf(scope, NEW, installed(NEW)));
    expect(await msiexec('/x', `${NEW} ${scope}`)).toBe(SUCCESS);
    expect((await filesOf(wine)).filter((file) => !isWindowsOwn(file))).toEqual(
      before.files.filter((file) => !isWindowsOwn(file)),
    );
    expect(changes(before.registry, await registryOf(wine))).toEqual({});
    const { stdout } = await wine.run('reg', ['query', environment]);
    expect(stdout).not.toContain('Signin Rescue');
  });

  test('leads every browser to a host that answers', async () => {
    expect(await msiexec('/i', `${NEW} ${scope}`)).toBe(SUCCESS);
    for (const browser of browsers) expect(await programOf(hive, browser)).toBe(installed(NEW));
    for (const args of [[CHROMIUM_ORIGIN], ['C:\\firefox.json', GECKO_EXTENSION_ID]]) {
      const host = await talkTo(installed(NEW), args);
      expect(await host.hello()).toMatchObject({ platform: 'win32', machine: 'windows' });
      await host.end();
    }
  });

  test('gives way to a newer version while a browser uses the old one, which goes on', async () => {
    expect(await msiexec('/i', `${OLD} ${scope}`)).toBe(SUCCESS);
    const host = await talkTo(installed(OLD));
    await host.hello();
    expect([SUCCESS, RESTART]).toContain(await msiexec('/i', `${NEW} ${scope}`));
    expect(await host.hello()).toMatchObject({ machine: 'windows' });
    for (const browser of browsers) expect(await programOf(hive, browser)).toBe(installed(NEW));
    const next = await talkTo(installed(NEW));
    expect(await next.hello()).toMatchObject({ machine: 'windows' });
    await Promise.all([host.end(), next.end()]);
    // A new command window knows the command, once.
    const { stdout: paths } = await wine.run('reg', ['query', environment, '/v', 'Path']);
    expect(paths.split('Signin Rescue').length - 1).toBe(1);
    const { stdout } = await wine.run('cmd', [
      '/c',
      win32.join('C:\\', folder, 'signin-rescue.cmd'),
      '--version',
    ]);
    expect(stdout.trim()).toBe(VERSION);
  });

  test('an older version over a newer one is refused, and changes nothing', async () => {
    expect(await msiexec('/i', `${NEW} ${scope}`)).toBe(SUCCESS);
    const before = { files: await filesOf(wine), registry: await registryOf(wine) };
    expect(await msiexec('/i', `${OLD} ${scope}`)).toBe(FAILURE);
    expect(await filesOf(wine)).toEqual(before.files);
    expect(changes(before.registry, await registryOf(wine))).toEqual({});
  });

  test('a repair brings back what is gone or broken', async () => {
    expect(await msiexec('/i', `${NEW} ${scope}`)).toBe(SUCCESS);
    const before = { files: await filesOf(wine), registry: await registryOf(wine) };
    const manifest = onDrive(wine, win32.join(win32.dirname(installed(NEW)), 'chromium.json'));
    const whole = await readFile(manifest);
    await writeFile(manifest, '{"half');
    await rm(onDrive(wine, installed(NEW)));
    for (const { vendor } of browsers) await wine.run('reg', ['delete', hostKey(hive, vendor), '/f']);
    expect(await msiexec('/i', `${NEW} ${scope}`, 'REINSTALL=ALL')).toBe(SUCCESS);
    expect(await readFile(manifest)).toEqual(whole);
    expect(await filesOf(wine)).toEqual(before.files);
    expect(changes(before.registry, await registryOf(wine))).toEqual({});
  });

  test('removed, it leaves the history, unless that is to go, too', async () => {
    const journal = onDrive(wine, `${STATE}\\runs`);
    for (const [properties, kept] of [
      [[], true],
      [['REMOVEBACKUPS=1'], false],
    ] as const) {
      expect(await msiexec('/i', `${NEW} ${scope}`)).toBe(SUCCESS);
      const { code } = await wine.run(installed(NEW), ['fix', '0x8004de40', '--only', 'flush-dns', '--yes']);
      expect(code).not.toBeNull();
      expect(existsSync(journal)).toBe(true);
      expect(await msiexec('/x', `${NEW} ${scope}`, ...properties)).toBe(SUCCESS);
      expect(existsSync(journal)).toBe(kept);
    }
  });
});

const PROFILE = 'C:\\users\\Jürgen 田中 & Söhne';

test('works for a person whose name has spaces, umlauts and Chinese characters', async () => {
  const local = `${PROFILE}\\AppData\\Local`;
  await mkdir(onDrive(wine, local), { recursive: true });
  const folders = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';
  await wine.run('reg', ['add', folders, '/v', 'Local AppData', '/d', local, '/f']);
  expect(await msiexec('/i', `${NEW} user`)).toBe(SUCCESS);
  const program = `${local}\\Programs\\Signin Rescue\\${NEW}\\signin-rescue.exe`;
  for (const browser of browsers) expect(await programOf('HKCU', browser)).toBe(program);
  const host = await talkTo(program);
  expect(await host.hello()).toMatchObject({ machine: 'windows' });
  await host.end();
  const start =
    "require('child_process').execFileSync(process.argv[1], ['status', '--json'], { encoding: 'utf8', env: { ...process.env, LOCALAPPDATA: process.argv[2] } })";
  const { stdout } = await wine.run(wine.node, ['-p', start, program, local]);
  expect(JSON.parse(stdout)).toMatchObject({ stateFolder: `${local}\\Signin Rescue` });
});

test('removed while a browser uses the host: that one goes on, and no browser finds it any more', async () => {
  expect(await msiexec('/i', `${NEW} user`)).toBe(SUCCESS);
  const host = await talkTo(await programOf('HKCU', browsers[0]));
  await host.hello();
  expect([SUCCESS, RESTART]).toContain(await msiexec('/x', `${NEW} user`));
  for (const { vendor } of browsers) expect(await defaultValue(wine, hostKey('HKCU', vendor))).toBe('');
  expect(await host.hello()).toMatchObject({ machine: 'windows' });
  await host.end();
});
