/** Proxies as they are written down, and which of them a host goes by. */
export interface ProxyServer {
  kind: 'http' | 'socks';
  host: string;
  port: number;
  /** As it may be shown: a password in it is masked. */
  text: string;
}

/** The ways that are tried, one after the other; never empty. */
export type Way = readonly [Hop, ...Hop[]];
export type Hop = ProxyServer | 'DIRECT';

export const DIRECT: Way = ['DIRECT'];

export function hopText(hop: Hop): string {
  return hop === 'DIRECT' ? hop : hop.text;
}

const PROXY = /^(?:([a-z][a-z0-9]*):\/\/)?(?:([^\s/]*)@)?(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::(\d{1,5}))?\/*$/i;

/** `[scheme://][user:password@]host[:port]`; without a port 80, and 1080 with SOCKS. Undefined for anything else. */
export function parseProxy(written: string, as: ProxyServer['kind'] = 'http'): ProxyServer | undefined {
  const [, scheme = '', user, name, digits] = PROXY.exec(written.trim()) ?? [];
  if (name === undefined) return undefined;
  const kind = /^socks/i.test(scheme) ? 'socks' : as;
  const port = Number(digits ?? (kind === 'socks' ? 1080 : 80));
  if (port < 1 || port > 65535) return undefined;
  const mask = user === undefined ? '' : '***@';
  return { kind, host: name.replace(/^\[|\]$/g, ''), port, text: `${mask}${name}:${port}` };
}

/** Any text without what stands before its last `@`: a password may hold every sign that could end it. */
export function masked(text: string): string {
  return text.replace(/^([a-z]+:\/\/)?.*@/is, '$1***@');
}

/** A script's address as it may be shown: what follows the `?` may be a token. */
export function maskedUrl(written: string): string {
  const [address = ''] = masked(written).split(/[?#]/, 1);
  return address;
}

/** A proxy server as the settings have it: one for all, or a list by protocol; and what goes past it. */
export interface ManualProxy {
  server: string;
  bypass: string;
}

/** The way of `https://host/` by such settings. */
export function manualWay({ server, bypass }: ManualProxy, host: string): Way {
  if (bypass.split(/[;\s]+/).some((pattern) => passes(pattern, host))) return DIRECT;
  const entries = server.split(/[;\s]+/).filter(Boolean);
  const named = (protocol: string) =>
    entries.find((entry) => entry.toLowerCase().startsWith(`${protocol}=`))?.slice(protocol.length + 1);
  const general = named('https') ?? entries.find((entry) => !entry.includes('='));
  const socks = named('socks');
  const proxy = general ? parseProxy(general) : socks && parseProxy(socks, 'socks');
  return proxy ? [proxy] : DIRECT;
}

/** Lists and their signs: https://learn.microsoft.com/windows/win32/api/winhttp/ns-winhttp-winhttp_proxy_info */
function passes(written: string, host: string): boolean {
  const pattern = written
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/:443$/, '');
  if (pattern === '') return false;
  if (pattern === '<local>') return !host.includes('.');
  return fits(host.toLowerCase(), pattern);
}

/** `*` stands for anything. Looked for part by part: an expression with many of them would try countless ways. */
function fits(text: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length && text.endsWith(last);
}

const scriptWords: Readonly<Record<string, ProxyServer['kind']>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'http',
  SOCKS: 'socks',
  SOCKS4: 'socks',
  SOCKS5: 'socks',
};

/** What a script has answered, such as `PROXY a:8080; DIRECT`. Undefined when there is no way in it. */
export function scriptWay(answer: string): Way | undefined {
  if (answer.trim() === '') return DIRECT;
  const hops = answer.split(';').flatMap((each): Hop[] => {
    const [word = '', written = ''] = each.trim().split(/\s+/);
    if (word.toUpperCase() === 'DIRECT') return ['DIRECT'];
    const kind = scriptWords[word.toUpperCase()];
    const proxy = kind && parseProxy(written, kind);
    return proxy ? [proxy] : [];
  });
  const [first, ...others] = hops;
  return first === undefined ? undefined : [first, ...others];
}
