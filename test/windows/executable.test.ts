/** The one executable that ships, from outside: no script of the project beside it, and Windows' own stores below it. */

import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VERSION } from '../../native-host/version.ts';
import { openPackaged, type Packaged } from '../harness/packaged.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import type { RawCredential } from './inside/raw-credentials.ts';

const INTERNET = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

let packaged: Packaged;
let wine: Wine;
let path: string;
beforeAll(async () => {
  packaged = await openPackaged();
  wine = await openWine();
  path = await packaged.executable();
});
afterAll(async () => {
  await wine[Symbol.asyncDispose]();
  await packaged[Symbol.asyncDispose]();
});

async function rescue(...args: string[]) {
  const env = { SIGNIN_RESCUE_STATE: wine.windowsPath(join(wine.folder, 'state')) };
  const { code, stdout, stderr } = await wine.run(wine.windowsPath(path), [...args, '--json'], { env });
  return { code, stderr, document: JSON.parse(stdout) };
}

test('has our name, version and icons, and not those of Node', async () => {
  const resources = NtExecutableResource.from(NtExecutable.from(await readFile(path)));
  const [info] = Resource.VersionInfo.fromEntries(resources.entries);
  const [language] = info?.getAllLanguagesForStringValues() ?? [];
  expect(language && info?.getStringValues(language)).toMatchObject({
    ProductName: 'Signin Rescue',
    FileDescription: 'Signin Rescue',
    FileVersion: VERSION,
    OriginalFilename: 'signin-rescue.exe',
  });
  const [group] = Resource.IconGroupEntry.fromEntries(resources.entries);
  expect(group?.icons.map(({ width }) => width)).toEqual([16, 32, 48, 128]);
});

test('explains a code, and knows its version', async () => {
  expect(await rescue('explain', '0x8004de40')).toMatchObject({ code: 0, stderr: '' });
  expect(await rescue('--version')).toMatchObject({ code: 0, document: { version: VERSION } });
  expect((await rescue('no-such-command')).code).toBe(2);
});

test('repairs, and undoes it, by Windows’ own calls', async () => {
  const store = await wine.bundle('test/windows/inside/store.ts');
  const entries: RawCredential[] = [
    { target: 'MicrosoftOffice16_Data:ADAL:5c3f7a9e', user: 'ada', blob: 'c2VjcmV0' },
    { target: 'git:https://github.example', user: 'ada', blob: 'b3RoZXI=' },
  ];
  const raw = async (what: 'write' | 'read'): Promise<unknown[]> => {
    const files = { 'entries.json': JSON.stringify(entries) };
    return JSON.parse((await wine.runNode(store, [what], { files })).stdout);
  };
  const before = await raw('write');
  const { code, document: run } = await rescue('fix', 'AADSTS50173', '--yes', '--only', 'purge-credentials');
  expect({ code, status: run.status }).toEqual({ code: 3, status: 'unverified' });
  expect(await raw('read')).toEqual([null, before[1]]);
  expect((await rescue('undo', run.id, '--yes')).code).toBe(0);
  // Windows itself notes when an entry was written.
  const [undone] = await raw('read');
  expect(undone).toMatchObject({ target: entries[0]?.target, blob: entries[0]?.blob });
});

test('asks a proxy script, which runs on a thread of its own', async () => {
  const server = createServer((_, response) =>
    response.end('function FindProxyForURL(url, host) { return "PROXY 127.0.0.1:1"; }'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await wine.run('reg', [
      'add',
      INTERNET,
      '/v',
      'AutoConfigURL',
      '/d',
      `http://127.0.0.1:${port}/p.pac`,
      '/f',
    ]);
    const { code, document } = await rescue('check', '--only', 'proxy');
    expect(code).toBe(1);
    expect(document.findings).toContainEqual(
      expect.objectContaining({ meaning: 'unreachable', subject: '127.0.0.1:1' }),
    );
  } finally {
    server.close();
  }
});

test('loads no library that somebody puts above its folder, as anybody may at the root of a drive', async () => {
  const home = join(wine.folder, 'Program Files', 'Signin Rescue', VERSION);
  await cp(dirname(path), home, { recursive: true });
  const planted = join(wine.folder, '@koromix', 'koffi-win32-x64');
  const mark = join(wine.folder, 'planted-was-loaded');
  await mkdir(planted, { recursive: true });
  await writeFile(join(planted, 'package.json'), '{ "type": "commonjs" }');
  await writeFile(join(planted, 'index.js'), `require('node:fs').writeFileSync('planted-was-loaded', '');`);
  const { code, stdout } = await wine.run(wine.windowsPath(join(home, 'signin-rescue.exe')), [
    ...['plan', 'AADSTS50173', '--json'],
  ]);
  // With its own library it looked at the PC.
  expect({ code, findings: JSON.parse(stdout).findings.length > 0 }).toEqual({ code: 0, findings: true });
  expect(existsSync(mark)).toBe(false);
});
