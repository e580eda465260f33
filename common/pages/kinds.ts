/** What kind a page is by its id: ids, unlike titles, are the same in every language. */
import type { PageKind } from './signal.ts';

/** The first that matches. Ids that nobody has listed follow the habits of those that are known. */
const kinds: readonly (readonly [RegExp, PageKind])[] = [
  [/(?:error(?:page)?|accessdenied|blocked)$|^error|^convergedconditionalaccess/, 'error'],
  [/^converged(?:signin|login|hrd|fido|usernamerecovery)/, 'sign-in'],
  [/^converged(?:tfa|mfa|sas)/, 'mfa'],
  [/interrupt$|^converged(?:proofup|consent|changepassword|remoteconnect|speedbump)/, 'interrupt'],
];

export function kindOf(page: string | null): PageKind {
  if (page === null || page.length > 80) return 'other';
  const id = page.toLowerCase();
  return kinds.find(([pattern]) => pattern.test(id))?.[1] ?? 'other';
}

export const isConsent = (page: string | null): boolean => page !== null && /consent/i.test(page);
