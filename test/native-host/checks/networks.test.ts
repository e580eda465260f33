import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { networkChange } from '../../../native-host/checks/network-change.ts';
import { vpn } from '../../../native-host/checks/vpn.ts';
import type { PcInput } from '../../harness/test-pc.ts';
import { dword, keysBelow, look, sz } from './look.ts';

const NOW = new Date(2026, 10, 22, 14, 30, 10);
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

/** A SYSTEMTIME in local time, so many minutes ago. */
function ago(minutes: number) {
  const time = new Date(NOW.getTime() - minutes * 60_000);
  const parts = [
    time.getFullYear(),
    time.getMonth() + 1,
    time.getDay(),
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
    time.getMilliseconds(),
  ];
  return Buffer.from(Uint16Array.from(parts).buffer).toString('base64');
}

const WIRED = 6;
const VPN = 23;
type Network = [name: string, minutesAgo: number, type: number];

function profiles(...networks: Network[]): PcInput['registry'] {
  const keys = networks.map(([name, minutes, type], index) => [
    `{0000000${index}-0000-0000-0000-000000000000}`,
    {
      ProfileName: sz(name),
      NameType: dword(type),
      DateLastConnected: { type: 'REG_BINARY' as const, value: ago(minutes) },
    },
  ]);
  return {
    HKLM: keysBelow(
      'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles',
      Object.fromEntries(keys),
    ),
  };
}

describe('the check of network changes', () => {
  it.each<[string, Network[], object]>([
    ['nothing is known of networks', [], { level: 'ok', meaning: 'none' }],
    ['the last was an hour ago', [['Home', 60, WIRED]], { level: 'ok', meaning: 'none' }],
    ['the time is in the future', [['Home', -2, WIRED]], { level: 'ok', meaning: 'none' }],
    [
      'one was just now',
      [['Home', 0, WIRED]],
      { level: 'warning', meaning: 'recent', subject: 'Home', amount: 0 },
    ],
    [
      'several were in the last hour: the newest counts',
      [
        ['Café', 59, WIRED],
        ['Home', 4, WIRED],
        ['Office', 900, WIRED],
        ['Train', 17, WIRED],
      ],
      { id: 'network-change', level: 'warning', subject: 'Home', amount: 4 },
    ],
  ])('says it when %s', async (_, networks, finding) => {
    expect(await look(networkChange, { registry: profiles(...networks) })).toMatchObject([finding]);
  });

  it('reads a date over the turn of a year', async () => {
    vi.setSystemTime(new Date(2027, 0, 1, 0, 5));
    const key = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles\\{0}';
    // 2026-12-31, a Thursday, 23:50:30.5
    const bytes = Buffer.from('ea070c0004001f00170032001e00f401', 'hex').toString('base64');
    const values = {
      ProfileName: sz('Home'),
      DateLastConnected: { type: 'REG_BINARY' as const, value: bytes },
    };
    const [found] = await look(networkChange, { registry: { HKLM: { [key]: values } } });
    expect(found).toMatchObject({ meaning: 'recent', amount: 14 });
  });

  it.each([
    ['of another length', { type: 'REG_BINARY' as const, value: 'AAAA' }],
    ['of another type', sz('yesterday')],
  ])('takes no time from a value %s', async (_, DateLastConnected) => {
    const key = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles\\{0}';
    const findings = await look(networkChange, { registry: { HKLM: { [key]: { DateLastConnected } } } });
    expect(findings).toMatchObject([{ level: 'ok', meaning: 'none' }]);
  });

  it('shortens a name that is too long for a finding', async () => {
    const [found] = await look(networkChange, { registry: profiles(['n'.repeat(2_000), 1, WIRED]) });
    expect(found?.subject).toHaveLength(500);
  });
});

describe('the check of VPNs', () => {
  const vpnAdapter = { name: 'Contoso VPN', description: 'WAN Miniport (IKEv2)', vpn: true };
  const adapters = [{ name: 'Ethernet', description: 'Intel I219', defaultRoute: true }, vpnAdapter];
  const connected = { id: 'vpn:connected:Contoso VPN', level: 'warning', subject: 'Contoso VPN' };
  const reconnected = { id: 'vpn:reconnected', level: 'warning', meaning: 'reconnected', amount: 12 };

  it.each<[string, PcInput, object[]]>([
    ['no adapter is one', { adapters: adapters.slice(0, 1) }, [{ id: 'vpn', level: 'ok', meaning: 'none' }]],
    [
      'one is connected, and not the way out',
      { adapters },
      [{ ...connected, meaning: 'connected', evidence: { defaultRoute: 'no', mtu: null } }],
    ],
    [
      'all goes through one',
      { adapters: [{ ...vpnAdapter, mtu: 1280, defaultRoute: true }] },
      [{ ...connected, evidence: { driver: 'WAN Miniport (IKEv2)', defaultRoute: 'yes', mtu: 1280 } }],
    ],
    [
      'two are connected',
      { adapters: [...adapters, { name: 'wg0', vpn: true }] },
      [connected, { id: 'vpn:connected:wg0', meaning: 'connected' }],
    ],
    [
      'one was connected within the hour, and is off again',
      { registry: profiles(['Home', 3, WIRED], ['Contoso', 12, VPN], ['Old', 20, VPN]) },
      [{ ...reconnected, subject: 'Contoso' }],
    ],
    [
      'one was connected within the hour and still is',
      { adapters, registry: profiles(['Contoso', 12, VPN]) },
      [connected, reconnected],
    ],
    [
      'one is connected, though the networks of before cannot be read',
      { adapters, faults: [{ operation: 'registry.keys', problem: 'access-denied' }] },
      [connected],
    ],
    [
      'one was connected this morning',
      { registry: profiles(['Contoso', 240, VPN]) },
      [{ level: 'ok', meaning: 'none' }],
    ],
  ])('says it when %s', async (_, pc, findings) => {
    expect(await look(vpn, pc)).toMatchObject(findings);
  });
});
