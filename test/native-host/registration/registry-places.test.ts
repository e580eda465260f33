import { describe, expect, it } from 'vitest';
import { HOST_NAME } from '../../../common/identity.ts';
import { browserPolicy } from '../../../native-host/registration/browser-policy.ts';
import { browsers } from '../../../native-host/registration/browsers.ts';
import { leading, type Standing } from '../../../native-host/registration/places.ts';
import { listedBrowsers, registryPlaces } from '../../../native-host/registration/registry-places.ts';
import { hostsKey, leads, number, text } from '../../harness/host/registered.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

type Keys = NonNullable<PcInput['registry']>;
const rowOf = (id: string) => {
  const found = browsers.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};
const registryWith = async (registry: Keys) => (await testPc({ registry })).machine.registry;

/** Where a browser finds its manifest, by the names that are given to the files. */
async function winner(id: string, registry: Keys): Promise<string | undefined> {
  const browser = rowOf(id);
  const on = await registryWith(registry);
  const policy = await browserPolicy(on, browser);
  const standing: Standing = { browser, here: 'yes', policy, places: await registryPlaces(on, browser) };
  return leading(standing)?.holds.file;
}

const WOW = 'Software\\WOW6432Node';
const all = {
  HKCU: { ...leads('Microsoft\\Edge', 'user edge'), ...leads('Google\\Chrome', 'user chrome') },
  HKLM: {
    ...leads('Microsoft\\Edge', 'pc edge 64'),
    ...leads('Chromium', 'pc chromium 32', WOW),
    ...leads('Google\\Chrome', 'pc chrome 64'),
    ...leads('Mozilla', 'pc firefox 64'),
    ...leads('Mozilla', 'pc firefox 32', WOW),
  },
};

describe('the manifest that a browser reads', () => {
  it.each([
    ['the person’s comes first', 'edge', all, 'user edge'],
    [
      'Edge reads Chrome’s, the person’s before the PC’s',
      'edge',
      { ...all, HKCU: leads('Google\\Chrome', 'c') },
      'c',
    ],
    [
      'the 32-bit view comes before the 64-bit one, whoever’s it is',
      'edge',
      { HKLM: all.HKLM },
      'pc chromium 32',
    ],
    ['Chrome reads its own alone', 'chrome', { HKLM: all.HKLM }, 'pc chrome 64'],
    ['so does Firefox', 'firefox', all, 'pc firefox 32'],
    ['an empty value leads nowhere', 'chrome', { HKCU: leads('Google\\Chrome', '') }, undefined],
  ])('%s', async (_, browser, registry, file) => {
    expect(await winner(browser, registry)).toBe(file);
  });

  it.each(['Google\\Chrome', 'Microsoft\\Edge'])(
    'is the PC’s where policy ignores the person’s: %s',
    async (name) => {
      const id = name === 'Google\\Chrome' ? 'chrome' : 'edge';
      const policy = { [`Software\\Policies\\${name}`]: { NativeMessagingUserLevelHosts: number(0) } };
      const HKLM = { ...leads(name, 'pc'), ...policy };
      expect(await winner(id, { HKCU: leads(name, 'user'), HKLM })).toBe('pc');
      expect(await winner(id, { HKCU: leads(name, 'user'), HKLM: policy })).toBe(undefined);
    },
  );
});

describe('a key without a path', () => {
  const KEY = hostsKey('Google\\Chrome');
  it.each([
    ['no-value', { HKCU: { [KEY]: {} } }],
    ['no-value', { HKCU: { [KEY]: { '': number(1) } } }],
    ['named-value', { HKCU: { [KEY]: { anything: text('C:\\m.json') } } }],
    ['named-value', { HKLM: { [KEY]: { '(Default)': text('C:\\m.json') } } }],
    ['no-value', { HKLM: { [KEY]: {} } }],
    ['nothing', { HKCU: { 'Software\\Google\\Chrome\\NativeMessagingHosts\\org.example': {} } }],
  ])('is %s: %j', async (is, registry) => {
    const places = await registryPlaces(await registryWith(registry), rowOf('chrome'));
    expect(places.find(({ holds }) => holds.is !== 'nothing')?.holds.is ?? 'nothing').toBe(is);
  });

  it('is the same as none where it may not be read', async () => {
    const faults = [{ operation: 'registry.read', problem: 'access-denied' }] as const;
    const { machine } = await testPc({ faults: [...faults], registry: all });
    const places = await registryPlaces(machine.registry, rowOf('chrome'));
    expect(places.map(({ holds }) => holds.is)).toEqual(['nothing', 'nothing', 'nothing']);
  });
});

describe('the organisation', () => {
  const LIST = 'Software\\Policies\\Microsoft\\Edge\\NativeMessagingBlocklist';
  const ALLOW = 'Software\\Policies\\Microsoft\\Edge\\NativeMessagingAllowlist';
  it.each([
    ['blocks all', true, { HKLM: { [LIST]: { 1: text('*') } } }],
    ['blocks us, further down', true, { HKLM: { [LIST]: { 1: text('a'), 7: text(HOST_NAME) } } }],
    ['blocks others', false, { HKLM: { [LIST]: { 1: text('org.example') } } }],
    ['blocks all but us', false, { HKLM: { [LIST]: { 1: text('*') }, [ALLOW]: { 1: text(HOST_NAME) } } }],
    [
      'blocks all but others',
      true,
      { HKLM: { [LIST]: { 1: text('*') }, [ALLOW]: { 1: text('org.example') } } },
    ],
    [
      'blocks in one value',
      true,
      { HKLM: { 'Software\\Policies\\Microsoft\\Edge': { NativeMessagingBlocklist: text('["*"]') } } },
    ],
    [
      'says nothing that can be read',
      false,
      { HKLM: { 'Software\\Policies\\Microsoft\\Edge': { NativeMessagingBlocklist: text('[') } } },
    ],
    [
      'says the PC’s word before the person’s',
      false,
      { HKLM: { [LIST]: { 1: text('a') } }, HKCU: { [LIST]: { 1: text('*') } } },
    ],
  ])('%s', async (_, blocked, registry) => {
    expect(await browserPolicy(await registryWith(registry), rowOf('edge'))).toEqual({
      userHosts: true,
      blocked,
    });
  });

  it('has nothing to say in Firefox', async () => {
    const registry = await registryWith({
      HKLM: { 'Software\\Policies\\Mozilla': { NativeMessagingUserLevelHosts: number(0) } },
    });
    expect(await browserPolicy(registry, rowOf('firefox'))).toEqual({ userHosts: true, blocked: false });
  });
});

it('browsers are found by where they list themselves', async () => {
  const registry = await registryWith({
    HKLM: {
      'SOFTWARE\\Clients\\StartMenuInternet\\Firefox-308046B0AF4A39CB': {},
      'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\msedge.exe': {},
      'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\chromedriver.exe': {},
    },
    HKCU: { 'Software\\Clients\\StartMenuInternet\\Chromium.ABC': {} },
  });
  const isListed = await listedBrowsers(registry);
  expect(browsers.filter(isListed).map(({ id }) => id)).toEqual(['edge', 'chromium', 'firefox']);
});
