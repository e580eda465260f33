import { describe, expect, it } from 'vitest';
import { addressIn, isPlaceholder, ownAddresses } from '../../native-host/machine/windows/socket-address.ts';

/** SOCKADDR_IN6: family, port, flow, address, scope. */
const ipv6 = (address: string, scope = '00000000') =>
  Buffer.from(`1700003500000000${address}${scope}`, 'hex');

describe('a SOCKADDR', () => {
  it.each([
    ['IPv4', Buffer.from('02000035c0a801fe0000000000000000', 'hex'), '192.168.1.254'],
    ['IPv6', ipv6('20010db8000000000000000000000053'), '2001:db8::53'],
    ['IPv6 that no link goes beyond', ipv6('fe800000000000000000000000000001', '0c000000'), 'fe80::1%12'],
    ['another family', Buffer.alloc(28), undefined],
    ['IPv6 cut short', ipv6('20010db8000000000000000000000053').subarray(0, 24), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ])('of %s', (_, bytes, address) => {
    expect(addressIn(bytes)).toBe(address);
  });

  it.each([
    ['fec0:0:0:ffff::1', true],
    ['fec0:0:0:ffff::3%1', true],
    ['fe80::1%12', false],
    ['2001:db8::53', false],
    ['192.168.1.254', false],
  ])('%s is a placeholder: %s', (address, is) => {
    expect(isPlaceholder(address)).toBe(is);
  });
});

describe('the PC’s own addresses', () => {
  const of = (address: string, internal = false) => ({ address, internal });

  it('are those that others may reach it by', () => {
    expect(
      ownAddresses({
        Ethernet: [of('192.168.1.20'), of('2001:db8::20'), of('fe80::1:2'), of('febf::1'), of('fec0::1')],
        Wlan: [of('169.254.7.7'), of('169.253.7.7')],
        Loopback: [of('127.0.0.1', true), of('::1', true)],
        Nothing: undefined,
      }),
    ).toEqual(['192.168.1.20', '2001:db8::20', 'fec0::1', '169.253.7.7']);
  });

  it('may be none', () => {
    expect(ownAddresses({ Loopback: [of('127.0.0.1', true)] })).toEqual([]);
  });
});
