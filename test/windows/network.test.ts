import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWine, type Wine } from '../harness/wine/wine.ts';

const SETTINGS = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const SCHANNEL =
  'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client';
const CIPHERS = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const NET = 'Microsoft\\.NETFramework\\v4.0.30319';
const keys: [key: string, name: string, type: string, value: string][] = [
  [`HKCU\\Software\\${SETTINGS}`, 'SecureProtocols', 'REG_DWORD', '0x280'],
  [`HKLM\\SOFTWARE\\${SETTINGS}\\WinHttp`, 'DefaultSecureProtocols', 'REG_DWORD', '0xa80'],
  [`HKLM\\SOFTWARE\\WOW6432Node\\${SETTINGS}\\WinHttp`, 'DefaultSecureProtocols', 'REG_DWORD', '0x80'],
  [`HKLM\\${SCHANNEL}`, 'DisabledByDefault', 'REG_DWORD', '1'],
  [`HKLM\\${CIPHERS}`, 'Functions', 'REG_SZ', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  [`HKLM\\SOFTWARE\\WOW6432Node\\${NET}`, 'SchUseStrongCrypto', 'REG_DWORD', '0'],
];

let wine: Wine;
let out: ReturnType<typeof JSON.parse>;
let after: ReturnType<typeof JSON.parse>;
beforeAll(async () => {
  wine = await openWine();
  const folder = join(wine.folder, 'texts');
  const files: Record<string, string | Buffer> = {
    'utf8.txt': 'hösts\r\n日',
    'marked.txt': '\ufeffhösts',
    'utf16.txt': Buffer.from('\ufeffhösts 日', 'utf16le'),
    'broken.txt': Buffer.from('h\xf6sts', 'latin1'),
    'empty.txt': '',
  };
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const script = await wine.bundle('test/windows/inside/network.ts');
  const run = async () => {
    const { code, stdout, stderr } = await wine.runNode(script, [wine.windowsPath(folder)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  out = await run();
  for (const [key, name, type, value] of keys)
    await wine.run('reg', ['add', key, '/v', name, '/t', type, '/d', value, '/f']);
  after = await run();
});
afterAll(() => wine[Symbol.asyncDispose]());

test('knows the servers that names are looked up with', async () => {
  const known = await readFile('/etc/resolv.conf', 'utf8');
  const servers = [...known.matchAll(/^nameserver\s+(\S+)/gm)].map(([, server]) => server);
  expect(out.nameServers).toEqual(servers);
});

test('knows its own addresses', () => {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const others = all.filter(({ address, internal }) => !internal && !/^(fe80|169\.254)/.test(address));
  expect([...out.addresses].sort()).toEqual(others.map(({ address }) => address).sort());
});

test('asks by Windows’ own stack', () => {
  expect(out.nobody).toEqual({ end: 'name-not-found', error: 12_007 });
});

test('reads small texts, as Windows’ programs write them', () => {
  expect(out.texts).toEqual({
    utf8: 'hösts\r\n日',
    marked: 'hösts',
    utf16: 'hösts 日',
    broken: 'h\ufffdsts',
    empty: '',
    whole: 'hösts\r\n日',
    'too large': null,
    folder: null,
    missing: null,
    'below a file': null,
  });
});

test('reads the TLS settings of this PC', () => {
  expect(out.tls).toMatchObject([{ level: 'ok', meaning: 'fine' }]);
  expect(after.tls).toMatchObject([
    { level: 'fault', meaning: 'tls12-off', evidence: { SecureProtocols: '0x280' } },
    {
      level: 'warning',
      meaning: 'tls12-off-winhttp',
      evidence: { DefaultSecureProtocols: '0xa80', DefaultSecureProtocols32: '0x80' },
    },
    { level: 'fault', meaning: 'tls12-off-schannel', evidence: { SchannelDisabledByDefault: '0x1' } },
    { level: 'fault', meaning: 'ciphers-missing', evidence: { Functions: 'TLS_RSA_WITH_AES_128_CBC_SHA' } },
    { level: 'warning', meaning: 'dotnet-old', subject: 'SchUseStrongCrypto' },
  ]);
});
