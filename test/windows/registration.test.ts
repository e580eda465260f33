/** The doctor and what it examines in a real registry, with programs that Windows code really starts. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOST_NAME } from '../../common/identity.ts';
import { windowsNode } from '../../installer/package/windows-parts.ts';
import { RegistrationSchema } from '../../native-host/cli/install.ts';
import { StatusSchema } from '../../native-host/cli/status.ts';
import { browsers } from '../../native-host/registration/browsers.ts';
import { documentOf } from '../harness/host/host-process.ts';
import { manifestText } from '../harness/host/registered.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';

let wine: Wine;
let host: string;
beforeAll(async () => {
  wine = await openWine();
  host = await wine.bundle('native-host/main.ts');
});
afterAll(() => wine[Symbol.asyncDispose]());

const CHROME = `Software\\Google\\Chrome\\NativeMessagingHosts\\${HOST_NAME}`;
const EDGE = `Software\\Microsoft\\Edge\\NativeMessagingHosts\\${HOST_NAME}`;

async function reg(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await wine.run('reg', args);
  if (code !== 0) throw new Error(`reg ${args.join(' ')}: ${stderr}`);
  return stdout;
}
const setDefault = (key: string, value: string) => reg('add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f');

async function run<T>(schema: v.GenericSchema<unknown, T>, ...args: string[]) {
  const { code, stdout, stderr } = await wine.runNode(host, [...args, '--json']);
  return { code, ...documentOf({ code, stdout, stderr }, schema) };
}
async function status(...args: string[]) {
  const { code, browsers: found } = await run(StatusSchema, 'status', ...args);
  return { code, of: Object.fromEntries(found.map((each) => [each.browser, each])) };
}
/** A manifest, and a program that it names as seen from there. Gives the manifest as Windows names it. */
async function madeFor(name: string, write: (exe: string) => Promise<void>): Promise<string> {
  const folder = join(wine.folder, `${name} ümläut 日本`);
  await mkdir(folder);
  await write(join(folder, 'host.exe'));
  await writeFile(join(folder, 'm.json'), manifestText('chromium', 'host.exe'));
  return wine.windowsPath(join(folder, 'm.json'));
}

test('install has every browser reach the host, and uninstall puts all back', async () => {
  const before = await reg('query', 'HKCU\\Software', '/s');
  expect(await run(RegistrationSchema, 'install')).toMatchObject({ code: 0 });
  for (const { vendor, family } of browsers) {
    const shown = await reg('query', `HKCU\\Software\\${vendor}\\NativeMessagingHosts\\${HOST_NAME}`, '/ve');
    expect(shown).toMatch(new RegExp(`REG_SZ\\s+C:\\\\.*\\\\registration\\\\${family}\\.json`));
  }
  const { code, of } = await status();
  expect(Object.values(of).map(({ cause, version }) => `${cause} ${version}`)).toEqual(
    browsers.map(() => 'ready 0.1.0'),
  );
  expect(code).toBe(0);
  expect(await run(RegistrationSchema, 'uninstall')).toMatchObject({ code: 0 });
  expect(await reg('query', 'HKCU\\Software', '/s')).toBe(before);
});

test('each way not to reach it is told, and what is the person’s own is mended', async () => {
  const dying = await madeFor('dying', async (exe) => copyFile(await windowsNode(), exe));
  const junk = await madeFor('junk', (exe) => writeFile(exe, 'no program'));
  await setDefault(`HKCU\\${CHROME}`, dying);
  expect(await status()).toMatchObject({
    code: 1,
    of: {
      chrome: { cause: 'exited', signature: 'signed', todo: 'fix' },
      vivaldi: { cause: 'not-here' },
    },
  });
  await setDefault(`HKCU\\${CHROME}`, junk);
  expect(await status()).toMatchObject({
    of: { chrome: { cause: 'no-program', signature: 'unsigned', detail: null } },
  });

  await reg('delete', `HKCU\\${CHROME}`, '/ve', '/f');
  await reg('add', `HKCU\\${CHROME}`, '/v', '(Default)', '/d', 'C:\\m.json', '/f');
  await reg('add', 'HKLM\\Software\\Clients\\StartMenuInternet\\Microsoft Edge', '/f');
  expect(await status('--fix')).toMatchObject({
    code: 0,
    of: { chrome: { cause: 'ready' }, edge: { cause: 'ready' } },
  });

  const policy = 'HKLM\\Software\\Policies\\Microsoft\\Edge';
  await reg('add', policy, '/v', 'NativeMessagingUserLevelHosts', '/t', 'REG_DWORD', '/d', '0', '/f');
  const ignored = { edge: { cause: 'user-hosts-off', todo: 'it-install' } };
  expect(await status('--fix')).toMatchObject({ code: 3, of: { chrome: { cause: 'ready' }, ...ignored } });
  // Edge looks at the PC's keys now, the 32-bit view first.
  await setDefault(`HKLM\\${EDGE}`, junk);
  await setDefault(`HKLM\\${EDGE.replace('Software', 'Software\\WOW6432Node')}`, dying);
  expect(await status('--fix')).toMatchObject({
    code: 3,
    of: { edge: { cause: 'exited', todo: 'it-mend', place: expect.stringContaining('WOW6432Node') } },
  });
  await reg('add', `${policy}\\NativeMessagingBlocklist`, '/v', '1', '/d', '*', '/f');
  expect(await status()).toMatchObject({ code: 3, of: { edge: { cause: 'blocked' } } });
});
