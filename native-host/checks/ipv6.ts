/**
 * Whether IPv6 works where this PC has it: an app that tries it first waits in vain when packets vanish. Looked at by
 * a connection to the sign-in host, as by IPv4 for comparison.
 */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { BlockList, connect, isIPv6 } from 'node:net';
import { clouds } from '../../common/clouds.ts';
import type { Route } from '../machine/machine.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { routeTo } from './endpoints/endpoint-route.ts';

/** Milliseconds for a connection, and the share of the whole check's time that it may take at most. */
const PATIENCE = 2000;
const SHARE = 0.5;

export const ipv6: Check = {
  id: 'ipv6',
  look: (context) => [looked('ipv6', context, () => see(context))],
};

export interface Target {
  address: string;
  port: number;
}

async function see(context: CheckContext): Promise<Sight<'ipv6'>[]> {
  const { machine, cloud = 'worldwide' } = context;
  const own = await machine.addresses();
  if (!own.some(isGlobal)) return [{ level: 'ok', meaning: 'unused' }];
  const [host = ''] = clouds[cloud].signIn;
  const route = await routeTo(context, host);
  if (route.kind === 'simulated') return [notTried('simulated')];
  return [await compare(await targetsOf(host, route), context)];
}

/** Addresses of the internet, without Teredo and 6to4: Windows makes those itself, and takes IPv4 before them. */
function isGlobal(address: string): boolean {
  if (!isIPv6(address)) return false;
  const inside = (net: string, bits: number) => {
    const list = new BlockList();
    list.addSubnet(net, bits, 'ipv6');
    return list.check(address, 'ipv6');
  };
  return inside('2000::', 3) && !inside('2001::', 32) && !inside('2002::', 16);
}

async function targetsOf(host: string, route: Exclude<Route, { kind: 'simulated' }>): Promise<Target[]> {
  if (route.kind === 'connect-to') return [{ address: route.address, port: route.port }];
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => ({ address, port: 443 }));
}

/** Connects by both families at once. Where neither gets through, IPv6 is not what is the matter. */
export async function compare(
  targets: readonly Target[],
  { timeout, signal }: Pick<CheckContext, 'timeout' | 'signal'>,
): Promise<Sight<'ipv6'>> {
  const six = targets.find(({ address }) => isIPv6(address));
  const four = targets.find(({ address }) => !isIPv6(address));
  if (six === undefined) return notTried('no-address');
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.min(PATIENCE, timeout * SHARE))]);
  const [bySix, byFour] = await Promise.all([
    connection(six, limit),
    four === undefined ? 'no-address' : connection(four, limit),
  ]);
  if (bySix === 'connected') return { level: 'ok', meaning: 'fine', evidence: { address: six.address } };
  if (byFour !== 'connected') return notTried('no-connection');
  return { level: 'warning', meaning: 'broken', evidence: { address: six.address, error: bySix } };
}

function notTried(error: string): Sight<'ipv6'> {
  return { level: 'unknown', meaning: 'not-looked', evidence: { error } };
}

/** `connected`, or the system's word for why not. */
async function connection({ address, port }: Target, signal: AbortSignal): Promise<string> {
  const socket = connect({ host: address, port });
  try {
    await once(socket, 'connect', { signal });
    return 'connected';
  } catch (error) {
    return signal.aborted ? 'ETIMEDOUT' : ((error as NodeJS.ErrnoException).code ?? 'failed');
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
