/** A small browser: real HTTPS to the stand-in with its authority trusted, cookies, redirects, self-sending forms. */
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import type { StandIn } from './index.ts';

export interface Visit {
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** Addresses that it was led through, the last one included. */
  way: string[];
}

type Reply = Pick<Visit, 'status' | 'headers' | 'body'>;

/** The `$Config` of a page of the sign-in service. */
export function configOf({ body }: Pick<Visit, 'body'>): Record<string, unknown> {
  const json = /\$Config=(\{.*\});$/m.exec(body)?.[1];
  return JSON.parse(json ?? 'null');
}

/** The address and fields of a page's form. */
export function formOf({ body }: Pick<Visit, 'body'>): { action: string; fields: URLSearchParams } {
  const plain = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  const inputs = body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const fields = [...inputs].map(
    ([, name = '', value = '']) => [plain(name), plain(value)] as [string, string],
  );
  return {
    action: plain(/<form [^>]*action="([^"]*)"/.exec(body)?.[1] ?? ''),
    fields: new URLSearchParams(fields),
  };
}

export class Visitor {
  readonly #standIn: StandIn;
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(standIn: StandIn) {
    this.#standIn = standIn;
  }

  /** One request; nothing is followed. */
  ask(address: string | URL, form?: URLSearchParams): Promise<Reply> {
    const url = new URL(address);
    const jar = this.#cookies.get(url.hostname) ?? new Map<string, string>();
    this.#cookies.set(url.hostname, jar);
    return new Promise((resolve, reject) => {
      const outgoing = request({
        host: '127.0.0.1',
        port: this.#standIn.port,
        ca: this.#standIn.ca,
        servername: url.hostname,
        agent: false,
        method: form ? 'POST' : 'GET',
        path: url.pathname + url.search,
        headers: {
          host: url.host,
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      });
      outgoing.once('error', reject);
      outgoing.once('response', async (response) => {
        try {
          for (const cookie of response.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
            if (/Max-Age=0/.test(cookie)) jar.delete(name);
            else jar.set(name, value);
          }
          let body = '';
          for await (const chunk of response.setEncoding('utf8')) body += chunk;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        } catch (error) {
          reject(error as Error);
        }
      });
      outgoing.end(form?.toString());
    });
  }

  /** Goes to an address as a browser does, as far as `limit` requests lead. */
  async go(address: string | URL, form?: URLSearchParams, limit = 20): Promise<Visit> {
    let url = new URL(address);
    let fields = form;
    const way: string[] = [];
    for (;;) {
      way.push(url.origin + url.pathname);
      const reply = await this.ask(url, fields);
      const sent = reply.body.includes('document.forms[0].submit()') ? formOf(reply) : undefined;
      const next = reply.headers.location ?? sent?.action;
      if (next === undefined || way.length >= limit) return { url, ...reply, way };
      url = new URL(next, url);
      fields = sent?.fields;
    }
  }
}
