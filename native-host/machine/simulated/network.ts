/** How hosts are reached on a simulated PC: by a check itself, and by Windows' own HTTP stack. */
import type { Route, WindowsAnswer } from '../machine.ts';
import { ADDRESS, type SimulatedPc } from './schema.ts';
import { asAnswer, type WindowsEnd } from './windows-answer.ts';

function named<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.entries(record).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** How a check reaches a host. */
export function routeOf({ network }: SimulatedPc, name: string): Route {
  const host = named(network.hosts, name);
  const [, ipv6, ipv4, port] = ADDRESS.exec(host?.connectTo ?? '') ?? [];
  const address = ipv6 ?? ipv4;
  if (address === undefined) return { kind: 'simulated', fault: host?.fault ?? network.default };
  const ca = host?.ca === undefined ? {} : { ca: host.ca };
  return { kind: 'connect-to', address, port: Number(port), ...ca };
}

type Fault = Extract<Route, { kind: 'simulated' }>['fault'];

const ends: Record<Fault, WindowsEnd> = {
  none: 'answered',
  'name-not-found': 'name-not-found',
  'connection-failed': 'connection-failed',
  'tls-failed': 'secure-channel-failed',
};

/** What Windows' stack says of a host: as listed, else what the host's fault makes of it. */
export function windowsAnswerOf(pc: SimulatedPc, name: string): WindowsAnswer {
  const own = named(pc.network.windows, name);
  if (own) return asAnswer(own);
  const route = routeOf(pc, name);
  // A server that is really there can be reached by a check, but Windows is not here.
  return asAnswer({ end: route.kind === 'simulated' ? ends[route.fault] : 'not-here' });
}
