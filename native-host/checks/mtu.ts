/**
 * Whether large packets get through, told by what the endpoints check sees. A connection begins with small packets;
 * who is greeted by TLS sends packets as large as the network is said to carry. Where a router or VPN loses these and
 * the word that says so as well, nothing comes any more: a black hole (RFC 2923, 2.1). One server may be filtered by
 * its name; so it takes two that fall silent, and none that does not.
 */
import type { Adapter } from '../machine/machine.ts';
import { type Check, type CheckContext, limited, looked, type Sight } from './check.ts';
import { endpointsOf } from './endpoints/endpoint-list.ts';
import { type SeenHost, seeHost } from './endpoints/endpoints.ts';

/** Bytes of data that fit into a packet which every network carries (RFC 9293, 3.7.1). */
const SMALL = 536;
/** Silence is told from a slow way by how long a connection took, times this. */
const PATIENCE = 4;
const FEWEST = 2;
/** Milliseconds more than the servers have, which keep the limit themselves. */
const GRACE = 1000;

export const mtu: Check = {
  id: 'mtu',
  look: (context) => [looked('mtu', { ...context, timeout: context.timeout + GRACE }, () => see(context))],
};

async function see(context: CheckContext): Promise<Sight<'mtu'>[]> {
  const { cloud = 'worldwide', hosts = endpointsOf(cloud) } = context;
  const adapter = wayOut(context);
  const looks = hosts.map(async ({ host }) => ({ host, seen: await seeHost(host, context) }));
  const through = looks.map(async (look) => {
    const { seen } = await look;
    if (!carriesMuch(seen)) throw new Error('silent');
  });
  // The first that carries much settles it; nobody waits for the others.
  const isFine = await Promise.any(through).then(
    () => true,
    () => false,
  );
  if (isFine) return [{ level: 'ok', meaning: 'fine' }];
  const settled = await Promise.allSettled(looks);
  const silent = settled.flatMap((look) =>
    look.status === 'fulfilled' && fallsSilent(look.value.seen) ? [look.value.host] : [],
  );
  if (silent.length < FEWEST) return [{ level: 'unknown', meaning: 'not-looked' }];
  const evidence = { hosts: silent.join(', ').slice(0, 500), ...(await adapter) };
  return [{ level: 'fault', meaning: 'large-packets-lost', evidence }];
}

/** A server's certificate alone is more than one packet. */
function carriesMuch(seen: SeenHost): boolean {
  if (seen.kind === 'simulated') return seen.fault === 'none';
  const { tls, tlsBytes } = seen.evidence;
  return tls !== undefined || Number(tlsBytes ?? 0) > SMALL;
}

/** Connected, and then nothing until the time was over; a first short word of TLS may still have come. */
function fallsSilent(seen: SeenHost): boolean {
  if (seen.kind === 'simulated' || seen.failure !== 'connection-timed-out') return false;
  const { connectMs, tlsMs, tlsBytes } = seen.evidence;
  if (tlsBytes === undefined || Number(tlsBytes) > SMALL) return false;
  return Number(tlsMs) > PATIENCE * Number(connectMs);
}

/** The adapter that leads to the internet; nothing where that cannot be told. */
function wayOut({ machine, timeout, signal }: CheckContext): Promise<Sight<'mtu'>['evidence']> {
  const found = (adapters: readonly Adapter[]) => {
    const way = adapters.find(({ defaultRoute }) => defaultRoute);
    return way && { adapter: way.name.slice(0, 200), mtu: way.mtu ?? null, vpn: way.vpn ? 'yes' : 'no' };
  };
  return limited(machine.adapters(), timeout, signal).then(found, () => undefined);
}
