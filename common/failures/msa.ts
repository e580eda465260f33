/**
 * Codes of login.live.com and of the client library behind it (PPCRL), and those that the older sign-in pages of
 * Entra hide in their source as "HR=…".
 */
import type { Entry, Sense } from './entry.ts';
import { helped } from './helps.ts';

const library =
  'https://learn.microsoft.com/previous-versions/office/developer/lync-online/hh472110(v=office.14)';
const pages =
  'https://learn.microsoft.com/microsoft-365/troubleshoot/sign-in/office-365-azure-intune-sign-in-issue';

/** A code of the library without a text of its own. */
export const libraryFamily: Sense = { category: 'unknown', text: 'family', source: library };

export const msa: readonly Entry[] = [
  { category: 'user', text: 'wrong-password', codes: '0x80048821', source: library },
  // Told as "password locked out", "bad password" and "no valid address": Microsoft's own texts disagree.
  { category: 'unknown', text: 'password-or-lock', codes: '0x80048823', source: library },
  { category: 'user', text: 'locked', codes: '0x80048824', source: library },
  { category: 'user', text: 'password-expired', codes: '0x80048831', source: library },
  { category: 'user', text: 'account-not-found', codes: '0x8004882d', source: library },
  {
    category: 'user',
    text: 'sign-in-needed',
    codes: '0x80048800 0x80048801 0x80048810 0x8004882e 0x80048861 0x800488e5',
    source: library,
  },
  { category: 'service', text: 'service-trouble', codes: '0x80048820 0x80048869', source: library },
  { ...helped('network', 'no-connection'), codes: '0x80048848', source: library },
  { category: 'none', text: 'cancelled', codes: '0x800488e2', source: library },

  // A changed user name, one with letters that are not allowed, one set up for the wrong kind of sign-in.
  {
    category: 'account',
    text: 'user-name-mismatch',
    codes: '0x80041034 0x8004786c 0x80048163',
    source: pages,
  },
  {
    category: 'federation',
    text: 'federation',
    codes: '0x80041317 0x80043431 0x80045c06 0x8004789a',
    source: pages,
  },
];
