import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judgeManifest } from '../../../native-host/registration/judge-manifest.ts';
import {
  ownFolder,
  placeManifests,
  registeredProgram,
  removeBeside,
} from '../../../native-host/registration/own-program.ts';
import { written } from '../../harness/host/registered.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';

const pathIn = (file: string, family: 'chromium' | 'firefox') =>
  judgeManifest(readFileSync(file, 'utf8'), family);

it('a program that browsers can start has its manifests beside it, and right ones stay as they are', async () => {
  const [folder, state] = [temporaryFolder(), temporaryFolder()];
  const exe = written(join(folder, 'signin-rescue.exe'), 'MZ');
  const manifests = await placeManifests([exe], state, false);
  expect(manifests).toEqual({
    chromium: join(folder, 'chromium.json'),
    firefox: join(folder, 'firefox.json'),
  });
  for (const family of ['chromium', 'firefox'] as const) {
    expect(pathIn(manifests[family], family)).toEqual({ path: exe });
    expect(readFileSync(manifests[family])[0]).toBe('{'.charCodeAt(0));
  }
  const before = statSync(manifests.chromium).ino;
  written(manifests.firefox, '{');
  await placeManifests([exe], state, false);
  expect(statSync(manifests.chromium).ino).toBe(before);
  expect(pathIn(manifests.firefox, 'firefox')).toEqual({ path: exe });
  expect(existsSync(ownFolder(state))).toBe(false);
});

it('where its folder cannot be written, they lie below the state folder', async () => {
  const state = temporaryFolder();
  // Nobody may write there, root included.
  const manifests = await placeManifests(['/sys/signin-rescue.exe'], state, false);
  expect(manifests.chromium).toBe(join(ownFolder(state), 'chromium.json'));
  expect(pathIn(manifests.chromium, 'chromium')).toEqual({ path: '/sys/signin-rescue.exe' });
});

it('a command with arguments is put into a starter', async () => {
  const state = temporaryFolder();
  const command = ['/usr/bin/node', '/main.js'] as const;
  const manifests = await placeManifests(command, state, false);
  const starter = registeredProgram(command, state);
  expect(pathIn(manifests.firefox, 'firefox')).toEqual({ path: starter });
  expect(readFileSync(starter, 'utf8')).toContain("'/usr/bin/node' '/main.js'");
});

it('only said, nothing is written', async () => {
  const [folder, state] = [temporaryFolder(), temporaryFolder()];
  expect(await placeManifests([join(folder, 'x.exe')], state, true)).toHaveProperty(
    'chromium',
    join(folder, 'chromium.json'),
  );
  expect([existsSync(join(folder, 'chromium.json')), existsSync(ownFolder(state))]).toEqual([false, false]);
});

it('manifests beside the program are taken back, unless it was installed there', async () => {
  const [folder, state] = [temporaryFolder(), temporaryFolder()];
  const exe = join(folder, '0.1.0', 'signin-rescue.exe');
  written(exe, 'MZ');
  const { chromium } = await placeManifests([exe], state, false);
  await removeBeside([exe], [folder]);
  expect(existsSync(chromium)).toBe(true);
  await removeBeside([exe], [`${folder}x`]);
  expect(existsSync(chromium)).toBe(false);
});
