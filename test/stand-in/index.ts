/**
 * The project's own stand-in for login.microsoftonline.com, www.office.com and their siblings and neighbours: one
 * HTTPS server on loopback that tells them apart by the Host header. Browsers are sent here by resolver rules.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type Certificates, makeCertificates } from './certificate.ts';
import { cookiePages } from './cookies.ts';
import { type Answer, type Asked, ask } from './exchange.ts';
import type { PageOptions } from './layout.ts';
import { office, officeHosts } from './office.ts';
import { signInService } from './sign-in-service.ts';
import type { AnswerKind, State, Verdict } from './state.ts';

export type { AnswerKind, Verdict } from './state.ts';

export interface StandInOptions {
  /** Whether sign-in works now; asked again by every sign-in. */
  verdict: () => Promise<Verdict>;
  port?: number;
  /** More names for the certificate; they answer any request with an empty page. */
  hosts?: readonly string[];
  language?: Pick<PageOptions, 'lang' | 'dir'>;
  /** How late a slow page's body comes, in milliseconds. */
  slowness?: number;
}

interface RequestRecord {
  time: string;
  method: string;
  host: string;
  /** With its query. */
  path: string;
  /** Absent until answered, and for ever after a reset. */
  status?: number;
}

export interface StandIn {
  readonly port: number;
  /** PEM: what a client must trust; and what the server shows and holds. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** What was asked, in order. */
  readonly requests: readonly RequestRecord[];
  /** How the next authorization request that has no answer yet is answered, whatever the verdict. */
  next(kind: AnswerKind, code?: string): void;
  close(): Promise<void>;
}

const loginHosts = [
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'login.live.com',
];
/** Other sites beside them, whose cookies are nobody's business, and the place of the pages' scripts. */
const neighbours = ['mail.live.com', 'www.microsoft.com', 'outlook.office.com', 'aadcdn.msauth.net'];

/** All of Microsoft's names that browsers are to be sent here for. */
export const standInHosts: readonly string[] = [...loginHosts, ...officeHosts, ...neighbours];

function respond(asked: Asked, state: State): Promise<Answer> | Answer {
  if (asked.url.pathname === '/favicon.ico') return { status: 204, headers: {}, body: '' };
  const cookies = cookiePages(asked);
  if (cookies) return cookies;
  if (loginHosts.includes(asked.host)) return signInService(asked, state);
  if (officeHosts.includes(asked.host)) return office(asked, state);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: '' };
}

function send(response: ServerResponse, answer: Answer, slowness: number): void {
  response.writeHead(answer.status, answer.headers);
  if (answer.misbehave !== 'slow') {
    response.end(answer.body);
    return;
  }
  response.flushHeaders();
  const timer = setTimeout(() => response.end(answer.body), slowness);
  response.once('close', () => clearTimeout(timer));
}

/** A server whose connections can be reset: a TLS socket cannot, but the TCP socket under it can. */
function createResettableServer(
  { key, cert }: Certificates,
  serve: (request: IncomingMessage, response: ServerResponse, reset: () => void) => Promise<void>,
): Server {
  const sockets = new Map<number | undefined, Socket>();
  const server = createServer({ key, cert }, (request, response) => {
    const reset = () => void sockets.get(request.socket.remotePort)?.resetAndDestroy();
    serve(request, response, reset).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`The stand-in itself failed: ${String(error)}\n`);
    });
  });
  return server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
}

/** Starts the stand-in on 127.0.0.1. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { verdict, port = 0, hosts = [], language = {}, slowness = 3_000 } = options;
  const certificates = await makeCertificates([...standInHosts, ...hosts]);
  const state: State = {
    verdict,
    waiting: [],
    codes: new Set(),
    sessions: new Set(),
    resets: new Set(),
    language,
  };
  const requests: RequestRecord[] = [];

  const server = createResettableServer(certificates, async (request, response, reset) => {
    const asked = await ask(request);
    const { method, host, url } = asked;
    const record: RequestRecord = {
      time: new Date().toISOString(),
      method,
      host,
      path: url.pathname + url.search,
    };
    requests.push(record);
    const answer = await respond(asked, state);
    if (answer.misbehave === 'reset') return reset();
    record.status = answer.status;
    send(response, answer, slowness);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    ...certificates,
    requests,
    next: (kind, code) => state.waiting.push(code === undefined ? { kind } : { kind, code }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
