/** One HTTPS server, looked at layer by layer: name → connection → TLS → HTTP. Asks for `/` and reads the status only. */
import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Finding, MeaningOf } from '../../common/findings.ts';
import type { Route } from '../machine/machine.ts';

export type Evidence = Finding['evidence'];
export type ProbeFailure = Exclude<MeaningOf<'endpoints'>, 'reachable' | 'simulated' | 'not-looked'>;

type RealRoute = Extract<Route, { kind: 'direct' | 'connect-to' }>;

interface Layer {
  failure: ProbeFailure;
  name: 'nameMs' | 'connectMs' | 'tlsMs' | 'httpMs';
}
const layers = {
  name: { failure: 'name-not-found', name: 'nameMs' },
  connect: { failure: 'connection-failed', name: 'connectMs' },
  tls: { failure: 'tls-failed', name: 'tlsMs' },
  http: { failure: 'http-failed', name: 'httpMs' },
} as const satisfies Record<string, Layer>;

class LayerFailed extends Error {
  readonly failure: ProbeFailure;

  constructor(failure: ProbeFailure) {
    super(failure);
    this.failure = failure;
  }
}

/**
 * Looks at `host` on port 443. Gives no failure when an HTTP answer came, whatever its status; else the first
 * layer that failed. Evidence holds each layer's milliseconds, the address, TLS version, cipher and status.
 */
export async function probe(
  host: string,
  route: RealRoute,
  options: { timeout: number; signal: AbortSignal },
): Promise<{ failure: ProbeFailure | undefined; evidence: Evidence }> {
  const evidence: Evidence = {};
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeout)]);
  const sockets: Socket[] = [];
  const layer = <T>(which: Layer, work: Promise<T>) => timed(which, work, evidence, signal);
  try {
    const target = await layer(layers.name, resolve(host, route));
    evidence.address = target.address;
    const tcp = connectTcp({ host: target.address, port: target.port });
    sockets.push(tcp);
    await layer(layers.connect, once(tcp, 'connect'));
    const tls = connectTls({ socket: tcp, servername: host, ...(target.ca ? { ca: target.ca } : {}) });
    sockets.push(tls);
    await layer(layers.tls, once(tls, 'secureConnect'));
    Object.assign(evidence, { tls: tls.getProtocol(), cipher: tls.getCipher().name });
    evidence.status = await layer(layers.http, statusOf(host, tls));
    return { failure: undefined, evidence };
  } catch (error) {
    return { failure: error instanceof LayerFailed ? error.failure : 'http-failed', evidence };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function resolve(
  host: string,
  route: RealRoute,
): Promise<{ address: string; port: number; ca?: string }> {
  if (route.kind === 'connect-to') return route;
  const { address } = await lookup(host);
  return { address, port: 443 };
}

/** Times one layer; past the limit it failed as a timeout, else as its own kind, with the system's word for it. */
async function timed<T>(layer: Layer, work: Promise<T>, evidence: Evidence, signal: AbortSignal): Promise<T> {
  const begin = performance.now();
  const cut = new AbortController();
  try {
    const limit = new Promise<never>((_, reject) => {
      const stop = () => reject(new LayerFailed('connection-timed-out'));
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true, signal: cut.signal });
    });
    return await Promise.race([work, limit]);
  } catch (error) {
    if (error instanceof LayerFailed) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    evidence.error = (code ?? message).slice(0, 200);
    throw new LayerFailed(code === 'ETIMEDOUT' ? 'connection-timed-out' : layer.failure);
  } finally {
    cut.abort();
    work.catch(() => undefined);
    evidence[layer.name] = Math.round(performance.now() - begin);
  }
}

function once(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once(event, () => resolve());
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}

// Without an agent: any agent, `false` too, would open a connection of its own.
function statusOf(host: string, tls: TLSSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host, method: 'HEAD', path: '/', createConnection: () => tls }, (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}
