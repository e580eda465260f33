import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** A host that answers any first message, and loads one file on the way. */
const host = `import './used.js';
process.stdin.once('data', () => process.stdout.write('{}'));
`;

const small = {
  'chromium/manifest.json': '{}',
  'chromium/service-worker-loader.js': `import './assets/background.js';`,
  'chromium/assets/background.js': '',
  'chromium/extension/watch/index.iife.js': '',
  'chromium/extension/banner/index.iife.js': '',
  'chromium/extension/popup/index.html': '<script type="module" src="/assets/popup.js"></script>',
  'chromium/assets/popup.js': `import{a}from"./shared.js";import("./later.js")`,
  'chromium/assets/shared.js': 'export const a = 1;',
  'chromium/assets/later.js': '',
  'host/signin-rescue.js': host,
  'host/package.json': '{ "type": "module" }',
  'host/used.js': '',
  'host/unused.js': '',
};

/** A script of so many KiB that nothing makes smaller. */
const script = (kib: number) => `// ${randomBytes(kib * 768).toString('base64')}`;

/** What the check says of a made-up build, which is a small one but for these files. */
async function check(files: Partial<Record<keyof typeof small, string>>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries({ ...small, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const sizes = join(import.meta.dirname, 'sizes.ts');
  const { exitCode, stderr } = await execa('node', [sizes, '--built', folder], {
    preferLocal: true,
    reject: false,
  });
  return { exitCode, over: /^Over budget: (.*?)\. Load/m.exec(stderr)?.[1] ?? stderr };
}

it('A build within its budgets passes', async () => {
  expect(await check({})).toEqual({ exitCode: 0, over: '' });
});

it.each([
  ['watcher', 'chromium/extension/watch/index.iife.js', 9],
  ['banner', 'chromium/extension/banner/index.iife.js', 32],
  ['popup, first script', 'chromium/assets/shared.js', 42],
  ['background', 'chromium/assets/background.js', 54],
  ['host, until the first reply', 'host/used.js', 120],
] as const)('A build with too large a %s fails, and names it', async (part, file, kib) => {
  expect(await check({ [file]: script(kib) })).toEqual({ exitCode: 1, over: part });
});

it('What is loaded only when it is asked for counts for the whole alone', async () => {
  expect(await check({ 'chromium/assets/later.js': script(120), 'host/unused.js': script(120) })).toEqual({
    exitCode: 0,
    over: '',
  });
  expect(await check({ 'chromium/assets/later.js': script(500), 'host/unused.js': script(1200) })).toEqual({
    exitCode: 1,
    over: 'extension, zip; host, all scripts',
  });
});
