import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  changeSimulatedPc,
  createSimulatedMachine,
} from '../../../../native-host/machine/simulated/index.ts';
import { openPc, type PcInput } from './pc.ts';

describe('the registry', () => {
  const registry = {
    HKCU: {
      'Software\\Microsoft\\OneDrive\\Accounts\\Business1': {
        UserEmail: { type: 'REG_SZ', value: 'ada@contoso.example' },
        Flags: { type: 'REG_DWORD', value: 7 },
        Blob: { type: 'other', value: null },
      },
      'SOFTWARE\\MICROSOFT\\OneDrive\\accounts\\Personal\\Deep': {},
    },
  } as const;

  test('reads values by name in any letter case', async () => {
    const { machine } = await openPc({ registry });
    const key = 'software\\microsoft\\onedrive\\accounts\\BUSINESS1';
    expect(await machine.registry.read('HKCU', key, 'useremail')).toEqual({
      type: 'REG_SZ',
      value: 'ada@contoso.example',
    });
    expect(await machine.registry.read('HKCU', key, 'Flags')).toEqual({ type: 'REG_DWORD', value: 7 });
    expect(await machine.registry.read('HKCU', key, 'Blob')).toEqual({ type: 'other', value: null });
  });

  test('has nothing where nothing is', async () => {
    const { machine } = await openPc({ registry });
    expect(await machine.registry.read('HKLM', 'Software\\Microsoft', 'Version')).toBeUndefined();
    expect(await machine.registry.read('HKCU', 'Software\\Microsoft', 'toString')).toBeUndefined();
    expect(await machine.registry.keys('HKCU', 'Software\\Nothing')).toEqual([]);
  });

  test('names the keys directly below, each once', async () => {
    const { machine } = await openPc({ registry });
    expect(await machine.registry.keys('HKCU', 'Software\\Microsoft\\OneDrive\\Accounts')).toEqual([
      'Business1',
      'Personal',
    ]);
    expect(await machine.registry.keys('HKCU', 'Software')).toEqual(['Microsoft']);
  });
});

describe('files', () => {
  test.each([
    ['per-user', 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe'],
    ['program-files', 'C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe'],
    ['program-files-x86', 'C:\\Program Files (x86)\\Microsoft OneDrive\\OneDrive.exe'],
  ] as const)('have OneDrive.exe installed %s', async (installed, exe) => {
    const { machine, file } = await openPc({ oneDrive: { installed } });
    expect(await machine.exists(exe.toUpperCase())).toBe(true);
    await changeSimulatedPc(file, (pc) => {
      pc.oneDrive.installed = null;
    });
    expect(await machine.exists(exe)).toBe(false);
  });

  test('are there when they are listed', async () => {
    const { machine } = await openPc({ files: ['C:\\There.txt'] });
    expect(await machine.exists('c:\\there.TXT')).toBe(true);
    expect(await machine.exists('C:\\Not there.txt')).toBe(false);
  });
});

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
    const { machine } = await openPc({ network });
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
    const { machine } = await openPc({ network });
    expect(await machine.route('oneclient.sfx.ms')).toEqual({ kind: 'simulated', fault: 'tls-failed' });
    expect(await machine.route('g.live.com')).toEqual({ kind: 'simulated', fault: 'connection-failed' });
    expect(await (await openPc({})).machine.route('g.live.com')).toEqual({
      kind: 'simulated',
      fault: 'none',
    });
  });
});

describe('sign-in', () => {
  const staleEntry: PcInput = { credentials: [{ target: 'a', stale: true }] };
  const staleOneDrive: PcInput = { oneDrive: { stale: true } };

  test.each<['stale-credentials' | 'onedrive-state' | 'elsewhere', PcInput, boolean]>([
    ['stale-credentials', {}, true],
    ['stale-credentials', staleEntry, false],
    ['stale-credentials', staleOneDrive, true],
    ['onedrive-state', staleOneDrive, false],
    ['onedrive-state', staleEntry, true],
    ['elsewhere', {}, false],
  ])('because of %s, with %j: %s', async (cause, pc, works) => {
    const { machine } = await openPc({ ...pc, signIn: { cause, code: 'AADSTS53003' } });
    expect(await machine.signInWorks()).toEqual({ works, code: 'AADSTS53003' });
  });
});

describe('the state folder', () => {
  test('is beside the file, and private', async () => {
    const { machine, file } = await openPc({});
    expect(machine.stateFolder).toBe(`${file}.state`);
    expect(statSync(machine.stateFolder).mode & 0o777).toBe(0o700);
  });

  test('can be named, seen from the file', async () => {
    const { machine, file } = await openPc({ stateFolder: 'a/b' });
    expect(machine.stateFolder).toBe(join(dirname(file), 'a', 'b'));
  });

  test('is the same for a second process', async () => {
    const { machine, file } = await openPc({});
    const second = await createSimulatedMachine(file);
    expect(second.stateFolder).toBe(machine.stateFolder);
  });
});
