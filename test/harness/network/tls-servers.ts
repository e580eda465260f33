/** Servers on loopback that a check may meet: good ones, and ones that fail in each layer. */
import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import type { Certificates } from '../../stand-in/certificate.ts';
import { listening } from './listening.ts';

/** What a server shows of itself. */
type Shown = Pick<Certificates, 'cert' | 'key'>;

/** HTTPS as the handler has it, with TLS as the options have it. */
export function httpsServer({ cert, key }: Shown, handler: RequestListener, options: TlsOptions = {}) {
  const server = createHttps({ ...options, cert, key }, handler);
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

/** Plain HTTP as the handler has it. */
export const httpServer = (handler: RequestListener) => listening(createHttp(handler));

/** Answers each request with this status, once `ready` lets it. */
export function goodServer(
  certificates: Shown,
  status = 200,
  ready: () => Promise<void> = async () => undefined,
) {
  return httpsServer(certificates, async (_, response) => {
    await ready();
    response.writeHead(status).end();
  });
}

/** Speaks TLS, and then no HTTP. */
export function garbageServer(certificates: Shown, garbage: string) {
  const server = createTls(certificates, (socket) => {
    socket.on('error', () => undefined);
    socket.end(garbage);
  });
  return listening(server);
}

/** Where a server is that has no end, and the bytes that it could send until it was left. */
export interface Endless {
  address: string;
  ended: Promise<number>;
}

/** Answers each connection so: by TLS, or without certificates when something was asked. */
function speaking(certificates: Shown | undefined, speak: (socket: Socket) => void): Server {
  return certificates
    ? createTls(certificates, speak)
    : createTcp((socket) => void socket.once('data', () => speak(socket)));
}

/** Says `first` and then `more`, over and over, until the other side has had enough. */
export async function endlessServer(
  certificates: Shown | undefined,
  first: string | Buffer,
  more: string | Buffer,
): Promise<Endless> {
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  const server = speaking(certificates, (socket) => {
    const say = () => {
      while (!socket.destroyed && socket.write(more));
    };
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(socket.bytesWritten));
    socket.on('drain', say);
    socket.write(first);
    say();
  });
  return { address: await listening(server), ended };
}

/** Says `first`, and then `more` byte by byte, one every 20 ms: no pause is long, and the whole has no end. */
export async function drippingServer(
  certificates: Shown | undefined,
  first: string | Buffer,
  more: string,
): Promise<Endless> {
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  const server = speaking(certificates, (socket) => {
    let at = 0;
    const drip = setInterval(() => {
      socket.write(more[at % more.length] ?? '');
      at += 1;
    }, 20);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      resolve(at);
    });
    socket.write(first);
  });
  return { address: await listening(server), ended };
}

/** Says nothing, but wants to shake hands again, and again. */
export async function renegotiatingServer(certificates: Shown) {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let handshakes = 0;
  const server = createTls({ ...certificates, maxVersion: 'TLSv1.2' }, (socket) => {
    const again = () => {
      handshakes += 1;
      if (!socket.destroyed) socket.renegotiate({}, again);
    };
    // Node takes our own wish for the other side's, and complains.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    // Only who reads sees the other side's part.
    socket.resume();
    again();
  });
  return { address: await listening(server), handshakes: () => handshakes, ended };
}

/** Takes connections, lets the other side begin, and resets. */
export function resettingServer() {
  return listening(createTcp((socket) => void socket.once('data', () => socket.resetAndDestroy())));
}

/** Takes connections and says nothing, ever. */
export function silentServer() {
  return listening(createTcp(() => undefined));
}

/** Takes connections and closes them at once. */
export function closingServer() {
  return listening(createTcp((socket) => void socket.destroy()));
}

/** Speaks something that is no TLS. */
export function plainServer() {
  return listening(createTcp((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n')));
}

/** An address where nobody listens. */
export async function refusingAddress(): Promise<string> {
  const server = createTcp();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${address.port}`;
}
