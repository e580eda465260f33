/** Looks a code up: the organisation's entry, then its own line, then its family's rule, then "unknown". */
import { messageKey, type Say } from '../text.ts';
import { aadsts } from './aadsts.ts';
import { answerSense } from './answers.ts';
import { browserSense } from './browser.ts';
import type { Entry, Sense, Words } from './entry.ts';
import type { FailureMeaning } from './index.ts';
import { libraryFamily, msa } from './msa.ts';
import { oneDrive, oneDriveFamily } from './onedrive.ts';
import { canonicalCode } from './parse.ts';
import { windows, windowsList, windowsSense } from './windows.ts';

const unknown: Sense = { category: 'unknown', text: 'unknown' };
const customerDirectory: Sense = {
  category: 'app',
  text: 'customer-directory',
  source: 'https://learn.microsoft.com/azure/active-directory-b2c/error-codes',
};

/** Microsoft's tool that names any number of Windows. */
const windowsLookUp = 'https://learn.microsoft.com/windows/win32/debug/system-error-code-lookup-tool';

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
  add(msa, '');
  return entries;
}

/** What the catalogue itself says of a canonical code. */
export function builtInSense(code: string): Sense {
  const own = table().get(code);
  if (own !== undefined) return own;
  if (code.startsWith('0x')) {
    if (code.startsWith('0x8004de')) return oneDriveFamily;
    return code.startsWith('0x800488') ? libraryFamily : (windowsSense(code) ?? unknown);
  }
  if (code.startsWith('AADB2C')) return customerDirectory;
  return browserSense(code) ?? answerSense(code) ?? unknown;
}

let extension: ReadonlyMap<string, Sense> = new Map();

/** Takes the organisation's entries, as `extendCatalogue` made them, in place of those from before. */
export function setExtension(entries: ReadonlyMap<string, Sense>): void {
  extension = entries;
}

/** The sense of a canonical code. */
export function senseOf(code: string): Sense {
  return extension.get(code) ?? builtInSense(code);
}

/** Microsoft's own page for any code of Entra or Windows; null for what is no code. */
function lookUp(code: string): string | null {
  const entra = /^AADSTS(\d+)$/.exec(code)?.[1];
  if (entra !== undefined) return `https://login.microsoftonline.com/error?code=${entra}`;
  if (code.startsWith('0xcaa')) return windowsList;
  return /^0x[\da-f]{8}$/.test(code) ? windowsLookUp : null;
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
    ...(sense.words && { words: sense.words }),
    remedies: sense.remedies ?? [],
    identity: sense.identity ?? [],
    documented: sense.documented ?? [],
    source: sense.source ?? lookUp(canonical),
  };
}

/** The sentences of a meaning: the organisation's where it has some, ours otherwise. */
export function meaningWords({ words, title, todo }: FailureMeaning, say: Say): Words {
  return words ?? { title: say(title), todo: say(todo) };
}
