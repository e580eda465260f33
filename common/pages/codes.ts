/** Takes code, ids and time out of a page's texts. */

/** Right-to-left pages set marks around codes and numbers; none of them is part of what is said. */
const marks = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A text as codes are looked for in it: no invisible marks, full-width letters and Arabic digits as plain ones. */
const plain = (text: string): string =>
  text
    .replace(marks, '')
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));

/** The spellings that pages use; the catalogue's own search knows many more, none of which a page of these has. */
const spelt =
  /AADSTS[\s:#-]{0,2}(\d{4,7})(?!\d)|(AADB2C\d{5,7})(?!\d)|(?:0x|\bHR(?:ESULT)?[ =:]{1,3})(8[\da-f]{7})(?![\da-f])|\berror[ _-]?code\W{1,6}(\d{5,7})(?![\da-f])/gi;

function* codesIn(text: string): Generator<string> {
  for (const [, entra, b2c, hex, number] of text.matchAll(spelt)) {
    if (b2c !== undefined) yield b2c.toUpperCase();
    else yield codeOfNumber(entra ?? hex ?? number ?? '');
  }
}

/** The code that a message tells; 70002 only wraps the one that matters. */
export function codeIn(text: string): string | null {
  let first: string | null = null;
  for (const code of codesIn(plain(text))) {
    if (code !== 'AADSTS70002') return code;
    first ??= code;
  }
  return first;
}

/** `50105` → `AADSTS50105`, `80041034` → `0x80041034`. */
export function codeOfNumber(number: string): string {
  const hex = /^(?:0x)?(8[\da-f]{7})$/i.exec(number)?.[1];
  return hex === undefined ? `AADSTS${Number(number)}` : `0x${hex.toLowerCase()}`;
}

/** Ranges that Entra's codes lie in: a page has other numbers, too, such as Microsoft's postal code, 98052. */
const number = '((?:[12578]\\d|40|6[57]|90)\\d{3,5})';
/** On a line of its own, or behind a colon. */
const numberAlone = new RegExp(`^[ \\t]{0,4}${number}[ \\t]{0,4}$|[:：]\\s{0,4}${number}(?![\\w.:,-])`, 'm');

/**
 * The code on an error page that gives it as a number without `AADSTS`: "Error Code: 53003", whatever language
 * "Error Code" is written in. Texts come with a line for each piece of the page.
 */
export function codeInDetails(text: string): string | null {
  const found = numberAlone.exec(plain(text));
  const digits = found?.[1] ?? found?.[2];
  return digits === undefined ? null : codeOfNumber(digits);
}

/** `HR=80041317`: how the older pages of login.srf give their reason, somewhere in the source. */
export function codeInSource(text: string): string | null {
  const digits = /\bHR=(?:0x)?(8[\da-f]{7})(?![\da-f])/i.exec(text)?.[1];
  return digits === undefined ? null : codeOfNumber(digits);
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const uuidText = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
/** English, and the languages whose word for it is the same. */
const correlationLine = new RegExp(String.raw`[ck]orr?[eé]la[^:：\n]{0,30}[:：]?\s{0,4}(${uuidText})`, 'i');
const requestLine = new RegExp(String.raw`(?:trace|request)[ -]?id[:：]?\s{0,4}(${uuidText})`, 'i');

const uuidOrNull = (text: string | null | undefined) => (text && uuid.test(text) ? text.toLowerCase() : null);

/** The first time in a text. Microsoft writes UTC, with a blank or a `T`, with `Z` or without. */
function isoTime(text: string | null | undefined): string | null {
  const parts = /\b(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text ?? '');
  if (parts === null) return null;
  const time = new Date(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

export interface Ids {
  readonly correlationId: string | null;
  readonly requestId: string | null;
  readonly time: string | null;
}

/** The ids that IT asks for: `$Config`'s own, else those that the text names. */
export function idsOf(config: Ids | null, told: string): Ids {
  const text = plain(told);
  return {
    correlationId: uuidOrNull(config?.correlationId) ?? uuidOrNull(correlationLine.exec(text)?.[1]),
    requestId: uuidOrNull(config?.requestId) ?? uuidOrNull(requestLine.exec(text)?.[1]),
    time: isoTime(text) ?? isoTime(config?.time),
  };
}
