/**
 * Reads an inline script far enough to find the objects that it assigns to `$Config` or `ServerData`: strings,
 * comments and regular expressions are passed over, so that a mention inside of one is not taken for the thing.
 */

/** Real ones have 20 to 60 KB. */
const MAX_SCRIPT = 2 * 1024 * 1024;
/** `$Config` may be assigned before it is filled, but not often. */
const MAX_OBJECTS = 5;

/** `//<![CDATA[` begins a script and sometimes stands on one line with all of it. */
const tokens =
  /["'`]|\/\/\s?<!\[CDATA\[|\/\/|\/\*|\/|(?<![\w$])(?:\$Config|ServerData)\s{0,20}=\s{0,20}(?=\{)/g;
const inString = { '"': /["\\\n]/g, "'": /['\\\n]/g, '`': /[`\\]/g } as const;
const regexLiteral = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,500}\]){1,500}\//y;

const isQuote = (text: string): text is keyof typeof inString => Object.hasOwn(inString, text);

/** Where the string ends whose first character stands before `start`; -1 where it never does. */
export function endOfString(text: string, start: number, quote: keyof typeof inString): number {
  const stops = inString[quote];
  stops.lastIndex = start;
  for (let stop = stops.exec(text); stop !== null; stop = stops.exec(text)) {
    if (stop[0] !== '\\') return stops.lastIndex;
    // Even an escaped line end goes on: what follows a backslash never ends a string.
    stops.lastIndex += 1;
  }
  return -1;
}

/** Whether a slash here begins a regular expression, by what stands before it, as every small reader guesses. */
function beginsRegex(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return before === '' || /[(,=:[!&|?{};+\-*%<>~^]$|\b(?:return|typeof|case)$/.test(before);
}

/** Where the comment ends whose sign stands before `start`; -1 where it never does. */
export function endOfComment(text: string, start: number, sign: '//' | '/*'): number {
  const close = sign === '//' ? '\n' : '*/';
  const end = text.indexOf(close, start);
  return end === -1 ? -1 : end + close.length;
}

/** Where reading goes on after a token; -1 at the script's end. */
function after(text: string, token: string, end: number): number {
  if (isQuote(token)) return endOfString(text, end, token);
  if (token === '//' || token === '/*') return endOfComment(text, end, token);
  if (token !== '/' || !beginsRegex(text, end - 1)) return end;
  regexLiteral.lastIndex = end - 1;
  return regexLiteral.test(text) ? regexLiteral.lastIndex : end;
}

/**
 * Where the objects begin that a script assigns, at most a few. The reader says where it stopped reading one, or
 * that it is done.
 */
export function eachObject(script: string, read: (start: number) => number | 'done'): void {
  if (script.length > MAX_SCRIPT) return;
  const here = new RegExp(tokens);
  let objects = 0;
  for (let token = here.exec(script); token !== null; token = here.exec(script)) {
    let next: number | 'done';
    if (/^[$S]/.test(token[0])) {
      next = objects < MAX_OBJECTS ? read(here.lastIndex) : 'done';
      objects += 1;
    } else {
      next = after(script, token[0], here.lastIndex);
    }
    if (next === 'done' || next < 0) return;
    here.lastIndex = next;
  }
}
