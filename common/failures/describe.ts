/** Looks a code up: its own line first, then its family's rule, then "unknown". */
import { messageKey } from '../text.ts';
import { aadsts } from './aadsts.ts';
import type { Entry, Sense } from './entry.ts';
import type { FailureMeaning } from './index.ts';
import { oneDrive, oneDriveFamily } from './onedrive.ts';
import { canonicalCode } from './parse.ts';
import { decodeWindows, windows, windowsList } from './windows.ts';

const unknown: Sense = { category: 'unknown', text: 'unknown' };
const customerDirectory: Sense = {
  category: 'app',
  text: 'customer-directory',
  source: 'https://learn.microsoft.com/azure/active-directory-b2c/error-codes',
};

let entries: Map<string, Sense> | undefined;

/** The lines by code, put in order when first asked for: a start that shows no failure pays nothing. */
function table(): Map<string, Sense> {
  if (entries !== undefined) return entries;
  entries = new Map();
  const add = (lines: readonly Entry[], prefix: string) => {
    for (const line of lines) for (const code of line.codes.split(' ')) entries?.set(prefix + code, line);
  };
  add(aadsts, 'AADSTS');
  add(oneDrive, '');
  add(windows, '');
  return entries;
}

/** The sense of a canonical code. */
export function senseOf(code: string): Sense {
  const own = table().get(code);
  if (own !== undefined) return own;
  if (code.startsWith('0xcaa')) return decodeWindows(code);
  if (code.startsWith('0x8004de')) return oneDriveFamily;
  if (code.startsWith('AADB2C')) return customerDirectory;
  return unknown;
}

/** Microsoft's own page for any code of Entra, and the list for Windows' codes; null where there is none. */
function lookUp(code: string): string | null {
  const entra = /^AADSTS(\d+)$/.exec(code)?.[1];
  if (entra !== undefined) return `https://login.microsoftonline.com/error?code=${entra}`;
  return code.startsWith('0xcaa') ? windowsList : null;
}

/**
 * What a code means. Any spelling that `findCodes` knows will do; what is no code at all is "unknown", without
 * remedies: an unknown code never leads to a repair.
 */
export function describeFailure(code: string): FailureMeaning {
  const canonical = canonicalCode(code) ?? code;
  const sense = senseOf(canonical);
  const title = messageKey('failure', sense.text);
  return {
    code: canonical,
    category: sense.category,
    title,
    todo: `${title}_todo`,
    remedies: sense.remedies ?? [],
    documented: sense.documented ?? [],
    source: sense.source ?? lookUp(canonical),
  };
}
