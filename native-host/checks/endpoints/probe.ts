/** One HTTPS server, looked at layer by layer: name → connection → TLS → HTTP. Asks for `/` and reads the head only. */
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Finding, MeaningOf } from '../../../common/findings.ts';
import { ProblemError } from '../../../common/problem.ts';
import type { Route } from '../../machine/machine.ts';
import {
  type CertificateFacts,
  certificateFacts,
  certificateProblem,
  isMatterOfTime,
} from './certificate.ts';
import { sortAddresses } from './endpoint-address.ts';
import { type Answer, connectFirst, firstOfEach, headOf, secure } from './endpoint-connection.ts';

export type Evidence = Finding['evidence'];
export type ProbeFailure = Exclude<
  MeaningOf<'endpoints'>,
  'reachable' | 'private-address' | 'simulated' | 'not-looked'
>;

type RealRoute = Extract<Route, { kind: 'direct' | 'connect-to' }>;

export interface ProbeOptions {
  /** Milliseconds for all layers together. */
  timeout: number;
  signal: AbortSignal;
  /** Authorities to trust besides, as PEM. */
  ca?: string | undefined;
  /** How names are looked up; as all programs of this PC do it unless said otherwise. */
  lookUp?: (host: string) => Promise<Pick<LookupAddress, 'address'>[]>;
}

export interface Probed {
  /** Undefined when an HTTP answer came, whatever its status; else the first layer that failed. */
  failure: ProbeFailure | undefined;
  /**
   * Milliseconds of each layer, addresses by family, TLS version, cipher, certificate and status, as far as it went;
   * where TLS failed, the bytes that came meanwhile.
   */
  evidence: Evidence;
  /** What the server showed, accepted or not. */
  certificate?: CertificateFacts;
  answer?: Answer;
}

interface Layer {
  failure: ProbeFailure;
  /** What it is when the time is over. */
  late: ProbeFailure;
  name: 'nameMs' | 'connectMs' | 'tlsMs' | 'httpMs';
}
const late = 'connection-timed-out';
const layers = {
  // Who does not know a name may as well say nothing.
  name: { failure: 'name-not-found', late: 'name-not-found', name: 'nameMs' },
  connect: { failure: 'connection-failed', late, name: 'connectMs' },
  tls: { failure: 'tls-failed', late, name: 'tlsMs' },
  http: { failure: 'http-failed', late, name: 'httpMs' },
} as const satisfies Record<string, Layer>;

class LayerFailed extends Error {
  readonly failure: ProbeFailure;

  constructor(failure: ProbeFailure) {
    super(failure);
    this.failure = failure;
  }
}

/** Looks at `host` on port 443. Fails with `cancelled` when the signal aborts, and with nothing else. */
export async function probe(host: string, route: RealRoute, options: ProbeOptions): Promise<Probed> {
  const probed: Probed = { failure: undefined, evidence: {} };
  const sockets: Socket[] = [];
  try {
    await throughLayers(host, route, options, probed, sockets);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // A certificate that was refused weighs more than what came after it.
    probed.failure ??= error instanceof LayerFailed ? error.failure : 'http-failed';
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  return probed;
}

async function throughLayers(
  host: string,
  route: RealRoute,
  options: ProbeOptions,
  probed: Probed,
  sockets: Socket[],
): Promise<void> {
  const { evidence } = probed;
  const stop = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeout)]);
  const layer = <T>(which: Layer, work: Promise<T>) => timed(which, work, evidence, stop, options.signal);
  const { addresses, port } = await layer(layers.name, resolve(host, route, options, evidence));
  const tcp = await layer(layers.connect, connectFirst(addresses, port, sockets));
  const { remoteAddress: address = '' } = tcp;
  evidence.address = address;
  const extra = [route.kind === 'connect-to' ? route.ca : undefined, options.ca].filter(
    (ca) => ca !== undefined,
  );
  const again = async () => {
    stop.throwIfAborted();
    return connectFirst([address], port, sockets);
  };
  const securing = layer(layers.tls, secure(host, tcp, again, extra));
  const { tls, bySystem } = await securing.catch((error: unknown) => {
    evidence.tlsBytes = tcp.bytesRead;
    throw error;
  });
  if (bySystem) evidence.trust = 'system';
  describe(tls, probed);
  if (!tls.authorized) {
    const code = String(tls.authorizationError);
    evidence.error = code.slice(0, 200);
    probed.failure = certificateProblem(code);
    // Nothing secret is asked or told, and the answer's date says whether it is this PC's clock that is wrong.
    if (!isMatterOfTime(probed.failure)) return;
  }
  probed.answer = await layer(layers.http, headOf(host, tls));
  evidence.status = probed.answer.status;
}

function describe(tls: TLSSocket, probed: Probed): void {
  Object.assign(probed.evidence, { tls: tls.getProtocol(), cipher: tls.getCipher().name });
  const certificate = certificateFacts(tls);
  if (!certificate) return;
  probed.certificate = certificate;
  const { subject, issuer, from, expires, chain } = certificate;
  Object.assign(probed.evidence, { subject, issuer, from, expires, chain });
}

/** Fails with the layer that addresses which lead nowhere stand for. */
async function resolve(
  host: string,
  route: RealRoute,
  { lookUp = (name) => lookup(name, { all: true }) }: ProbeOptions,
  evidence: Evidence,
): Promise<{ addresses: string[]; port: number }> {
  if (route.kind === 'connect-to') {
    const { address, port } = route;
    const addresses = isIP(address) ? [address] : (await lookUp(address)).map((found) => found.address);
    return { addresses: firstOfEach(addresses), port };
  }
  const all = (await lookUp(host)).map(({ address }) => address);
  if (all.length === 0) throw new LayerFailed('name-not-found');
  const found = sortAddresses(all);
  Object.assign(evidence, { v4: found.v4.length, v6: found.v6.length });
  if (found.private > 0) evidence.private = found.private;
  if (found.sinkholed > 0) evidence.sinkholed = found.sinkholed;
  if (found.sinkholed > 0 && found.sinkholed === all.length) {
    evidence.address = all[0] ?? null;
    throw new LayerFailed('sinkholed');
  }
  return { addresses: firstOfEach([...found.v4, ...found.v6]), port: 443 };
}

/**
 * Times one layer; past the limit it failed late, else as its own kind, with the system's word for it. Fails with
 * `cancelled` when it is the caller who stops.
 */
async function timed<T>(
  layer: Layer,
  work: Promise<T>,
  evidence: Evidence,
  stop: AbortSignal,
  cancel: AbortSignal,
): Promise<T> {
  const begin = performance.now();
  const done = new AbortController();
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const end = () => reject(cancel.aborted ? new ProblemError('cancelled') : new LayerFailed(layer.late));
  if (stop.aborted) end();
  else stop.addEventListener('abort', end, { once: true, signal: done.signal });
  try {
    return await Promise.race([work, limit]);
  } catch (error) {
    if (error instanceof LayerFailed || error instanceof ProblemError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    evidence.error = (code ?? message).slice(0, 200);
    throw new LayerFailed(code === 'ETIMEDOUT' ? layer.late : layer.failure);
  } finally {
    done.abort();
    work.catch(() => undefined);
    evidence[layer.name] = Math.round(performance.now() - begin);
  }
}
