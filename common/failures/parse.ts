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
    String.raw`AADSTS[ :#-]{0,2}(?<entra>\d{4,7})(?!\d)`,
    String.raw`AADB2C(?<b2c>\d{5,7})(?!\d)`,
    // Severity "error" (8), or with the customer or NT bit too (C): anything else is an address or a count.
    '0x(?<hex>[8c][0-9a-f]{7})(?![0-9a-f])',
    // Bare, only in families that are ours, and never as the head of a GUID.
    String.raw`(?<![\w-])(?<bare>8004(?:[de][0-9a-f]|0c)[0-9a-f]{2}|caa[0-9a-f]{5})(?![\w-])`,
    // The same numbers as a program prints them: signed, or unsigned.
    String.raw`(?<![\w.])(?<decimal>-\d{9,10}|\d{10})(?![\w.]\w|[\w-])`,
    // The official look-up's address.
    String.raw`/error\?(?:[\w.-]{1,20}=[\w.-]{0,60}&){0,3}code=(?<query>\d{5,7})(?!\d)`,
    // A name, then a number or a list. `sErrorCode` of a page is no such name: it stands on healthy pages.
    String.raw`(?<![a-z])error[ _-]?codes?["']{0,2}\s{0,3}[:=\s]\s{0,3}[["']{0,2}(?<list>\d{5,7}(?:["']?,\s{0,2}["']?\d{5,7}){0,9})(?![\dx])`,
  ].join('|'),
  'gi',
);

/** `0x8004de40` for the number of an HRESULT, if it belongs to a family that is ours. */
function fromDecimal(text: string): string | null {
  const hex = (Number(text) >>> 0).toString(16);
  if (Number(text) < -0x8000_0000 || Number(text) > 0xffff_ffff) return null;
  return /^(?:8004[de]|80040c|80070|80090|80190|c0090|caa)/.test(hex) ? `0x${hex}` : null;
}

/** The codes of one match: one, or those of a list. */
function codesOf(groups: Record<string, string | undefined>): (string | null)[] {
  const { entra, b2c, hex, bare, decimal, query, list } = groups;
  if (b2c !== undefined) return [`AADB2C${b2c}`];
  const windows = hex ?? bare;
  if (windows !== undefined) return [`0x${windows.toLowerCase()}`];
  if (decimal !== undefined) return [fromDecimal(decimal)];
  const numbers = (entra ?? query ?? list ?? '').match(/\d{4,7}/g) ?? [];
  const told = list === undefined ? numbers : numbers.filter((digits) => Number(digits) >= FIRST_ENTRA);
  return told.map((digits) => `AADSTS${Number(digits)}`);
}

/** One layer of URL encoding off. Only ASCII matters for codes; anything malformed is left as it is. */
function decodeOnce(text: string): string {
  return text.replace(/%([0-7][0-9a-f])|\+/gi, (_, hex: string | undefined) =>
    hex === undefined ? ' ' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Decoded until nothing changes, so that `%2541` becomes `A`, too, but not without end. */
function decode(text: string): string {
  let decoded = text;
  for (let round = 0; round < MAX_DECODINGS; round++) {
    const next = decodeOnce(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/**
 * All codes of a text in canonical form (`AADSTS50173`, `0x8004de40`, `AADB2C90118`), in order of appearance, each
 * once. A text that is nothing but five to seven digits is a code of Entra, too.
 */
export function findCodes(text: string): string[] {
  const decoded = decode(text.slice(0, MAX_TEXT));
  if (decoded.length < 40 && /^\d{5,7}$/.test(decoded.trim())) return [`AADSTS${Number(decoded)}`];
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
