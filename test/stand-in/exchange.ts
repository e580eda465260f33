/** A request as the stand-in's hosts see it, and their answer. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { PageOptions } from './layout.ts';

export interface Asked {
  method: string;
  /** Host name without port. */
  host: string;
  url: URL;
  /** A form's fields; empty for other requests. */
  form: URLSearchParams;
  cookies: Map<string, string>;
  /** `https://name`, with the port where the request's own Host had one. */
  origin: (host: string) => string;
}

export interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
  /** Headers at once, the body late; or no answer but a reset. */
  misbehave?: 'slow' | 'reset';
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

function cookiesOf(request: IncomingMessage): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/).filter(Boolean);
  return new Map(pairs.map((pair) => [pair.replace(/=.*/s, ''), pair.replace(/^[^=]*=?/, '')]));
}

/** Reads a request whole. */
export async function ask(request: IncomingMessage): Promise<Asked> {
  const [, host = '', port = ''] = /^([^:]*)(:\d+)?$/.exec(request.headers.host ?? '') ?? [];
  return {
    method: request.method ?? 'GET',
    host: host.toLowerCase(),
    url: new URL(request.url ?? '/', `https://${host || 'localhost'}`),
    form: new URLSearchParams(request.method === 'POST' ? await bodyOf(request) : ''),
    cookies: cookiesOf(request),
    origin: (name) => `https://${name}${port}`,
  };
}

/** A redirect. */
export function redirect(to: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status: 302, headers: { location: to, 'cache-control': 'no-store', ...headers }, body: '' };
}

/**
 * The sign-in service's kind of policy: inline code only with the nonce, code from its content network alone
 * (https://learn.microsoft.com/entra/identity-platform/content-security-policy), forms to itself and its apps.
 */
function policy(nonce: string, formTargets: readonly string[]): string {
  const network = 'https://*.msauth.net https://*.msftauth.net';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${network}`,
    `style-src 'nonce-${nonce}' ${network}`,
    `img-src 'self' data: ${network}`,
    "connect-src 'self'",
    `form-action 'self' ${formTargets.join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Renders a page with a nonce and ids of its own, and sends it as the sign-in service would. */
export function pageAnswer(
  asked: Asked,
  formTargets: readonly string[],
  render: (options: PageOptions) => string,
  language: Pick<PageOptions, 'lang' | 'dir'> = {},
): Answer {
  const nonce = randomBytes(16).toString('base64url');
  const sessionId = randomUUID();
  const body = render({
    ...language,
    nonce,
    sessionId,
    correlationId: asked.url.searchParams.get('client-request-id') ?? randomUUID(),
    time: new Date().toISOString(),
    origin: asked.origin,
    request: asked.form.get('request') ?? asked.url.searchParams.toString(),
  });
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'content-security-policy': policy(nonce, formTargets),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-ms-request-id': sessionId,
  };
  return { status: 200, headers, body };
}
