/** The way to a server that a probe looks at: TCP by either family, then TLS, then the head of one answer. */
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { certificateProblem, trusting } from './certificate.ts';

/** Bytes; a server of Microsoft's gives no more before an answer's end, and nobody needs more. */
export const MOST_HEADERS = 16 * 1024;

/** Bytes of all heads together, interim ones too: the parser of Node counts no empty lines. */
const MOST_BEFORE = 16 * MOST_HEADERS;

/** Interim answers, `100 Continue` and its like; one may be of use, no end of them is not. */
const MOST_INTERIM = 10;

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** This PC's time when it asked and when the head had come, as Date.now() gives it. */
  asked: number;
  came: number;
}

/** One address of each family: a broken family then delays nothing, and nobody is asked twice. */
export function firstOfEach(addresses: readonly string[]): string[] {
  const families = [4, 6].map((family) => addresses.find((address) => isIP(address) === family));
  return families.filter((address) => address !== undefined);
}

/** The connection that comes first; when none does, the first address's error. Sockets are the caller's to destroy. */
export async function connectFirst(
  addresses: readonly string[],
  port: number,
  sockets: Socket[],
): Promise<Socket> {
  const attempts = addresses.map(async (host) => {
    const tcp = connectTcp({ host, port });
    sockets.push(tcp);
    await once(tcp, 'connect');
    return tcp;
  });
  return Promise.any(attempts).catch((error: unknown) => {
    throw error instanceof AggregateError ? error.errors[0] : error;
  });
}

/**
 * TLS over this connection; over another one, with whom Windows trusts as well, where Node's own authorities do not
 * know the certificate's. A refused certificate ends nothing, as its facts are wanted: ask for `authorized`.
 */
export async function secure(
  host: string,
  tcp: Socket,
  again: () => Promise<Socket>,
  extra: readonly string[],
): Promise<{ tls: TLSSocket; bySystem: boolean }> {
  const first = await handshake(host, tcp, trusting(extra));
  if (!isUnknown(first)) return { tls: first, bySystem: false };
  const second = await again()
    .then((socket) => handshake(host, socket, trusting(extra, true)))
    .catch(() => undefined);
  if (second === undefined || isUnknown(second)) return { tls: first, bySystem: false };
  return { tls: second, bySystem: true };
}

const isUnknown = (tls: TLSSocket) =>
  !tls.authorized && certificateProblem(String(tls.authorizationError)) === 'certificate-unknown';

async function handshake(host: string, socket: Socket, trust: SecureContext | undefined): Promise<TLSSocket> {
  const tls = connectTls({
    socket,
    servername: host,
    rejectUnauthorized: false,
    ...(trust ? { secureContext: trust } : {}),
  });
  try {
    await once(tls, 'secureConnect');
    return tls;
  } catch (error) {
    tls.destroy();
    throw error;
  }
}

function once(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once(event, () => resolve());
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}

/** Asks for `/` and reads the answer's head, never its body. */
export async function headOf(host: string, tls: TLSSocket): Promise<Answer> {
  const asked = Date.now();
  // Without an agent: any agent, `false` too, would open a connection of its own.
  const asking = request({
    host,
    method: 'HEAD',
    path: '/',
    maxHeaderSize: MOST_HEADERS,
    createConnection: () => tls,
  });
  const { statusCode: status = 0, headers } = await answerTo(asking);
  return { status, headers, asked, came: Date.now() };
}

/** Sends the request and gives the head of its answer; fails when there is none, and never waits for ever. */
export function answerTo(asking: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    limitHead(asking);
    // Stays: what comes after the answer must not end the host.
    asking.on('error', reject);
    asking.once('response', resolve);
    // All that is heard of a connection that is to speak another protocol (101).
    asking.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    asking.end();
  });
}

/** Ends a request that gets interim answers only, or line after line with nothing in it. */
export function limitHead(asking: ClientRequest): void {
  let interim = 0;
  asking.on('information', () => {
    interim += 1;
    if (interim > MOST_INTERIM) asking.destroy(new Error('no end of interim answers'));
  });
  asking.once('socket', (socket) => {
    let bytes = 0;
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BEFORE) asking.destroy(new Error('no end of a head'));
    };
    socket.on('data', count);
    asking.once('response', () => socket.off('data', count));
  });
}
