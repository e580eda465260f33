/** Proxies and servers of proxy scripts on loopback: good ones, and ones that fail in their own ways. */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcp, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { listening } from './listening.ts';

export interface RunningProxy {
  address: string;
  /** What it was asked to connect to, and with what headers. */
  asked: { target: string | undefined; headers: Record<string, unknown> }[];
}

/** A proxy that answers each CONNECT so; with schemes, it wants a password by one of them. */
export async function proxyServer(status = 200, schemes: readonly string[] = []): Promise<RunningProxy> {
  const asked: RunningProxy['asked'] = [];
  const server = createServer((_, response) => response.writeHead(400).end());
  server.on('connect', ({ url, headers }, socket) => {
    asked.push({ target: url, headers });
    const wanted = schemes.map((scheme) => `Proxy-Authenticate: ${scheme}\r\n`).join('');
    socket.write(`HTTP/1.1 ${status} as told\r\n${wanted}Content-Length: 0\r\n\r\n`);
  });
  return { address: await listening(server), asked };
}

/** Serves whatever `answer` gives, on each path. */
export function scriptServer(answer: RequestListener | string): Promise<string> {
  const listener: RequestListener =
    typeof answer === 'string' ? (_, response) => response.end(answer) : answer;
  return listening(createServer(listener));
}

/** Takes what is asked and does as `answer` says, which need not be HTTP. */
export function rawServer(answer: (socket: Socket) => void): Promise<string> {
  return listening(createTcp((socket) => void socket.once('data', () => answer(socket))));
}

/** For `rawServer`: an answer of headers alone. */
export function endlessHeaders(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n');
  Readable.from(headers()).pipe(socket);
}

function* headers() {
  for (;;) yield `X-More: ${'x'.repeat(1000)}\r\n`;
}

/** For `scriptServer`: an answer that never ends. */
export function endlessBody(_: unknown, response: ServerResponse): void {
  Readable.from(filler()).pipe(response);
}

function* filler() {
  for (;;) yield ' '.repeat(65_536);
}
