/** Judges a sign-in page by what was read from it. Pure: the same facts always make the same signal. */
import { findCodes } from '../../common/failures/parse.ts';
import type { Signal } from '../signal.ts';
import type { Config } from './config.ts';

export interface PageFacts {
  /** Content of `<meta name="PageID">`. */
  readonly pageId: string | null;
  readonly config: Config | null;
  /** Text of an error container that can be seen; null where none is shown. */
  readonly exception: string | null;
}

const kinds: Readonly<Record<string, Signal['kind']>> = {
  ConvergedSignIn: 'sign-in',
  ConvergedTFA: 'mfa',
  ConvergedProofUpRedirect: 'interrupt',
  ConvergedConsent: 'interrupt',
  ConvergedConditionalAccess: 'error',
};

/** The kind of a page id; ids, unlike titles, are the same in every language. */
export function kindOf(page: string | null): Signal['kind'] {
  if (page === null) return 'other';
  const known = Object.hasOwn(kinds, page) ? kinds[page] : undefined;
  if (known !== undefined) return known;
  if (/^Converged\w{0,40}Error$/.test(page)) return 'error';
  return /^\w{1,40}Interrupt$/.test(page) ? 'interrupt' : 'other';
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const uuidText = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const correlationLine = new RegExp(String.raw`Correlation I[dD]:\s{0,4}(${uuidText})`);
const requestLine = new RegExp(String.raw`(?:Trace|Request) I[dD]:\s{0,4}(${uuidText})`);
const timeLine = /Timestamp:\s{0,4}(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)/;

const uuidOrNull = (text: string | null | undefined) => (text && uuid.test(text) ? text.toLowerCase() : null);

/** Microsoft writes UTC, with a blank or a `T`, with `Z` or without. */
function isoTime(text: string | null | undefined): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(text ?? '');
  if (parts === null) return null;
  const time = new Date(`${parts[1]}T${parts[2]}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The code that a message tells; 70002 only wraps the one that matters. */
function codeIn(text: string): string | null {
  const codes = findCodes(text).filter((code) => /^AADSTS\d{4,7}$/.test(code));
  return codes.find((code) => code !== 'AADSTS70002') ?? codes[0] ?? null;
}

/**
 * The signal of a page, or null where nothing tells yet what page it is.
 *
 * A code counts on error pages only, or inside an error container that is shown. Every fresh ConvergedSignIn has
 * sErrorCode "50058", and all of them carry `error` fields for buttons that nobody has pressed.
 */
export function judge({ pageId, config, exception }: PageFacts): Signal | null {
  const id = pageId ?? config?.page ?? null;
  const page = id !== null && /^[\w.-]{1,80}$/.test(id) ? id : null;
  if (page === null && exception === null) return null;
  const kind = exception === null ? kindOf(page) : 'error';
  if (kind !== 'error') {
    return { type: 'signal', page, kind, code: null, correlationId: null, requestId: null, time: null };
  }
  const text = `${config?.message ?? ''}\n${exception ?? ''}`;
  // A container shown on another page does not make that page's own code count.
  const configCode = kindOf(page) === 'error' && config?.errorCode;
  return {
    type: 'signal',
    page,
    kind,
    code: codeIn(text) ?? (configCode ? `AADSTS${Number(configCode)}` : null),
    correlationId: uuidOrNull(config?.correlationId) ?? uuidOrNull(correlationLine.exec(text)?.[1]),
    requestId: uuidOrNull(config?.requestId) ?? uuidOrNull(requestLine.exec(text)?.[1]),
    time: isoTime(timeLine.exec(text)?.[1]) ?? isoTime(config?.time),
  };
}
