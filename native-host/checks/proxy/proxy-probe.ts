/** Whether a proxy answers, and lets this PC through: asks it for a connection to a host and closes it at once. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { CheckContext, Sight } from '../check.ts';
import { limitHead, MOST_HEADERS } from '../endpoints/endpoint-connection.ts';
import { routeTo } from '../endpoints/endpoint-route.ts';
import type { ProxyServer } from './proxy-address.ts';

export type ProbedProxy = Pick<Sight<'proxy'>, 'level' | 'meaning'> &
  Required<Pick<Sight<'proxy'>, 'evidence'>>;

type Target = { host: string; port: number };

/** Looks at one proxy by way of a host on port 443. Never fails, but for a machine that cannot say how to get there. */
export async function probeProxy(
  proxy: ProxyServer,
  host: string,
  context: CheckContext,
): Promise<ProbedProxy> {
  const route = await routeTo(context, proxy.host.toLowerCase(), proxy.port);
  if (route.kind === 'simulated') {
    if (route.fault !== 'none') return silent(route.fault);
    return { level: 'ok', meaning: 'used', evidence: { probe: 'simulated' } };
  }
  const target =
    route.kind === 'direct'
      ? { host: proxy.host, port: proxy.port }
      : { host: route.address, port: route.port };
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(context.timeout)]);
  try {
    return proxy.kind === 'socks' ? await reached(target, signal) : judged(await asked(target, host, signal));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return silent(signal.aborted ? 'ETIMEDOUT' : (code ?? message).slice(0, 200));
  }
}

function silent(error: string): ProbedProxy {
  return { level: 'fault', meaning: 'unreachable', evidence: { error } };
}

/** What a SOCKS proxy is asked next depends on its kind; that it is there can be seen without. */
function reached(target: Target, signal: AbortSignal): Promise<ProbedProxy> {
  const { promise, resolve, reject } = Promise.withResolvers<ProbedProxy>();
  const socket = connect({ ...target, signal });
  socket.once('connect', () => resolve({ level: 'ok', meaning: 'used', evidence: { protocol: 'SOCKS' } }));
  socket.once('error', reject);
  return promise.finally(() => socket.destroy());
}

function asked(target: Target, host: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const wanted = `${host}:443`;
  const call: ClientRequest = request({
    ...target,
    method: 'CONNECT',
    path: wanted,
    headers: { host: wanted },
    agent: false,
    maxHeaderSize: MOST_HEADERS,
    signal,
  });
  call.once('connect', (answer, socket) => {
    socket.destroy();
    resolve(answer);
  });
  limitHead(call);
  call.on('error', reject);
  call.end();
  return promise;
}

const LOGIN_REQUIRED = 407;
/** Windows answers these by itself, with the account that the person is signed in to it with. */
const byWindows = /^(?:Negotiate|NTLM|Kerberos)$/i;

function judged({ statusCode = 0, headers }: IncomingMessage): ProbedProxy {
  if (statusCode === LOGIN_REQUIRED) {
    const schemes = schemesIn([headers['proxy-authenticate'] ?? []].flat().join(', '));
    const level = schemes.some((scheme) => byWindows.test(scheme)) ? 'warning' : 'fault';
    const evidence = { status: statusCode, schemes: schemes.join(', ') };
    return { level, meaning: 'login-required', evidence };
  }
  const evidence = { status: statusCode };
  if (statusCode >= 200 && statusCode <= 299) return { level: 'ok', meaning: 'used', evidence };
  // 403 and its like are its own rules, 5xx that it cannot get there itself: by it, there is no way either way.
  return { level: 'fault', meaning: 'refused', evidence };
}

/** The schemes that we know by name: what else stands there may be anything. */
function schemesIn(challenges: string): string[] {
  const found = challenges.matchAll(/(?:^|,)\s*(Negotiate|NTLM|Kerberos|Digest|Basic)(?=[\s,]|$)(?!\s*=)/gi);
  return [...new Set([...found].map(([, scheme = '']) => scheme))];
}
