/**
 * The last guard before a report leaves: whatever looks like a token, a cookie or a password is dropped from every
 * string, wherever it came from. It knows nothing of what the report is made of, and rather drops too much.
 */

/** What stands in its place; the same in all languages, as it is no word to a person but a mark. */
export const REMOVED = '[removed]';

/** Names that only secrets have, whole or as a part: `sFT`, `sCtx`, `apiCanary`, `id_token`, `ESTSAUTHPERSISTENT`. */
const NAME = String.raw`[\w.-]*(?:token|canary|cookie|passw|pwd|secret|assertion|saml|estsauth|esctx|sctx|flowtoken|fedauth|rtfa|rpssec|mspauth|mspprof|bearer|api[_-]?key|nonce|buid)[\w.-]*|sft\w*|ctx|wresult|code_verifier|login_hint|client_info|session_state`;
const BETWEEN = String.raw`\\?["']?\s*(?:=|:|%3[ad])\s*(?:%22)?`;
/** To the end of a quoted text, else to what ends a value in an address, a header or a list. */
const VALUE = String.raw`(?:\\?"(?:[^"\\]|\\.)*\\?"?|'[^']*'?|[^\s&;,"'<>]+)`;

/** A code of an answer is a secret, that of an error is what a report is about. */
const ERROR_CODE = String.raw`(?:["']?(?:-?\d{1,10}|AADSTS\d+|AADB2C\d+|0x[\da-f]{1,8})["']?(?![\w.-]))`;

const named: readonly [RegExp, string][] = [
  [/-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, REMOVED],
  // A cookie's header has no end but the line's.
  [/\b(set-)?cookie2?\s*(?::|%3a)[^\r\n]*/gi, `cookie: ${REMOVED}`],
  [/\b((?:proxy-)?authori[sz]ation)\s*(?::|=|%3[ad])[^\r\n]*/gi, `$1: ${REMOVED}`],
  [/\b(bearer|negotiate|ntlm|digest)(?:\s|%20|\+)+[\w~+/.=-]{6,}/gi, `$1 ${REMOVED}`],
  [/\b([Bb]asic|BASIC)(?:\s|%20|\+)+(?=[a-z+/-]*[\dA-Z])[\w+/-]{8,}={0,2}/g, `$1 ${REMOVED}`],
  [new RegExp(String.raw`(?<![A-Za-z0-9])(${NAME})${BETWEEN}(?!\[removed\])${VALUE}`, 'gi'), `$1=${REMOVED}`],
  [
    new RegExp(
      String.raw`(?<![A-Za-z0-9])(code)\\?["']?\s*(?:=|:(?=\s*\\?["'])|%3d)\s*(?!${ERROR_CODE}|\[removed\])${VALUE}`,
      'gi',
    ),
    `$1=${REMOVED}`,
  ],
  // Who signs in to a server or a proxy with it.
  [/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#@]*:[^\s/?#]*@/gi, `$1${REMOVED}@`],
  // A JWT or JWE, however much of it: they all begin with `{"`.
  [/(?<![A-Za-z0-9])ey[IJ][\w-]{6,}(?:\.[\w-]*)*/g, REMOVED],
  // What Entra's and Microsoft accounts' codes and refresh tokens begin with.
  [/(?<![\w.])(?:[01]\.A[\w-]{10,}(?:\.[\w-]+)*|M\.[A-Z]\d{1,3}_[A-Z\d]{2,4}\.[\w.!*$-]{8,})/g, REMOVED],
];

const NAME_ALONE = new RegExp(`^(?:${NAME})$`, 'i');
const LONG = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Which kinds of sign follow one another; separators are of no kind. */
function kindOf(sign: string): string {
  if (/\d/.test(sign)) return 'digit';
  if (/[A-Z]/.test(sign)) return 'upper';
  return /[a-z]/.test(sign) ? 'lower' : 'none';
}

/** Of random base64 two signs in three are of another kind than the one before; of names and addresses, fewer than one in three. */
const RESTLESS = 0.33;

function looksRandom(text: string): boolean {
  if (UUID.test(text)) return false;
  const bare = text.replace(/[-_+/=]/g, '');
  if (/^(?=.*\d)(?=.*[a-f])[\da-f]{32,}$/i.test(bare)) return true;
  const changes = [...bare].filter(
    (sign, at) => at > 0 && kindOf(sign) !== kindOf(bare[at - 1] ?? ''),
  ).length;
  return changes / bare.length >= RESTLESS;
}

/** The text without what looks like a secret. */
export function scrubText(text: string): string {
  const told = named.reduce((rest, [pattern, shown]) => rest.replace(pattern, shown), text);
  return told.replace(LONG, (run) => (looksRandom(run) ? REMOVED : run));
}

/** The same for every string in a value, names of fields included; a field that only a secret has is emptied. */
export function scrub<T>(value: T): T;
export function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (Array.isArray(value)) return value.map((each) => scrub<unknown>(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      scrubText(name),
      typeof held === 'string' && NAME_ALONE.test(name) ? REMOVED : scrub<unknown>(held),
    ]),
  );
}
