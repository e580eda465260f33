import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FindingSchema } from '../../../common/findings.ts';
import { compare, ipv6, type Target } from '../../../native-host/checks/ipv6.ts';
import { refusingAddress, silentServer } from '../../harness/network/tls-servers.ts';
import { testPc } from '../../harness/test-pc.ts';
import { context } from './look.ts';

const HOST = 'login.microsoftonline.com';
const GLOBAL = '2600:1f18::5';

async function see(addresses: string[], connectTo?: string) {
  const { machine } = await testPc({ network: { hosts: connectTo ? { [HOST]: { connectTo } } : {} } });
  const on = { ...machine, addresses: async () => addresses };
  return v.parse(v.array(FindingSchema), (await Promise.all(ipv6.look(context(on)))).flat());
}

const target = (address: string): Target => {
  const [, host = '', port] = /^(.*):(\d+)$/.exec(address) ?? [];
  return { address: host, port: Number(port) };
};

/** The same server, seen as one of IPv6. */
const asIpv6 = ({ address, port }: Target): Target => ({ address: `::ffff:${address}`, port });

describe('IPv6', () => {
  it.each([
    ['no address', []],
    ['an address of IPv4 alone', ['10.1.2.3']],
    ['addresses of the local network alone', ['fd00::1', 'fe80::1']],
    ['addresses that Windows makes itself', ['2001:0:53aa:64c:1::', '2002:c000:204::1']],
  ])('is unused by a PC with %s', async (_, addresses) => {
    expect(await see(addresses)).toMatchObject([{ level: 'ok', meaning: 'unused' }]);
  });

  it('is not tried on a simulated way, nor where the host has no such address', async () => {
    expect(await see([GLOBAL])).toMatchObject([
      { level: 'unknown', meaning: 'not-looked', evidence: { error: 'simulated' } },
    ]);
    expect(await see(['10.1.2.3', GLOBAL], await silentServer())).toMatchObject([
      { level: 'unknown', meaning: 'not-looked', evidence: { error: 'no-address' } },
    ]);
  });

  it('that connects is fine, whatever IPv4 does', async () => {
    const [six, four] = [target(await silentServer()), target(await refusingAddress())];
    for (const targets of [[asIpv6(six)], [asIpv6(six), four], [four, asIpv6(six)]]) {
      expect(await compare(targets, context((await testPc({})).machine))).toMatchObject({
        level: 'ok',
        meaning: 'fine',
      });
    }
  });

  it('that does not connect while IPv4 does is broken', async () => {
    const [six, four] = [target(await refusingAddress()), target(await silentServer())];
    expect(await compare([asIpv6(six), four], context((await testPc({})).machine))).toMatchObject({
      level: 'warning',
      meaning: 'broken',
      evidence: { error: 'ECONNREFUSED' },
    });
  });

  it('is not blamed where nothing connects', async () => {
    const six = target(await refusingAddress());
    for (const targets of [[asIpv6(six)], [asIpv6(six), six]]) {
      expect(await compare(targets, context((await testPc({})).machine))).toMatchObject({
        level: 'unknown',
        meaning: 'not-looked',
        evidence: { error: 'no-connection' },
      });
    }
  });
});
