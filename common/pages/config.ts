/**
 * Reads `$Config` (login.live.com: `ServerData`), the object that Microsoft's sign-in pages carry in an inline
 * script. A content script sees the script's text without entering the page's world. Only named fields leave this
 * file: the object also holds flow tokens and canaries, which are passed over unread.
 */
import { eachObject, endOfComment, endOfString } from './script.ts';

/** What is taken from `$Config`; everything else stays unread. */
export interface Config {
  readonly page: string | null;
  /** `50058`, or on login.live.com `80041034`. Stands on healthy pages, too. */
  readonly errorCode: string | null;
  /** What an error page says. */
  readonly message: string | null;
  /** What a page that goes on says beside its fields. */
  readonly errorText: string | null;
  readonly correlationId: string | null;
  readonly requestId: string | null;
  readonly time: string | null;
}

const MAX_DEPTH = 100;
const MAX_MESSAGE = 4000;

/** In the order of preference. iErrorCode is the error pages' own; login.live.com and some others have sErrorCode. */
const names = {
  page: ['pgid'],
  errorCode: ['iErrorCode', 'sErrorCode'],
  message: ['strServiceExceptionMessage', 'strMainMessage', 'strAdditionalMessage'],
  errorText: ['sErrTxt'],
  correlationId: ['correlationId'],
  requestId: ['sessionId', 'strTraceId'],
} as const;
const wanted: ReadonlySet<string> = new Set([...Object.values(names).flat(), 'serverDetails']);

type Fields = Map<string, string>;

/** A comment ends at one place only: were there two ways to read a row of them, there would be countless. */
const key =
  /(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/.*\n)*(?:"([\w$]{1,60})"|'([\w$]{1,60})'|([\w$]{1,60}))\s*:\s*/y;

function withoutEscapes(text: string): string {
  return text.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|([\s\S]))/gi, (_, x, u, other) =>
    // Any white space will do where codes are looked for.
    other === undefined ? String.fromCharCode(Number.parseInt(x ?? u, 16)) : other.replace(/[nrtbfv0]/, '\n'),
  );
}

/** A string's or a number's text; pages write numbers with and without quotes. Other values are not taken. */
function textOf(literal: string): string {
  const quoted = /^(["'`])([\s\S]*)\1\s*$/.exec(literal);
  if (quoted) return withoutEscapes((quoted[2] ?? '').slice(0, 2 * MAX_MESSAGE)).slice(0, MAX_MESSAGE);
  return /^-?\d{1,12}\s*$/.test(literal) ? literal.trim() : '';
}

interface Read {
  fields: Fields;
  end: number;
}

/**
 * The object that begins at `start`, as JSON or as a script writes it, with the values of the keys that are
 * looked for; null where it does not end. Braces are counted outside of strings: values hold `;` and `}`.
 */
function readObject(text: string, start: number, keys: ReadonlySet<string>): Read | null {
  const marks = /["'`{}[\],]|\/\*|\/\//g;
  const fields: Fields = new Map();
  let depth = 0;
  let begin = start + 1;
  marks.lastIndex = start;
  const take = (end: number) => {
    key.lastIndex = begin;
    const parts = key.exec(text);
    const name = parts?.[1] ?? parts?.[2] ?? parts?.[3];
    if (name !== undefined && keys.has(name)) fields.set(name, text.slice(key.lastIndex, end));
    begin = end + 1;
  };
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const sign = mark[0];
    if (sign === '"' || sign === "'" || sign === '`') {
      const end = endOfString(text, marks.lastIndex, sign);
      if (end === -1) return null;
      marks.lastIndex = end;
    } else if (sign === ',') {
      if (depth === 1) take(mark.index);
    } else if (sign === '//' || sign === '/*') {
      const end = endOfComment(text, marks.lastIndex, sign);
      if (end === -1) return null;
      marks.lastIndex = end;
    } else if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return null;
    } else {
      depth -= 1;
      if (depth > 0) continue;
      take(mark.index);
      return { fields, end: marks.lastIndex };
    }
  }
  return null;
}

/** The first of these fields that says something; a code of 0 says nothing. */
function first(fields: Fields, keys: readonly string[]): string | null {
  for (const name of keys) {
    const text = textOf(fields.get(name) ?? '');
    if (text !== '' && text !== '0') return text;
  }
  return null;
}

function codeOf(fields: Fields): string | null {
  const code = first(fields, names.errorCode);
  return code !== null && /^(?:\d{4,7}|(?:0x)?8[\da-f]{7})$/i.test(code) ? code : null;
}

function timeOf(fields: Fields): string | null {
  const details = fields.get('serverDetails');
  if (!details?.startsWith('{')) return null;
  return first(readObject(details, 0, new Set(['rt']))?.fields ?? new Map(), ['rt']);
}

function pick(fields: Fields): Config {
  const messages = names.message.map((name) => textOf(fields.get(name) ?? ''));
  return {
    page: first(fields, names.page),
    errorCode: codeOf(fields),
    message: messages.filter((text) => text !== '').join('\n') || null,
    errorText: first(fields, names.errorText),
    correlationId: first(fields, names.correlationId),
    requestId: first(fields, names.requestId),
    time: timeOf(fields),
  };
}

/** The named fields of the `$Config` in a script's text; null where there is none that can be read. */
export function readConfig(script: string): Config | null {
  let config: Config | null = null;
  eachObject(script, (start) => {
    const object = readObject(script, start, wanted);
    // `$Config={}` is filled later, and what never ends is none.
    if (object === null) return start + 1;
    if (object.fields.size === 0) return object.end;
    config = pick(object.fields);
    return 'done';
  });
  return config;
}
