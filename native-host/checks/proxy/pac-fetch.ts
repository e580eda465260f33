/** Fetches a proxy script, by HTTP or from a file, with limits on time, size and redirects. */
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv4 } from 'node:net';
import { getCACertificates, rootCertificates } from 'node:tls';
import type { MeaningOf } from '../../../common/findings.ts';
import { toProblem } from '../../../common/problem.ts';
import type { Route } from '../../machine/machine.ts';
import { type CheckContext, limited } from '../check.ts';
import { answerTo, MOST_HEADERS } from '../endpoints/endpoint-connection.ts';
import { routeTo } from '../endpoints/endpoint-route.ts';

export type FetchedScript =
  | { script: string }
  /** It could not be tried, and why. */
  | { unknown: string }
  | {
      failure: Extract<MeaningOf<'proxy'>, `script-${string}`>;
      /** An HTTP status or the system's word. */
      error: string | number;
    };

const MOST_BYTES = 1_000_000;
const MOST_REDIRECTS = 3;

class ScriptFailed extends Error {
  readonly outcome: Exclude<FetchedScript, { script: string }>;

  constructor(outcome: ScriptFailed['outcome']) {
    super('failure' in outcome ? outcome.failure : outcome.unknown);
    this.outcome = outcome;
  }
}

/**
 * The script at an address, or why there is none, within the context's time. Where somebody in the network has named
 * the address, no `files`: Windows would show a server's folder who this person is.
 */
export async function fetchScript(
  address: string,
  context: CheckContext,
  files = true,
): Promise<FetchedScript> {
  try {
    const url = URL.parse(address);
    if (url === null) throw unreachable('no-address');
    const script = url.protocol === 'file:' && files ? fromFile(url, context) : byHttp(url, context);
    return { script: await script };
  } catch (error) {
    if (error instanceof ScriptFailed) return error.outcome;
    const { code } = error as NodeJS.ErrnoException;
    return unreachable(code ?? toProblem(error).kind).outcome;
  }
}

function unreachable(error: string | number): ScriptFailed {
  return new ScriptFailed({ failure: 'script-unreachable', error });
}

async function fromFile(url: URL, { machine, timeout, signal }: CheckContext): Promise<string> {
  const path = decodeURIComponent(url.pathname).replaceAll('/', '\\');
  const place = url.host === '' ? path.slice(1) : `\\\\${url.host}${path}`;
  // A server's folder may take its time.
  const text = await limited(machine.files.readText(place, MOST_BYTES), timeout, signal);
  if (text === undefined) throw unreachable('no-file');
  return text;
}

async function byHttp(begin: URL, context: CheckContext): Promise<string> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(context.timeout)]);
  let url = begin;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await get(url, { ...context, signal });
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if (status === 200) return await textOf(answer, signal);
    answer.destroy();
    if (status < 300 || status > 399 || location === undefined) throw unreachable(status);
    url = new URL(location, url);
  }
  throw unreachable('too-many-redirects');
}

async function get(url: URL, context: CheckContext): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw unreachable('no-http-address');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const route = await routeTo(context, url.hostname, port);
  if (route.kind === 'simulated') {
    throw route.fault === 'none' ? new ScriptFailed({ unknown: 'simulated' }) : unreachable(route.fault);
  }
  const target =
    route.kind === 'direct'
      ? { host: url.hostname.replace(/^\[|\]$/g, ''), port }
      : { host: route.address, port: route.port };
  const { signal } = context;
  const head = {
    path: url.pathname + url.search,
    headers: { host: url.host },
    agent: false,
    maxHeaderSize: MOST_HEADERS,
    signal,
  };
  const asking =
    url.protocol === 'https:'
      ? requestHttps({ ...target, ...head, servername: nameOf(url), ca: trusted(route, context) })
      : requestHttp({ ...target, ...head });
  let connected = false;
  asking.once('socket', (socket) =>
    socket.once('connect', () => {
      connected = true;
    }),
  );
  try {
    return await answerTo(asking);
  } catch (error) {
    asking.destroy();
    // Who takes the connection and then says nothing is slow.
    throw signal.aborted ? tooLate(connected ? 'script-slow' : 'script-unreachable') : error;
  }
}

/** The name that a certificate must have; TLS has none for an address. */
function nameOf({ hostname }: URL): string {
  return isIPv4(hostname) || hostname.startsWith('[') ? '' : hostname;
}

/** Windows trusts what is in its own store, which a company may have added to. */
function trusted(route: Route, { ca }: CheckContext): string[] {
  const given = [ca, route.kind === 'connect-to' ? route.ca : undefined].filter((each) => each !== undefined);
  return [...rootCertificates, ...getCACertificates('system'), ...given];
}

function tooLate(failure: 'script-slow' | 'script-unreachable'): ScriptFailed {
  return new ScriptFailed({ failure, error: 'timed-out' });
}

async function textOf(answer: IncomingMessage, signal: AbortSignal): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new ScriptFailed({ failure: 'script-broken', error: 'too-large' });
    }
  } catch (error) {
    throw signal.aborted ? tooLate('script-slow') : error;
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
