/** What the addresses of a name tell: a name of Microsoft's that leads nowhere, or into one's own network. */
import { BlockList, isIPv6 } from 'node:net';

/** Where filters and hosts files send what they block: nowhere, or to this PC. */
const sinkholes = new BlockList();
sinkholes.addAddress('0.0.0.0');
sinkholes.addAddress('::', 'ipv6');
sinkholes.addAddress('::1', 'ipv6');
sinkholes.addSubnet('127.0.0.0', 8);

/** RFC 1918, RFC 6598 (shared by a provider's customers), RFC 4193 and link-local ones. */
const privates = new BlockList();
privates.addSubnet('10.0.0.0', 8);
privates.addSubnet('172.16.0.0', 12);
privates.addSubnet('192.168.0.0', 16);
privates.addSubnet('100.64.0.0', 10);
privates.addSubnet('169.254.0.0', 16);
privates.addSubnet('fc00::', 7, 'ipv6');
privates.addSubnet('fe80::', 10, 'ipv6');

const within = (list: BlockList, address: string) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

export interface Addresses {
  v4: string[];
  v6: string[];
  /** How many lead nowhere; they stand in neither list. */
  sinkholed: number;
  /** How many are of one's own network. */
  private: number;
}

/** The addresses by family, in their order, without those that lead nowhere. */
export function sortAddresses(all: readonly string[]): Addresses {
  const usable = all.filter((address) => !within(sinkholes, address));
  return {
    v4: usable.filter((address) => !isIPv6(address)),
    v6: usable.filter((address) => isIPv6(address)),
    sinkholed: all.length - usable.length,
    private: usable.filter((address) => within(privates, address)).length,
  };
}
