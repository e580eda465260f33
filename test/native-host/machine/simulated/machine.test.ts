import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Cause, createSimulatedMachine } from '../../../../native-host/machine/simulated/index.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { patient, problem } from './calls.ts';

describe('the network', () => {
  const network = {
    default: 'connection-failed',
    hosts: {
      'login.microsoftonline.com': { connectTo: '127.0.0.1:8443', ca: 'PEM' },
      'onedrive.live.com': { connectTo: '[::1]:443' },
      'oneclient.sfx.ms': { fault: 'tls-failed' },
    },
  } as const;

  test('sends a host to its address', async () => {
    const { machine } = await testPc({ network });
    expect(await machine.route('LOGIN.microsoftonline.com')).toEqual({
      kind: 'connect-to',
      address: '127.0.0.1',
      port: 8443,
      ca: 'PEM',
    });
    expect(await machine.route('onedrive.live.com')).toEqual({
      kind: 'connect-to',
      address: '::1',
      port: 443,
    });
  });

  test('gives a host its own fault, others the common one', async () => {
    const { machine } = await testPc({ network });
    expect(await machine.route('oneclient.sfx.ms')).toEqual({ kind: 'simulated', fault: 'tls-failed' });
    expect(await machine.route('g.live.com')).toEqual({ kind: 'simulated', fault: 'connection-failed' });
    expect(await (await testPc({})).machine.route('g.live.com')).toEqual({
      kind: 'simulated',
      fault: 'none',
    });
  });
});

describe('Windows’ own request', () => {
  const network: PcInput['network'] = {
    hosts: {
      'login.microsoftonline.com': { connectTo: '127.0.0.1:8443' },
      'oneclient.sfx.ms': { fault: 'tls-failed' },
      'g.live.com': { fault: 'name-not-found' },
      'graph.microsoft.com': { fault: 'connection-failed' },
    },
    windows: {
      'aadcdn.msauth.net': { end: 'answered', status: 503 },
      'aadcdn.msftauth.net': { end: 'proxy-login' },
      'admin.onedrive.com': { end: 'failed', error: 12_166 },
      'www.office.com': { end: 'not-here' },
    },
  };

  test.each([
    ['onedrive.live.com', { end: 'answered', status: 200 }],
    ['login.microsoftonline.com', { end: 'not-here' }],
    ['ONECLIENT.sfx.ms', { end: 'secure-channel-failed', error: 12_157 }],
    ['g.live.com', { end: 'name-not-found', error: 12_007 }],
    ['graph.microsoft.com', { end: 'connection-failed', error: 12_029 }],
    ['aadcdn.msauth.net', { end: 'answered', status: 503 }],
    ['AADCDN.msftauth.net', { end: 'proxy-login', error: 12_015 }],
    ['admin.onedrive.com', { end: 'failed', error: 12_166 }],
    ['www.office.com', { end: 'not-here' }],
  ])('to %s', async (host, answer) => {
    const { machine } = await testPc({ network });
    expect(await machine.windowsRequest(host, patient())).toEqual(answer);
  });

  test('that hangs ends at its limit', async () => {
    const { machine } = await testPc({ faults: [{ operation: 'windowsRequest', hangs: true }] });
    const { signal } = new AbortController();
    const request = machine.windowsRequest('g.live.com', { timeout: 20, signal });
    await expect(request).rejects.toEqual(problem('timed-out'));
  });
});

