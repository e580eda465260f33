/** How names are shortened in a text: `jane@contoso.example` is `j…@c….example`, whoever wrote it and wherever. */

export interface Masking {
  /** All names, addresses and folders in a text. */
  text: (text: string) => string;
  /** A whole name: its first letter, and a number where another begins with the same. */
  name: (name: string) => string;
  /** A host: as it is where it is Microsoft's own, else its first letter and its last part. */
  host: (host: string) => string;
}

/** Microsoft's own domains, where people sign in or have their mail: below them no part names an organisation. */
const microsoft =
  /(?:^|\.)(?:(?:microsoft|microsoftonline(?:-p)?|microsoft365|office|office365|windows|live|outlook|hotmail|onedrive|skype)\.com|(?:windows|office|msauth|msftauth)\.net|(?:microsoftonline|office365)\.us|partner\.microsoftonline\.cn|chinacloudapi\.cn|(?:msftconnecttest|msftncsi)\.com|microsoft)$/i;

/** The organisation's part in the hosts that Microsoft gives to each. */
const TENANT_HOST =
  /(?<![\p{L}\p{N}.-])([a-z\d](?:[a-z\d-]*?[a-z\d])?)(-(?:my|admin|public))?(\.(?:mail\.)?onmicrosoft\.(?:com|us|cn|de)|\.sharepoint(?:-df|-mil)?\.(?:com|us|cn|de)|\.b2clogin\.com|\.ciamlogin\.com)(?![\p{L}\p{N}])/giu;
const EMAIL = /([\p{L}\p{N}._%+*…#'-]+)@((?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,})/gu;
const UUID = /(?<![\da-z])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-z])/gi;
/** A user's folder on Windows, or where the simulated PC runs; and what is below it. */
const USER_FOLDER =
  /((?:[A-Z]:[\\/]{1,2}(?:Users|Documents and Settings)[\\/]{1,2})|(?<![\w.])\/(?:home|Users)\/)([^\\/:*?"<>|\r\n,;()]+)(?:([\\/]{1,2})([^:*?"<>|\r\n;]*))?/gi;
/** Where programs keep their own things: that says something to a technician, and nothing of a person. */
const OF_PROGRAMS = /^AppData\b/i;
/** The organisation in the name of its OneDrive's folder. */
const ONEDRIVE_OF = /\bOneDrive - ([^\\/:*?"<>|\r\n,;()]+)/g;
/** The account of a stored sign-in, and one with its domain: `CONTOSO\jane`, `AzureAD\JaneDoe`. */
const USER = /\b(user(?:name)?=)([^\s,;&@]+)/gi;
const DOMAIN_USER =
  /(?<![\p{L}\p{N}_\\:-])(?!HK|SOFTWARE|SYSTEM|SECURITY)([A-Z][A-Z\d-]{1,14}|AzureAD|MicrosoftAccount)\\([\p{L}\p{N}._-]+)(?![\\\p{L}\p{N}])/gu;

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const PRIVATE_V4 = new RegExp(
  String.raw`(?<![\d.])(?:(10)|(192\.168)|(172\.(?:1[6-9]|2\d|3[01]))|(169\.254)|(100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])))((?:\.${OCTET}){2,3})(?![\d]|\.\d)`,
  'g',
);
const PRIVATE_V6 = /(?<![\da-f:.])(f[cd][\da-f]{2}|fe[89ab][\da-f]):[\da-f:]+(?:%\w+)?/gi;

function maskPrivate(text: string): string {
  return text
    .replace(PRIVATE_V4, (whole, ...parts: unknown[]) => {
      if (whole.split('.').length !== 4) return whole;
      return `${parts.slice(0, 5).find((part) => part !== undefined)}.…`;
    })
    .replace(PRIVATE_V6, '$1:…');
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Any of these as a whole, the longest first; nothing matches where there are none. */
function anyOf(words: readonly string[]): RegExp {
  const longest = words
    .filter(Boolean)
    .toSorted((a, b) => b.length - a.length)
    .map(escaped);
  if (longest.length === 0) return /(?!)/g;
  return new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${longest.join('|')})(?![\p{L}\p{N}_])`, 'giu');
}

/** Shorter names of users would be found in what is no name. */
const SHORTEST = 3;

/** Names of users in a text, by their address or folder. */
export function usersIn(text: string): string[] {
  const found = [...text.matchAll(EMAIL)].map(([, user = '']) => user);
  const folders = [...text.matchAll(USER_FOLDER)].map(([, , user = '']) => user);
  return [...found, ...folders].filter((user) => user.length >= SHORTEST && !/[*…]/.test(user));
}

interface Named {
  names: readonly string[];
  hosts: readonly string[];
}

/** `names` and `hosts` are shortened wherever they stand; these `ids` stay, all others are somebody's. */
export function masking({ names, hosts }: Named, ids: readonly string[]): Masking {
  const shown = new Map<string, string>();
  const made = new Set<string>();
  const kept = new Set(ids.map((id) => id.toLowerCase()));
  const [anyName, anyHost] = [anyOf(names), anyOf(hosts.filter((each) => !microsoft.test(each)))];

  function name(full: string): string {
    const key = full.toLowerCase();
    const known = made.has(full) ? full : shown.get(key);
    if (known !== undefined) return known;
    const short = `${[...full][0] ?? ''}…`;
    let own = short;
    for (let number = 2; made.has(own); number++) own = `${short}${number}`;
    shown.set(key, own);
    made.add(own);
    return own;
  }

  const tenantHosts = (text: string) =>
    text.replace(
      TENANT_HOST,
      (_, tenant: string, part = '', rest: string) => `${name(tenant)}${part}${rest}`,
    );

  function host(full: string): string {
    const own = tenantHosts(full);
    if (own !== full || microsoft.test(full)) return own;
    if (/^[\d.]+$/.test(full)) return maskPrivate(full);
    const [, front = full, last = ''] = /^(.*)(\.[^.]+)$/.exec(full) ?? [];
    return `${name(front)}${last}`;
  }

  const folder = (top: string, user: string, sign = '', below = '') =>
    `${top}${name(user)}${sign}${below === '' || OF_PROGRAMS.test(below) ? below : '…'}`;

  function text(whole: string): string {
    const rest = tenantHosts(
      whole
        .replace(USER_FOLDER, (_, ...parts: [string, string, string?, string?]) => folder(...parts))
        .replace(EMAIL, (_, user: string, at: string) => `${name(user)}@${host(at)}`),
    )
      .replace(anyName, name)
      .replace(anyHost, host)
      .replace(ONEDRIVE_OF, (_, organisation: string) => `OneDrive - ${name(organisation)}`)
      .replace(USER, (_, before: string, user: string) => `${before}${name(user)}`)
      .replace(DOMAIN_USER, (_, domain: string, user: string) => `${name(domain)}\\${name(user)}`)
      .replace(UUID, (id) => (kept.has(id.toLowerCase()) ? id : name(id)));
    return maskPrivate(rest);
  }
  return { text, name, host };
}
