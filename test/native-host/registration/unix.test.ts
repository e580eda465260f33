import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeManifest } from '../../../native-host/registration/judge-manifest.ts';
import { MANIFEST_FILE } from '../../../native-host/registration/manifest.ts';
import type { Outcome } from '../../../native-host/registration/outcome.ts';
import { writeStarter } from '../../../native-host/registration/own-program.ts';
import { type Platform, registerBelow, unregisterBelow } from '../../../native-host/registration/unix.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';

const PROGRAM = '/opt/signin rescue/host';
const said = (outcomes: readonly Outcome[]) =>
  Object.fromEntries(outcomes.map(({ browser, is }) => [browser, is]));
const nobody = Object.fromEntries(
  ['chrome', 'edge', 'chromium', 'brave', 'vivaldi', 'firefox'].map((each) => [each, 'not-here']),
);

/** A home folder with these below it. */
function homeWith(...folders: string[]): string {
  const home = temporaryFolder();
  for (const each of folders) mkdirSync(join(home, each), { recursive: true });
  return home;
}
const files = (home: string) =>
  readdirSync(home, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length;

describe('registering', () => {
  it.each<[Platform, string[], string]>([
    ['linux', ['.config/google-chrome', '.mozilla'], '.config/google-chrome/NativeMessagingHosts'],
    [
      'darwin',
      ['Library/Application Support/Google/Chrome', 'Library/Application Support/Mozilla'],
      'Library/Application Support/Google/Chrome/NativeMessagingHosts',
    ],
  ])(
    'on %s is for the browsers that are there, each with a manifest that it takes',
    async (platform, folders, hosts) => {
      const home = homeWith(...folders);
      const outcomes = await registerBelow(home, platform, PROGRAM);
      expect(said(outcomes)).toEqual({ ...nobody, chrome: 'registered', firefox: 'registered' });
      const written = outcomes.filter(({ is }) => is === 'registered');
      expect(written[0]?.place).toBe(join(home, hosts, MANIFEST_FILE));
      for (const { browser, place } of written) {
        const family = browser === 'firefox' ? 'firefox' : 'chromium';
        expect(judgeManifest(readFileSync(place, 'utf8'), family)).toEqual({ path: PROGRAM });
      }
      expect(files(home)).toBe(2);
    },
  );

  it('again changes nothing, and taken back leaves nothing', async () => {
    const home = homeWith('.config/chromium');
    await registerBelow(home, 'linux', '/old');
    await registerBelow(home, 'linux', PROGRAM);
    expect(files(home)).toBe(1);
    expect(said(await unregisterBelow(home, 'linux'))).toEqual({ ...nobody, chromium: 'removed' });
    expect(files(home)).toBe(0);
    expect(said(await unregisterBelow(home, 'linux'))).toEqual(nobody);
  });

  it('says plainly of Flatpak and Snap that they cannot', async () => {
    const home = homeWith('.var/app/org.mozilla.firefox', 'snap/chromium');
    const outcomes = said(await registerBelow(home, 'linux', PROGRAM));
    expect(outcomes).toEqual({ ...nobody, chromium: 'packed', firefox: 'packed' });
    expect(files(home)).toBe(0);
  });

  it('leaves alone what is another’s, and mends what is half-written', async () => {
    const home = homeWith('.config/vivaldi', '.config/chromium');
    const fileOf = (browser: string) => join(home, '.config', browser, 'NativeMessagingHosts', MANIFEST_FILE);
    const other = JSON.stringify({
      name: 'org.example',
      path: '/x',
      allowed_origins: ['chrome-extension://a/'],
    });
    const texts = { vivaldi: other, chromium: '{"name": "com.signin_rescue.host", "pa' };
    for (const [browser, text] of Object.entries(texts)) {
      mkdirSync(dirname(fileOf(browser)));
      writeFileSync(fileOf(browser), text);
    }
    expect(said(await registerBelow(home, 'linux', PROGRAM))).toMatchObject({
      vivaldi: 'foreign',
      chromium: 'registered',
    });
    expect(judgeManifest(readFileSync(fileOf('chromium'), 'utf8'), 'chromium')).toEqual({ path: PROGRAM });
    await unregisterBelow(home, 'linux');
    expect(readFileSync(fileOf('vivaldi'), 'utf8')).toBe(other);
    expect(existsSync(fileOf('chromium'))).toBe(false);
  });

  it('only said, changes nothing', async () => {
    const home = homeWith('.config/chromium');
    expect(said(await registerBelow(home, 'linux', PROGRAM, { dryRun: true }))).toMatchObject({
      chromium: 'registered',
    });
    expect(files(home)).toBe(0);
  });

  it('goes on with the others where one cannot be written', async () => {
    const home = homeWith('.config/vivaldi', '.config/chromium');
    // Where a folder should be.
    writeFileSync(join(home, '.config/vivaldi/NativeMessagingHosts'), '');
    expect(said(await registerBelow(home, 'linux', PROGRAM))).toMatchObject({
      vivaldi: 'refused',
      chromium: 'registered',
    });
  });

  it('writes a starter that only needs to be run', async () => {
    const home = homeWith();
    const path = join(home, 'state', 'host');
    await writeStarter(path, ['/usr/bin/node', "/it's/main.js", '--machine', 'simulated']);
    expect(readFileSync(path, 'utf8')).toBe(
      `#!/bin/sh\nexec '/usr/bin/node' '/it'\\''s/main.js' '--machine' 'simulated' "$@"\n`,
    );
    expect(statSync(path).mode & 0o111).toBe(0o111);
  });
});