describe('sign-in', () => {
  const staleEntry: PcInput = { credentials: [{ target: 'a', stale: true }] };
  const staleOneDrive: PcInput = { oneDrive: { stale: true } };
  const identity = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';
  const oneAuth = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneAuth';
  const keys = (...names: string[]): PcInput => ({
    registry: { HKCU: Object.fromEntries(names.map((name) => [name, {}])) },
  });
  const adapter = (vpn: boolean): PcInput => ({ adapters: [{ name: 'a', vpn }] });

  test.each<[Cause, PcInput, boolean]>([
    ['none', { ...staleEntry, ...staleOneDrive }, true],
    ['stale-credentials', {}, true],
    ['stale-credentials', staleEntry, false],
    ['stale-credentials', staleOneDrive, true],
    ['onedrive-state', staleOneDrive, false],
    ['onedrive-state', staleEntry, true],
    ['identity-cache', {}, true],
    ['identity-cache', keys(identity), true],
    ['identity-cache', keys(`${identity}\\Identities`), false],
    ['identity-cache', { files: [`${oneAuth}\\accounts\\1`] }, false],
    ['identity-cache', { files: [{ path: oneAuth, folder: true }] }, false],
    ['vpn', adapter(false), true],
    ['vpn', adapter(true), false],
    ['browser-session', {}, false],
    ['device-token', {}, false],
    ['elsewhere', {}, false],
  ])('because of %s, with %j: %s', async (cause, pc, works) => {
    const { machine } = await testPc({ ...pc, signIn: { cause, code: 'AADSTS53003' } });
    expect(await machine.signInWorks()).toEqual({ works, code: 'AADSTS53003' });
  });
});

describe('the PC itself', () => {
  test('has the adapters that are listed', async () => {
    const { machine } = await testPc({
      adapters: [
        { name: 'Wi-Fi' },
        { name: 'VPN', description: 'Tunnel', vpn: true, mtu: 1280, defaultRoute: true },
      ],
    });
    expect(await machine.adapters()).toStrictEqual([
      { name: 'Wi-Fi', description: '', vpn: false, mtu: undefined, defaultRoute: false },
      { name: 'VPN', description: 'Tunnel', vpn: true, mtu: 1280, defaultRoute: true },
    ]);
  });

  test('finds a proxy script by itself where it says so', async () => {
    const wpad = 'http://wpad.contoso.example/wpad.dat';
    const { machine } = await testPc({ network: { wpad } });
    expect(await machine.detectProxyScript(patient())).toBe(wpad);
    expect(await (await testPc({})).machine.detectProxyScript(patient())).toBeUndefined();
  });

  test('has addresses and name servers, its own or the usual ones', async () => {
    const { machine } = await testPc({ nameServers: ['10.0.0.1', '2001:db8::53'], addresses: [] });
    expect(await machine.nameServers()).toEqual(['10.0.0.1', '2001:db8::53']);
    expect(await machine.addresses()).toEqual([]);
    const usual = await testPc({});
    expect(await usual.machine.nameServers()).toEqual(['192.168.1.1']);
    expect(await usual.machine.addresses()).toEqual(['192.168.1.20']);
  });

  test('was started when it says, else some hours ago', async () => {
    const startedAt = '2026-05-04T06:00:00.000Z';
    expect(await (await testPc({ startedAt })).machine.startedAt()).toEqual(new Date(startedAt));
    const before = Date.now() - 9 * 3_600_000;
    const usual = await (await testPc({})).machine.startedAt();
    expect(usual.getTime()).toBeGreaterThanOrEqual(before);
    expect(usual.getTime()).toBeLessThan(Date.now());
  });

  test('knows its folders, also where they are not the usual ones', async () => {
    const { machine } = await testPc({ folders: { system: 'D:\\Windows\\System32' } });
    expect(machine.folders).toMatchObject({
      system: 'D:\\Windows\\System32',
      programFiles: 'C:\\Program Files',
    });
    expect(await machine.files.kind('D:\\Windows\\System32\\klist.exe')).toBe('file');
  });
});

describe('the state folder', () => {
  test('is beside the file, and private', async () => {
    const { machine, file } = await testPc({});
    expect(machine.stateFolder).toBe(`${file}.state`);
    expect(statSync(machine.stateFolder).mode & 0o777).toBe(0o700);
  });

  test('can be named, seen from the file', async () => {
    const { machine, file } = await testPc({ stateFolder: 'a/b' });
    expect(machine.stateFolder).toBe(join(dirname(file), 'a', 'b'));
  });

  test('is the same for a second process', async () => {
    const { machine, file } = await testPc({});
    const second = await createSimulatedMachine(file);
    expect(second.stateFolder).toBe(machine.stateFolder);
  });
});
