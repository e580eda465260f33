import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browsers } from '../../../native-host/registration/browsers.ts';
import type { Outcome } from '../../../native-host/registration/outcome.ts';
import { ownFolder } from '../../../native-host/registration/own-program.ts';
import { registerInRegistry, unregisterInRegistry } from '../../../native-host/registration/windows.ts';
import { faultHost } from '../../harness/host/fault-hosts.ts';
import { hostsKey, leads, manifestText, program, text, written } from '../../harness/host/registered.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

type Registry = NonNullable<PcInput['registry']>;
const CHROME = 'Google\\Chrome';
const manifests = { chromium: 'C:\\host\\chromium.json', firefox: 'C:\\host\\firefox.json' };
const OWN = 'C:\\host\\signin-rescue.exe';
const OTHER = { allowed_origins: ['chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/'] };

async function pcWith(registry: Registry, pc: PcInput = {}) {
  const { machine, read } = await testPc({ ...pc, registry });
  const HKCU = () => read().registry.HKCU;
  return { ...machine, HKCU, read };
}
const of = (browser: string, outcomes: readonly Outcome[]) =>
  outcomes.find((each) => each.browser === browser)?.is;
const all = (is: string) => Object.fromEntries(browsers.map(({ id }) => [id, is]));
const said = (outcomes: readonly Outcome[]) =>
  Object.fromEntries(outcomes.map(({ browser, is }) => [browser, is]));

describe('registering on Windows', () => {
  it('writes the way to its manifest for every browser, and again changes nothing', async () => {
    const pc = await pcWith({});
    expect(said(await registerInRegistry(pc, manifests, OWN))).toEqual(all('registered'));
    const expected = Object.fromEntries(
      browsers.map(({ vendor, family }) => [hostsKey(vendor), { '': text(manifests[family]) }]),
    );
    expect(pc.HKCU()).toEqual(expected);
    await registerInRegistry(pc, manifests, OWN);
    expect(pc.HKCU()).toEqual(expected);
  });

  it('only said, changes nothing', async () => {
    const pc = await pcWith({});
    expect(said(await registerInRegistry(pc, manifests, OWN, { dryRun: true }))).toEqual(all('registered'));
    expect(pc.HKCU()).toEqual({});
  });

  const folder = () => temporaryFolder();
  it.each<[string, () => Registry['HKCU']]>([
    ['a key without a value', () => ({ [hostsKey(CHROME)]: {} })],
    ['a value under a name', () => ({ [hostsKey(CHROME)]: { '(Default)': text('C:\\m.json') } })],
    ['the way to nothing', () => leads(CHROME, 'C:\\gone\\m.json')],
    ['the way to an empty file', () => leads(CHROME, written(join(folder(), 'm.json'), ''))],
    ['the way to half a manifest', () => leads(CHROME, written(join(folder(), 'm.json'), '{"name":'))],
    [
      'the way to a broken manifest of ours',
      () => leads(CHROME, written(join(folder(), 'm.json'), manifestText('chromium', '/x', { path: '' }))),
    ],
  ])('mends what is half-written: %s', async (_, HKCU) => {
    const pc = await pcWith({ HKCU: HKCU() ?? {} });
    expect(of('chrome', await registerInRegistry(pc, manifests, OWN))).toBe('registered');
    expect(pc.HKCU()[hostsKey(CHROME)]?.['']).toEqual(text(manifests.chromium));
  });

  it('leaves alone what leads to another’s manifest, and goes on with the others', async () => {
    const file = written(join(temporaryFolder(), 'm.json'), manifestText('chromium', '/x', OTHER));
    const pc = await pcWith({ HKCU: leads(CHROME, file) });
    expect(said(await registerInRegistry(pc, manifests, OWN))).toEqual({
      ...all('registered'),
      chrome: 'foreign',
    });
    expect(said(await unregisterInRegistry(pc))).toEqual({ ...all('removed'), chrome: 'foreign' });
    expect(pc.HKCU()[hostsKey(CHROME)]).toEqual({ '': text(file) });
  });

  it('goes on with the others where one cannot be written', async () => {
    const fault = { operation: 'registry.writeValue', match: 'Vivaldi', problem: 'access-denied' } as const;
    const pc = await pcWith({}, { faults: [fault] });
    const outcomes = await registerInRegistry(pc, manifests, OWN);
    expect(said(outcomes)).toEqual({ ...all('registered'), vivaldi: 'refused' });
    expect(outcomes.find(({ is }) => is === 'refused')?.detail).toContain('access-denied');
  });

  it('does not put an older helper over one that is newer', async () => {
    const pcFolder = temporaryFolder();
    const file = (fault: 'old' | 'newer') => {
      const path = program(pcFolder, faultHost(fault), fault);
      return written(join(pcFolder, `${fault}.json`), manifestText('chromium', path));
    };
    const [newer, old] = [file('newer'), file('old')];
    const pc = await pcWith({ HKCU: { ...leads(CHROME, newer), ...leads('Vivaldi', old) } });
    const outcomes = await registerInRegistry(pc, manifests, OWN);
    expect(said(outcomes)).toEqual({ ...all('registered'), chrome: 'newer' });
    expect(pc.HKCU()[hostsKey(CHROME)]).toEqual({ '': text(newer) });
  });

  it('puts nothing of one’s own before what is registered for all of this PC, where that is sound', async () => {
    const folder = temporaryFolder();
    const host = program(folder, ['true']);
    const sound = written(join(folder, 'm.json'), manifestText('chromium', host));
    const HKLM = {
      ...leads(CHROME, sound, 'Software\\WOW6432Node'),
      ...leads('Vivaldi', join(folder, 'none')),
    };
    const pc = await pcWith({ HKLM });
    const outcomes = said(await registerInRegistry(pc, manifests, OWN));
    expect(outcomes).toEqual({ ...all('registered'), chrome: 'machine-wide' });
    await unregisterInRegistry(pc);
    expect(said(await unregisterInRegistry(pc))).toEqual({ ...all('not-here'), chrome: 'machine-wide' });
  });
});

describe('taking it back', () => {
  it('removes all that was made, and keys that others use stay', async () => {
    const others = {
      'Software\\Google\\Chrome\\NativeMessagingHosts\\org.example': { '': text('x') },
      'Software\\Vivaldi': { Version: text('7') },
    };
    const pc = await pcWith({ HKCU: others });
    await registerInRegistry(pc, manifests, OWN);
    expect(said(await unregisterInRegistry(pc, { dryRun: true }))).toEqual(all('removed'));
    expect(Object.keys(pc.HKCU())).toContain(hostsKey(CHROME));
    expect(said(await unregisterInRegistry(pc))).toEqual(all('removed'));
    expect(pc.HKCU()).toEqual(others);
    expect(said(await unregisterInRegistry(pc))).toEqual(all('not-here'));
  });

  it('takes what lies in our own folder for ours, whatever is in it', async () => {
    const { machine } = await testPc();
    const file = written(
      join(ownFolder(machine.stateFolder), 'm.json'),
      manifestText('chromium', '/x', OTHER),
    );
    await machine.registry.writeKey(hostsKey(CHROME), {
      ...{ name: '', keys: [] },
      values: [{ name: '', type: 1, data: Buffer.from(`${file}\0`, 'utf16le').toString('base64') }],
    });
    expect(of('chrome', await unregisterInRegistry(machine))).toBe('removed');
  });
});
