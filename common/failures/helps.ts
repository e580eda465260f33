/**
 * What may honestly help by what is the matter, wherever that is seen: for codes that are read by rule or have no
 * remedies of their own. Microsoft documents none of these for such a code.
 */
import type { RemedyId } from '../remedies.ts';
import type { Category } from './category.ts';
import type { FailureText, Sense } from './entry.ts';

const helps: Partial<Record<FailureText, readonly RemedyId[]>> = {
  // What the browser keeps of the sign-in pages.
  cookies: ['clear-browser-session'],
  loop: ['clear-browser-session'],
  'page-expired': ['clear-browser-session'],
  'page-loop': ['clear-browser-session'],
  'request-too-long': ['clear-browser-session'],
  'sign-out': ['clear-browser-session'],

  // The way to Microsoft.
  'name-not-found': ['flush-dns', 'check-proxy'],
  'no-connection': ['check-proxy'],
  'timed-out': ['check-proxy'],
  'broken-answer': ['check-proxy'],
  'wrong-answer': ['check-proxy'],
  proxy: ['check-proxy'],
  'proxy-login': ['check-proxy'],
  refused: ['check-proxy', 'contact-it'],
  'cdn-blocked': ['check-proxy', 'contact-it'],
  'network-denied': ['contact-it'],

  // Secure connections. A clock that is wrong makes good certificates bad, and good signatures too.
  clock: ['check-clock'],
  tls: ['check-clock', 'check-tls', 'check-ciphers'],
  'certificate-untrusted': ['check-clock', 'check-proxy', 'contact-it'],
  'certificate-missing': ['check-proxy', 'contact-it'],
};

/** The sense of such a code, with what helps. */
export function helped(category: Category, text: FailureText): Sense {
  const remedies = helps[text];
  return { category, text, ...(remedies && { remedies }) };
}
