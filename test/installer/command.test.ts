/** `npm run package` with bad input: one line that says what is wrong, and what was made before is still there. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'packaged-'));
  await writeFile(join(out, 'SHA256SUMS'), 'earlier');
});
afterAll(() => rm(out, { recursive: true }));

const run = (args: readonly string[], env = {}) =>
  execa(process.execPath, ['installer/package/main.ts', '--out', out, ...args], { reject: false, env });

test.each<[string, string[], RegExp]>([
  ['an option that there is not', ['--sign'], /Unknown option '--sign'/],
  ['a certificate that is not there', ['--certificate', '/nowhere.p12'], /nowhere\.p12 cannot be read/],
  ['a certificate without its password', ['--certificate', 'package.json'], /SIGNING_PASSWORD/],
  ['an address without https', ['--url', 'http://example.org'], /https address/],
])('%s', async (_, args, words) => {
  const { exitCode, stderr } = await run(args, { SIGNING_PASSWORD: undefined });
  expect({ exitCode, lines: stderr.split('\n').length }).toEqual({ exitCode: 2, lines: 1 });
  expect(stderr).toMatch(words);
  expect(await readdir(out)).toEqual(['SHA256SUMS']);
});

test('without the programs that it needs', async () => {
  const { exitCode, stderr } = await run([], { PATH: '/nowhere', SOURCE_DATE_EPOCH: '0' });
  expect({ exitCode, lines: stderr.split('\n').length }).toEqual({ exitCode: 1, lines: 1 });
  expect(stderr).toMatch(/is not there\. Debian: apt-get install/);
  expect(await readFile(join(out, 'SHA256SUMS'), 'utf8')).toBe('earlier');
});
