/**
 * Servers of a world, in a process of their own as it lives in their namespace: `node servers.ts JSON` listens, says
 * `ready` and goes on until it is ended.
 */
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import * as v from 'valibot';

interface Shown {
  cert: string;
  key: string;
}

const MEGABYTE = ' '.repeat(1024 * 1024);
const HOUR = 3_600_000;

const good: RequestListener = (_, response) => void response.end('fine');

/** HTTPS as the options have it. */
const https =
  (options: TlsOptions = {}, listener = good) =>
  (shown: Shown): Server =>
    createHttps({ ...shown, ...options }, listener).on('tlsClientError', () => undefined);

/** Does something with each connection once the other side has said something. */
const raw = (answer: (socket: Socket) => void) => (): Server =>
  createTcp((socket) => void socket.once('data', () => answer(socket)));

/** Speaks TLS, then this over and over. */
const endless = (first: string, more: string) => (shown: Shown) =>
  createTls(shown, (socket) => {
    socket.on('error', () => undefined);
    socket.write(first);
    Readable.from(forever(more)).pipe(socket);
  });

function* forever(text: string) {
  for (;;) yield text;
}

const dated =
  (offset: number): RequestListener =>
  (_, response) => {
    response.setHeader('date', new Date(Date.now() + offset).toUTCString());
    response.end();
  };

const toItself: RequestListener = ({ url, headers }, response) =>
  void response.writeHead(302, { location: `//${headers.host}${url}` }).end();

function tenMegabytes(_: unknown, response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 10 * MEGABYTE.length });
  Readable.from(Array(10).fill(MEGABYTE)).pipe(response);
}

const httpsBehaviours = {
  good: https(),
  // OpenSSL has these at its lowest level only.
  'tls-1.1': https({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
  'tls-1.3': https({ minVersion: 'TLSv1.3' }),
  'no-shared-cipher': https({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0' }),
  'hour-off': https({}, dated(-HOUR)),
  'minutes-off': https({}, dated(HOUR / 20)),
  resets: raw((socket) => void socket.resetAndDestroy()),
  silent: raw(() => undefined),
  garbage: raw((socket) => void socket.end(Buffer.alloc(4096, 0xa5))),
  'plain-http': raw((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n')),
  'garbage-in-tls': endless('\0\x07SSH-2.0-', '\xfe\xff'),
  'endless-headers': endless('HTTP/1.1 200 OK\r\n', `X-More: ${'x'.repeat(1000)}\r\n`),
  'endless-interim': endless('', 'HTTP/1.1 102 Processing\r\n\r\n'),
  'ten-megabytes': https({}, tenMegabytes),
  'redirect-loop': https({}, toItself),
} satisfies Record<string, (shown: Shown) => Server>;

const pageBehaviours = {
  good: (_, response) => void response.end('Microsoft Connect Test'),
  'redirect-loop': toItself,
  'ten-megabytes': tenMegabytes,
} satisfies Record<string, RequestListener>;

const WAY = 'PROXY proxy.corp.example:3128';
const script =
  (text: string): RequestListener =>
  (_, response) =>
    void response.end(text);

const scriptBehaviours = {
  good: script(`function FindProxyForURL(url, host) {
    return dnsResolve('proxy.corp.example') ? '${WAY}' : 'DIRECT';
  }`),
  broken: script(`function FindProxyForURL(url, host) { return '${WAY}'`),
  endless: script('function FindProxyForURL() { for (;;); }'),
  silent: () => undefined,
  missing: (_, response) => void response.writeHead(404).end(),
  'redirect-loop': toItself,
  'ten-megabytes': tenMegabytes,
} satisfies Record<string, RequestListener>;

export type HttpsBehaviour = keyof typeof httpsBehaviours;
export type PageBehaviour = keyof typeof pageBehaviours;
export type ScriptBehaviour = keyof typeof scriptBehaviours;

const keys = <K extends string>(record: Record<K, unknown>) => Object.keys(record) as [K, ...K[]];

const ToServe = v.union([
  v.strictObject({
    serve: v.literal('microsoft'),
    https: v.picklist(keys(httpsBehaviours)),
    page: v.picklist(keys(pageBehaviours)),
    /** Files. */
    cert: v.string(),
    key: v.string(),
  }),
  v.strictObject({ serve: v.literal('company'), script: v.picklist(keys(scriptBehaviours)) }),
]);

export type ToServe = v.InferOutput<typeof ToServe>;

/** `/proxy.pac`; asked for anything else, it is the portal of a captive network. */
function companyPages(behaviour: ScriptBehaviour): RequestListener {
  const serveScript: RequestListener = scriptBehaviours[behaviour];
  return (request, response) => {
    if (request.url === '/proxy.pac') return serveScript(request, response);
    response.writeHead(302, { location: 'http://portal.corp.example/welcome' }).end();
  };
}

function listening(server: Server, port: number): Promise<void> {
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '::', resolve);
  });
}

async function serve(wanted: ToServe): Promise<void> {
  if (wanted.serve === 'company') {
    await listening(createHttp(companyPages(wanted.script)), 80);
  } else {
    const shown = { cert: readFileSync(wanted.cert, 'utf8'), key: readFileSync(wanted.key, 'utf8') };
    await listening(createHttp(pageBehaviours[wanted.page]), 80);
    await listening(httpsBehaviours[wanted.https](shown), 443);
  }
  console.log('ready');
}

await serve(v.parse(ToServe, JSON.parse(process.argv[2] ?? '')));
