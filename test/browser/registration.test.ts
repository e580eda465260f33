/** Each cause produced on purpose: what a real browser says to it, and what the doctor says of the same files. */
import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID, HOST_NAME } from '../../common/identity.ts';
import { browserPolicy } from '../../native-host/registration/browser-policy.ts';
import { type BrowserFamily, type BrowserRow, browsers } from '../../native-host/registration/browsers.ts';
import type { CauseId } from '../../native-host/registration/causes.ts';
import { type Diagnosis, diagnose } from '../../native-host/registration/diagnose.ts';
import { examine } from '../../native-host/registration/examine.ts';
import { ping } from '../../native-host/registration/ping.ts';
import { NO_POLICY, type Standing } from '../../native-host/registration/places.ts';
import { registryPlaces } from '../../native-host/registration/registry-places.ts';
import { startBrowser, type TestBrowser } from '../harness/browser/browsers.ts';
import { chromiumWithPolicies, hostSeenBy, manifestIn } from '../harness/browser/native-port.ts';
import { openOurWindow } from '../harness/browser/our-window.ts';
import { root } from '../harness/build.ts';
import { faultHost } from '../harness/host/fault-hosts.ts';
import { leads, manifestText, number, program, text, written } from '../harness/host/registered.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { type PcInput, testPc } from '../harness/test-pc.ts';

/** Milliseconds: long for what answers, short where silence is expected. */
const PATIENT = 20_000;
const BRIEF = 1_500;
/** The host from its sources: the doctor is from there, too. */
const MAIN = join(root, 'native-host', 'main.ts');

const rowOf = (family: BrowserFamily): BrowserRow => {
  const found = browsers.find((each) => each.family === family && each.id !== 'chrome' && each.id !== 'edge');
  if (!found) throw new Error(family);
  return found;
};

async function doctor(standing: Standing, limit: number): Promise<Diagnosis> {
  const means = {
    ping: (path: string, family: BrowserFamily, manifest: string) => ping(path, family, manifest, limit),
    signature: async () => 'unknown' as const,
  };
  return diagnose(await examine(standing, means), '/nowhere');
}

/** One browser for all rows: it reads the files anew each time. */
async function openBrowser(family: BrowserFamily): Promise<{ browser: TestBrowser; page: Page }> {
  const browser = await startBrowser(family, { standIn: 9, host: undefined });
  await browser.browser.newPage();
  return { browser, page: await openOurWindow(browser) };
}

type Make = (family: BrowserFamily, folder: string) => string | undefined;
/** A manifest with something changed in it; its program is old, and so answers. */
const manifest =
  (change: object | ((folder: string) => object)): Make =>
  (family, folder) => {
    const host = program(folder, faultHost('old'));
    return manifestText(family, host, typeof change === 'function' ? change(folder) : change);
  };
const host =
  (command: readonly string[]): Make =>
  (family, folder) =>
    manifestText(family, program(folder, command));
const file =
  (content: string, mode: number): Make =>
  (family, folder) =>
    manifestText(family, written(join(folder, 'host'), content, mode));
const frame = (bytes: string) => [
  ...[
    process.execPath,
    '-e',
    `process.stdout.write(Buffer.from('${bytes}', 'hex')); process.stdin.resume()`,
    '--',
  ],
];

/** In both browsers: the doctor's cause, and that what it says is shown is what the browser has the extension show. */
const both: [string, CauseId, Make][] = [
  ['nothing is there', 'not-registered', () => undefined],
  ['the file is empty', 'not-json', () => ''],
  ['a list', 'not-json', () => '[]'],
  ['a comma too many', 'not-json', (...made) => `${manifest({})(...made)?.slice(0, -1)},}`],
  ['another name', 'wrong-name', manifest({ name: 'com.signin_rescue.other' })],
  ['no description', 'no-description', manifest({ description: undefined })],
  ['another type', 'wrong-type', manifest({ type: 'socket' })],
  ['no path', 'no-path', manifest({ path: '' })],
  ['a path that is no text', 'no-path', manifest({ path: 7 })],
  ['a path as seen from the manifest', 'relative-path', manifest({ path: 'host' })],
  ['no callers', 'bad-caller', manifest({ allowed_origins: undefined, allowed_extensions: undefined })],
  ['a missing program', 'program-missing', manifest((folder) => ({ path: join(folder, 'none') }))],
  ['a folder for a program', 'no-program', manifest((folder) => ({ path: folder }))],
  ['a program that may not be run', 'no-program', file('#!/bin/sh\n', 0o644)],
  ['a program for which another is missing', 'not-started', file('#!/no/such\n', 0o755)],
  ['a program that ends', 'exited', host(faultHost('dies'))],
  ['a program that prints text', 'no-frame', host(faultHost('garbled'))],
  ['an older protocol', 'older-protocol', host(faultHost('old'))],
  ['a newer protocol', 'newer-protocol', host(faultHost('newer'))],
  ['a byte order mark, which is let pass', 'older-protocol', (...made) => `\ufeff${manifest({})(...made)}`],
];

