/** Judges a sign-in page by what was read from it. Pure: the same facts always make the same signal. */
import { codeIn, codeInDetails, codeInSource, codeOfNumber, idsOf } from './codes.ts';
import type { PageFacts } from './facts.ts';
import { inlineFailures } from './inline-failures.ts';
import { isConsent, kindOf } from './kinds.ts';
import type { PageKind, Signal } from './signal.ts';

/** What the second factor's own views stand for where they give no code. */
const MFA_FAILED = 'AADSTS500121';
/** An administrator has to agree. */
const needsAdmin = new Set(['AADSTS90094', 'AADSTS90095']);

interface Verdict {
  readonly kind: PageKind;
  readonly code: string | null;
}

function pageOf({ pageId, config }: PageFacts): string | null {
  const id = pageId ?? config?.page ?? null;
  return id !== null && /^[\w.-]{1,80}$/.test(id) ? id : null;
}

/** The look-up of codes shows codes by design; the old end of the line at login.live.com has no id. */
function kindOfPage({ host, path }: PageFacts, page: string | null): PageKind {
  if (path === '/error' && page !== 'ConvergedError') return 'other';
  if (host === 'login.live.com' && path === '/err.srf') return 'error';
  return kindOf(page);
}

const configCode = ({ config }: PageFacts) => (config?.errorCode ? codeOfNumber(config.errorCode) : null);

/** The code of an error page, from the most to the least certain place. */
function errorPageCode(facts: PageFacts): string | null {
  const { config, exception, text, source } = facts;
  const told = codeIn(`${config?.message ?? ''}\n${exception ?? ''}\n${config?.errorText ?? ''}`);
  if (told !== null) return told;
  const number = configCode(facts);
  if (number !== null) return number;
  for (const hidden of [false, true]) {
    const words = text(hidden);
    const code = codeIn(words) ?? codeInDetails(words);
    if (code !== null) return code;
  }
  return codeInSource(source());
}

/** Customer sign-in pages, under /te/, are filled by a script that holds the code. */
const customerCode = ({ path, source }: PageFacts) => (path.startsWith('/te/') ? codeIn(source()) : null);

/** The failure that a page tells which otherwise goes on; null where it tells none, or the person's own slip. */
function inlineCode(facts: PageFacts, page: string | null): string | null {
  const { config, inline, denied, canAgree, text } = facts;
  if (denied !== null) return codeIn(denied) ?? MFA_FAILED;
  const told = inline ?? config?.errorText ?? null;
  const code = told === null ? null : (codeIn(told) ?? configCode(facts));
  if (code !== null && inlineFailures.has(code)) return code;
  // A mistyped code is shown beside its field, and is the person's own.
  if (code === MFA_FAILED && kindOf(page) === 'mfa' && config?.errorText) return code;
  if (!isConsent(page)) return null;
  const consent =
    codeIn(config?.message ?? '') ?? configCode(facts) ?? (canAgree ? null : codeIn(text(false)));
  return consent !== null && needsAdmin.has(consent) ? consent : null;
}

function verdictOn(facts: PageFacts, page: string | null): Verdict {
  const kind = kindOfPage(facts, page);
  if (kind === 'error') return { kind, code: errorPageCode(facts) };
  if (facts.path === '/error') return { kind, code: null };
  // A container shown on another page does not make that page's own code count.
  if (facts.exception !== null)
    return { kind: 'error', code: codeIn(facts.exception) ?? customerCode(facts) };
  const told = inlineCode(facts, page);
  if (told !== null) return { kind: 'error', code: told };
  const old = kind === 'other' && facts.path.endsWith('.srf');
  const reason = old ? codeInSource(`${facts.text(true)}\n${facts.source()}`) : null;
  return reason === null ? { kind, code: null } : { kind: 'error', code: reason };
}

/**
 * The signal of a page, or null where nothing tells yet what page it is.
 *
 * A code counts on error pages only, or where the page shows it as its own words. Every fresh ConvergedSignIn has
 * sErrorCode "50058", and all of them carry `error` fields for buttons that nobody has pressed.
 */
export function judge(facts: PageFacts): Signal | null {
  const page = pageOf(facts);
  const { kind, code } = verdictOn(facts, page);
  if (kind === 'other' && page === null) return null;
  if (kind !== 'error') {
    return { type: 'signal', page, kind, code: null, correlationId: null, requestId: null, time: null };
  }
  const { config, exception, inline, denied } = facts;
  const told = [config?.message, exception, inline, denied].filter(Boolean).join('\n');
  const known = idsOf(config, told);
  const complete = known.correlationId !== null && known.requestId !== null && known.time !== null;
  return {
    type: 'signal',
    page,
    kind,
    code,
    ...(complete ? known : idsOf(config, `${told}\n${facts.text(true)}`)),
  };
}

/** Whether waiting could tell more: an error without its code, a page without an id, a failure not shown yet. */
export function isOpen(facts: PageFacts, signal: Signal | null): boolean {
  if (signal === null || signal.kind === 'other') return true;
  if (signal.kind === 'error') return signal.code === null;
  return inlineFailures.has(configCode(facts) ?? '');
}
