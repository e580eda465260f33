/** The network adapters that are up, and the servers that they look names up with. */
import type { Adapter } from '../machine.ts';
import { upAdapters } from './adapter-records.ts';
import { addressIn, isPlaceholder } from './socket-address.ts';
import { isVpn } from './vpn-adapter.ts';
import { wayOut } from './way-out.ts';

export async function adapters(): Promise<Adapter[]> {
  const [all, way] = await Promise.all([upAdapters(), wayOut()]);
  return all.map(({ name, description, type, tunnel, mtu, index }) => ({
    name,
    description,
    vpn: isVpn({ type, tunnel, description }),
    mtu,
    defaultRoute:
      (way.ipv4 !== undefined && index.ipv4 === way.ipv4) ||
      (way.ipv6 !== undefined && index.ipv6 === way.ipv6),
  }));
}

/**
 * Each server once, in the adapters' order. Windows is asked, not `dns.getServers`: where there is no server that
 * says 127.0.0.1, which is a real one where a resolver runs on the PC.
 */
export async function nameServers(): Promise<string[]> {
  const all = (await upAdapters()).flatMap((adapter) => adapter.nameServers);
  const servers = all.map(addressIn).filter((server) => server !== undefined);
  return [...new Set(servers)].filter((server) => !isPlaceholder(server));
}
