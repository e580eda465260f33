/**
 * Finds codes in anything a person may paste: a message, an address, a log line, a page's text.
 *
 * The pattern holds bounded quantifiers only, so that each place of a text is looked at a bounded number of times
 * and the whole in linear time, whatever the text.
 */

/** More than any error page; the rest of a longer text is not looked at. */
const MAX_TEXT = 4 * 1024 * 1024;

/** An address inside an address inside an address is the most that redirects pile up. */
const MAX_DECODINGS = 4;

/** "Error code: 12029" is WinINet's, "10060" Winsock's: Entra's numbers begin above them. */
const FIRST_ENTRA = 16_000;

/** Entra's codes begin like one another, so a number is matched whole: 50013 is not in 500133. */
const pattern = new RegExp(
  [
    String.raw`AADSTS[\s:#-]{0,2}(?<entra>\d{4,7})(?!\d)`,
    String.raw`AADB2C(?<b2c>\d{5,7})(?!\d)`,
    // Severity "error" (8), or with the customer or NT bit too (C): anything else is an address or a count.
    '0x(?<hex>[8c][0-9a-f]{7})(?![0-9a-f])',
    // Bare, only in families that are ours, never as a part of a GUID or an address.
    String.raw`(?<![\w/=.-])(?<bare>8004(?:[de][0-9a-f]|0c)[0-9a-f]{2}|caa(?:[1-79]0[0-9a-f]|8[02][0-9a-f])[0-9a-f]{2})(?![\w-])`,
    // Sign-in pages of the older kind tell "HR=8004786C", which may be digits only: never without such a name.
    String.raw`(?<![a-z])(?:hr|hresult|error(?:[ _-]?code)?)["']{0,2}\s{0,3}[:=\s]\s{0,3}["']{0,2}(?<named>80(?:04|07|09|19)[0-9a-f]{4}|caa[0-9a-f]{5})(?![\w-])`,
    // The same numbers as a program prints them: signed, or unsigned with a name, or else they may be a phone's.
    String.raw`(?<![\w.])(?<signed>-\d{9,10})(?![\w.]\w|[\w-])`,
    String.raw`(?<![a-z])(?:hr|hresult|error|code|status)["']{0,2}\s{0,3}[:=(\s]\s{0,3}["']{0,2}(?<unsigned>\d{10})(?![\w.]\w|[\w-])`,
    // The official look-up's address.
    String.raw`microsoftonline\.(?:com|us|cn)/error\?(?:[\w.-]{1,20}=[\w.-]{0,60}&){0,3}code=(?<query>\d{5,7})(?!\d)`,
    // What browsers say: in capitals, which is checked below, or as the id of a page of Firefox.
    String.raw`(?<!\w)(?<name>(?:ERR|DNS_PROBE|NS_BINDING|NS_ERROR(?!_GENERATE_|_MODULE_)|(?:SSL|SEC|MOZILLA_PKIX)_ERROR)_[A-Z0-9_]{2,60}|PR_[A-Z_]{2,40}_ERROR)(?!\w)`,
    String.raw`about:(?:neterror|certerror|blocked)\?e=(?<page>[a-z][a-z0-9]{2,40})(?!\w)`,
    // Chromium's page for an answer without content, and Windows' web server.
    String.raw`(?<![a-z])http error (?<status>[45]\d\d)(?!\d)`,
    // A name, then a number or a list. `sErrorCode` of a page is no such name: it stands on healthy pages.
    String.raw`(?<![a-z])error[ _-]?codes?["']{0,2}\s{0,3}[:=\s]\s{0,3}[["']{0,2}(?<list>\d{5,7}(?:["']?,\s{0,2}["']?\d{5,7}){0,9})(?![\da-fx])`,
  ].join('|'),
  'gi',
);

/** Codes that are told from other words only when they stand alone. */
const alone =
  /^(?:oauth:[a-z_]{3,40}|http-[45]\d\d|neterror:[a-z]\w{2,40}|signin-loop|cookies-blocked|secure-connection-failed)$/;

/** `0x8004de40` for the number of an HRESULT, if it belongs to a family that is ours. */
function fromDecimal(text: string): string | null {
  const hex = (Number(text) >>> 0).toString(16);
  if (Number(text) < -0x8000_0000 || Number(text) > 0xffff_ffff) return null;
  return /^(?:8004[de]|80040c|800488|8007|8028|8029|80090|80190|c0090|caa)/.test(hex) ? `0x${hex}` : null;
}

/** The codes of one match: one, or those of a list. */
function codesOf(groups: Record<string, string | undefined>): (string | null)[] {
  const { entra, b2c, hex, bare, named, signed, unsigned, query, name, page, status, list } = groups;
  if (b2c !== undefined) return [`AADB2C${b2c}`];
  const windows = hex ?? bare ?? named;
  if (windows !== undefined) return [`0x${windows.toLowerCase()}`];
  const decimal = signed ?? unsigned;
  if (decimal !== undefined) return [fromDecimal(decimal)];
  if (name !== undefined)
    return [name !== name.toUpperCase() ? null : name.startsWith('ERR_') ? `net::${name}` : name];
  if (page !== undefined) return [`neterror:${page}`];
  if (status !== undefined) return [`http-${status}`];
  const numbers = (entra ?? query ?? list ?? '').match(/\d{4,7}/g) ?? [];
  const told = list === undefined ? numbers : numbers.filter((digits) => Number(digits) >= FIRST_ENTRA);
  return told.map((digits) => `AADSTS${Number(digits)}`);
}

/** A code that is recognised only because there is nothing else: it could be any number or word in a text. */
function loneCode(text: string): string | null {
  if (alone.test(text)) return text;
  if (/^\d{5,7}$/.test(text)) return `AADSTS${Number(text)}`;
  if (/^(?:8004|caa)[\da-f]{4,5}$/i.test(text) && text.length === 8) return `0x${text.toLowerCase()}`;
  return /^\d{10}$/.test(text) ? fromDecimal(text) : null;
}

/** One layer of URL encoding off. Only ASCII matters for codes; anything malformed is left as it is. */
function decodeOnce(text: string): string {
  return text.replace(/%([0-7][0-9a-f])|\+/gi, (_, hex: string | undefined) =>
    hex === undefined ? ' ' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Marks that cannot be seen, which right-to-left texts set around codes. */
const marks = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Without invisible marks, and with full-width letters and digits as plain ones. */
function plain(text: string): string {
  return text
    .replace(marks, '')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** Decoded until nothing changes, so that `%2541` becomes `A`, too, but not without end. */
export function decode(text: string): string {
  let decoded = text;
  for (let round = 0; round < MAX_DECODINGS; round++) {
    const next = decodeOnce(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/**
 * All codes of a text in canonical form (`AADSTS50173`, `0x8004de40`, `AADB2C90118`, `net::ERR_FAILED`,
 * `NS_ERROR_OFFLINE`, `neterror:dnsNotFound`), in order of appearance, each once. A text that is nothing but a
 * number or one of our own ids is a code, too.
 */
export function findCodes(text: string): string[] {
  const decoded = decode(plain(text.slice(0, MAX_TEXT)));
  const lone = decoded.length <= 100 ? loneCode(decoded.trim()) : null;
  if (lone !== null) return [lone];
  const found = new Set<string>();
  for (const match of decoded.matchAll(pattern)) {
    for (const code of codesOf(match.groups ?? {})) if (code !== null) found.add(code);
  }
  return [...found];
}

/** A code in canonical form, however it is spelt; null where it is none. */
export function canonicalCode(code: string): string | null {
  return code.length > 80 ? null : (findCodes(code)[0] ?? null);
}