const inChromium: typeof both = [
  ['an empty description', 'no-description', manifest({ description: '' })],
  ['no caller', 'not-for-us', manifest({ allowed_origins: [] })],
  ['another caller', 'not-for-us', manifest({ allowed_origins: [`chrome-extension://${'a'.repeat(32)}/`] })],
  ...[
    'moz-extension://a/',
    'extension://a/',
    'chrome-extension://a@b/',
    CHROMIUM_ORIGIN.slice(0, -1),
    'chrome-extension://*/',
  ].map((origin): (typeof both)[number] => [
    `one caller that is none: ${origin}`,
    'bad-caller',
    manifest({ allowed_origins: [CHROMIUM_ORIGIN, origin] }),
  ]),
  [
    'keys and callers that it does not know',
    'older-protocol',
    manifest({
      ...{ unknown: 1, allowed_extensions: [GECKO_EXTENSION_ID] },
      allowed_origins: ['chrome-extension://__ID__/', `${CHROMIUM_ORIGIN}*`, CHROMIUM_ORIGIN],
    }),
  ],
];

const inFirefox: typeof both = [
  ['an empty description, which is let pass', 'older-protocol', manifest({ description: '' })],
  ['another caller', 'not-for-us', manifest({ allowed_extensions: ['other@example'] })],
  ['one caller that is none', 'bad-caller', manifest({ allowed_extensions: [GECKO_EXTENSION_ID, 'no id'] })],
  ['callers for Chromium besides', 'unknown-key', manifest({ allowed_origins: [CHROMIUM_ORIGIN] })],
];

/**
 * A program that is gone at once: Chromium finds its end first, or that the first message cannot be written, which it
 * calls an error when communicating.
 */
const gone: ReadonlySet<CauseId> = new Set(['no-program', 'not-started', 'exited']);
const shownFor = ({ cause, shown }: Diagnosis, family: BrowserFamily) =>
  family === 'chromium' && gone.has(cause) ? [shown, 'garbled'] : [shown];

describe.each([
  ['chromium', inChromium],
  ['firefox', inFirefox],
] as const)('what %s says, and the doctor', (family, own) => {
  let opened: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    opened = await openBrowser(family);
  });
  afterAll(() => opened.browser.close());

  async function judge(make: Make, limit = PATIENT) {
    const where = manifestIn(family, opened.browser.folder);
    const content = make(family, temporaryFolder());
    if (content === undefined) rmSync(where, { force: true });
    else written(where, content);
    const holds = content === undefined ? { is: 'nothing' } : { is: 'manifest', file: where };
    const place = { where, level: 'user', own: true, holds } as Standing['places'][number];
    const standing = { browser: rowOf(family), here: 'yes', policy: NO_POLICY, places: [place] } as const;
    return { said: await hostSeenBy(opened.page, limit), told: await doctor(standing, limit) };
  }

  it('agree on the real host', async () => {
    const { file: pc } = await testPc();
    const { said, told } = await judge(host([process.execPath, MAIN, '--machine', `simulated:${pc}`]));
    expect([said.shown, told.cause]).toEqual(['ready', 'ready']);
  });

  it.each([...both, ...own])('agree on %s: %s', async (_, cause, make) => {
    const { said, told } = await judge(make);
    expect(told.cause).toBe(cause);
    expect(shownFor(told, family)).toContain(said.shown);
  });

  it('agree on one that is silent', async () => {
    const { said, told } = await judge(host(faultHost('silent')), BRIEF);
    expect([said.shown, told.cause]).toEqual(['silent', 'silent']);
  });

  it.each([
    ['no JSON', frame('030000007b6e6f')],
    ['empty', frame('00000000')],
  ])('a message that is %s is one to the doctor alone where the browser keeps silent', async (_, command) => {
    const { said, told } = await judge(host(command), BRIEF);
    expect(told.cause).toBe('no-frame');
    expect(said.shown).toBe(family === 'chromium' ? 'silent' : 'died');
  });
});

describe('what Chromium says under policy, and the doctor', () => {
  const POLICIES = 'Software\\Policies\\Chromium';
  type Keys = NonNullable<PcInput['registry']>['HKLM'];
  it.each<[string, CauseId, object, Keys]>([
    [
      'a blocked host',
      'blocked',
      { NativeMessagingBlocklist: ['*'] },
      { [`${POLICIES}\\NativeMessagingBlocklist`]: { 1: text('*') } },
    ],
    [
      'a host that is let pass',
      'older-protocol',
      { NativeMessagingBlocklist: ['*'], NativeMessagingAllowlist: [HOST_NAME] },
      {
        [`${POLICIES}\\NativeMessagingBlocklist`]: { 1: text('*') },
        [`${POLICIES}\\NativeMessagingAllowlist`]: { 1: text(HOST_NAME) },
      },
    ],
    [
      'a person’s hosts that do not count',
      'user-hosts-off',
      { NativeMessagingUserLevelHosts: false },
      { [POLICIES]: { NativeMessagingUserLevelHosts: number(0) } },
    ],
  ])('agree on %s', async (_, cause, policies, HKLM) => {
    const folder = temporaryFolder();
    const bin = await chromiumWithPolicies(folder, policies);
    vi.stubEnv('PATH', [bin, process.env.PATH].join(delimiter));
    const { browser, page } = await openBrowser('chromium').finally(() => vi.unstubAllEnvs());
    try {
      const where = written(manifestIn('chromium', browser.folder), manifest({})('chromium', folder) ?? '');
      const said = await hostSeenBy(page, PATIENT);
      const { machine } = await testPc({ registry: { HKCU: leads('Chromium', where), HKLM } });
      const row = rowOf('chromium');
      const told = await doctor(
        {
          ...{ browser: row, here: 'yes', policy: await browserPolicy(machine.registry, row) },
          places: await registryPlaces(machine.registry, row),
        },
        PATIENT,
      );
      expect(told).toMatchObject({ cause, shown: said.shown });
    } finally {
      await browser.close();
    }
  });
});
