/** Addresses as Windows and Node give them. */

import { BlockList, isIPv4, SocketAddress } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** https://learn.microsoft.com/en-us/windows/win32/winsock/sockaddr-2 */
const AF_INET = 2;
const AF_INET6 = 23;
const IPV4 = { from: 4, end: 8 };
const IPV6 = { from: 8, end: 24, scope: 24, length: 28 };

/** The address in a SOCKADDR, as text; undefined for another family. */
export function addressIn(bytes: Buffer): string | undefined {
  if (bytes.length < IPV4.end) return undefined;
  const family = bytes.readUInt16LE();
  if (family === AF_INET) return [...bytes.subarray(IPV4.from, IPV4.end)].join('.');
  if (family !== AF_INET6 || bytes.length < IPV6.length) return undefined;
  const groups = bytes.subarray(IPV6.from, IPV6.end).toString('hex').match(/.{4}/g) ?? [];
  const { address } = new SocketAddress({ address: groups.join(':'), family: 'ipv6' });
  const scope = bytes.readUInt32LE(IPV6.scope);
  return scope === 0 ? address : `${address}%${scope}`;
}

function listed(...subnets: [address: string, prefix: number][]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, isIPv4(address) ? 'ipv4' : 'ipv6');
  return list;
}

const bare = (address: string) => address.split('%', 1)[0] ?? '';
const isIn = (list: BlockList, address: string) =>
  list.check(bare(address), isIPv4(bare(address)) ? 'ipv4' : 'ipv6');

const linkLocal = listed(['169.254.0.0', 16], ['fe80::', 10]);
const siteLocal = listed(['fec0::', 10]);

/** Windows names fec0:0:0:ffff::1 to ::3 where it has no DNS server for IPv6; nobody answers there (RFC 3879). */
export function isPlaceholder(address: string): boolean {
  return isIn(siteLocal, address);
}

/** This PC's own addresses, without loopback and link-local ones. */
export function ownAddresses(
  interfaces: NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'internal'>[]> = networkInterfaces(),
): string[] {
  const all = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  return all
    .filter(({ address, internal }) => !internal && !isIn(linkLocal, address))
    .map(({ address }) => address);
}
