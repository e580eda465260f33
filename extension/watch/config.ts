/**
 * Reads `$Config`, the object that Microsoft's sign-in pages carry in an inline script. A content script sees the
 * script's text without entering the page's world. Only named fields leave this file: the object also holds flow
 * tokens and canaries.
 */

/** What is taken from `$Config`; everything else stays unread. */
export interface Config {
  readonly page: string | null;
  /** Digits only. Stands on healthy pages, too. */
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly correlationId: string | null;
  readonly requestId: string | null;
  readonly time: string | null;
}

/** Real ones have 20 to 60 KB. */
const MAX_SCRIPT = 2 * 1024 * 1024;
const MAX_DEPTH = 100;
/** `$Config` may be mentioned before it is assigned, but not often. */
const MAX_TRIES = 5;
const MAX_MESSAGE = 4000;

/**
 * The end of the object that begins at `start`, or -1. Braces are counted outside of strings: values hold `;` and
 * `}`, so that no expression that stops at the first of them would do.
 */
function endOfObject(text: string, start: number): number {
  const marks = /["{}]/g;
  const inString = /["\\]/g;
  let depth = 0;
  marks.lastIndex = start;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '}') {
      depth -= 1;
      if (depth === 0) return marks.lastIndex;
    } else if (mark[0] === '{') {
      depth += 1;
      if (depth > MAX_DEPTH) return -1;
    } else {
      inString.lastIndex = marks.lastIndex;
      let stop = inString.exec(text);
      while (stop?.[0] === '\\') {
        inString.lastIndex += 1;
        stop = inString.exec(text);
      }
      if (stop === null) return -1;
      marks.lastIndex = inString.lastIndex;
    }
  }
  return -1;
}

function parseAt(text: string, start: number): unknown {
  const end = endOfObject(text, start);
  if (end === -1) return null;
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    return null;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field's text; pages write numbers with and without quotes. */
function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** iErrorCode is the error pages' own; login.live.com and some others have sErrorCode alone. */
function errorCodeOf(fields: Fields): string | null {
  const code = textOf(fields, 'iErrorCode') ?? textOf(fields, 'sErrorCode');
  return code !== null && /^\d{4,7}$/.test(code) ? code : null;
}

function pick(fields: Fields): Config {
  const server = fields.serverDetails;
  return {
    page: textOf(fields, 'pgid'),
    errorCode: errorCodeOf(fields),
    message: textOf(fields, 'strServiceExceptionMessage')?.slice(0, MAX_MESSAGE) ?? null,
    correlationId: textOf(fields, 'correlationId'),
    requestId: textOf(fields, 'sessionId'),
    time: isObject(server) ? textOf(server, 'rt') : null,
  };
}

/** The named fields of the `$Config` in a script's text; null where there is none that can be read. */
export function readConfig(script: string): Config | null {
  if (script.length > MAX_SCRIPT) return null;
  const assignment = /(?<![\w$])\$Config\s{0,20}=\s{0,20}(?=\{)/g;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if (assignment.exec(script) === null) return null;
    const value = parseAt(script, assignment.lastIndex);
    if (isObject(value)) return pick(value);
  }
  return null;
}
