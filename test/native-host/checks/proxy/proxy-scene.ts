/** PCs with proxy settings, and what the proxy check finds on them. */
import * as v from 'valibot';
import { type Finding, FindingSchema } from '../../../../common/findings.ts';
import { proxy } from '../../../../native-host/checks/proxy/proxy.ts';
import type { Machine } from '../../../../native-host/machine/machine.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { context, dword, sz } from '../look.ts';

export const SETTINGS = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
export const SIGN_IN = 'login.microsoftonline.com';

type Values = NonNullable<NonNullable<PcInput['registry']>['HKCU']>[string];

export const byHand = (server: string, bypass = '') => ({
  ProxyEnable: dword(1),
  ProxyServer: sz(server),
  ProxyOverride: sz(bypass),
});

/** As `netsh winhttp set proxy` writes it. */
export function winHttp(server: string, bypass = '', flags = 3): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0x28, 0);
  head.writeUInt32LE(flags, 8);
  const text = (written: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(written.length);
    return Buffer.concat([length, Buffer.from(written, 'latin1')]);
  };
  return Buffer.concat([head, text(server), text(bypass)]);
}

export const services = (bytes: Buffer): NonNullable<PcInput['registry']>['HKLM'] => ({
  [`${SETTINGS}\\Connections`]: {
    WinHttpSettings: { type: 'REG_BINARY', value: bytes.toString('base64') },
  },
});

/** "Automatically detect settings", as the person's settings have it. */
export const detecting = (flags = 0x9) => ({
  DefaultConnectionSettings: {
    type: 'REG_BINARY' as const,
    value: winHttp('', '', flags).toString('base64'),
  },
});

type Keys = NonNullable<PcInput['registry']>['HKLM'];

export interface Scene {
  person?: Values;
  /** The key `Connections` below the person's settings. */
  connections?: Values;
  /** Where Windows finds a proxy script by itself. */
  wpad?: string;
  /** What the machine is to fail at. */
  faults?: NonNullable<PcInput['faults']>;
  pc?: Keys;
  /** What is on loopback, by its name. */
  hosts?: Record<string, string>;
  /** Whom a host's certificate is from. */
  authorities?: Record<string, string>;
  files?: Record<string, string>;
  timeout?: number;
}

/** What the proxy check finds, held against the contract. */
export async function see({
  person = {},
  connections = {},
  wpad,
  faults = [],
  pc = {},
  hosts = {},
  files = {},
  authorities = {},
  timeout,
}: Scene): Promise<Finding[]> {
  const reached = Object.entries(hosts).map(([name, connectTo]) => {
    const ca = authorities[name];
    return [name, ca === undefined ? { connectTo } : { connectTo, ca }];
  });
  const { machine: simulated } = await testPc({
    registry: { HKCU: { [SETTINGS]: person, [`${SETTINGS}\\Connections`]: connections }, HKLM: pc },
    network: { hosts: Object.fromEntries(reached), ...(wpad === undefined ? {} : { wpad }) },
    faults,
  });
  const machine: Machine = {
    ...simulated,
    addresses: async () => ['10.1.2.3'],
    files: { ...simulated.files, readText: async (path: string) => files[path] },
  };
  const findings = (await Promise.all(proxy.look(context(machine, timeout)))).flat();
  return v.parse(v.array(FindingSchema), findings);
}
