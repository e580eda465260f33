/**
 * Why a browser does not reach the host, what the extension says then in that browser, and what helps. What browsers
 * say was seen in Chromium 156 and Firefox 153 ESR (test/browser/registration.test.ts); Windows' own causes follow
 * Chromium's and Microsoft's pages that browsers.ts names.
 */
import { type ManifestFault, manifestFaults } from './judge-manifest.ts';

/** The states of the host, as the extension tells them apart by the browser's error. */
export const shownStates = [
  'ready',
  'missing',
  'forbidden',
  'blocked',
  'died',
  'garbled',
  'silent',
  'old-host',
  'old-extension',
] as const;
export type Shown = (typeof shownStates)[number];

export const todoIds = [
  /** `status --fix`. */
  'fix',
  'reinstall',
  /** The registered helper is the newer one. */
  'use-newer',
  /** Ends with words: only another build of the browser would help. */
  'packed',
  /** Somebody else's: left alone. */
  'foreign',
  'it-install',
  'it-allow',
  'it-mend',
  'it-security',
] as const;
export type TodoId = (typeof todoIds)[number];

/** By whom: those that are left are for IT. */
export const forPerson: readonly TodoId[] = ['fix', 'reinstall', 'use-newer'];
export const forNobody: readonly TodoId[] = ['packed'];

export const causeIds = [
  'ready',
  'not-here',
  'packed',
  'not-registered',
  'no-value',
  'named-value',
  'user-hosts-off',
  'blocked',
  'foreign',
  'manifest-missing',
  'manifest-refused',
  ...manifestFaults,
  'relative-path',
  'program-missing',
  'no-program',
  'not-started',
  'exited',
  'no-frame',
  'silent',
  'problem',
  'older-protocol',
  'newer-protocol',
  'older-version',
] as const;
export type CauseId = (typeof causeIds)[number];

interface Cause {
  shown: Shown;
  /** Where Firefox says something else. */
  firefox?: Shown;
  /** `register`: a new registration mends it. `register-other`: so it does where another program is registered. */
  todo: TodoId | 'register' | 'register-other' | null;
}

const unfound = { shown: 'missing', todo: 'register' } as const satisfies Cause;

const faults: Record<ManifestFault, Cause> = {
  'not-json': unfound,
  'wrong-name': unfound,
  'no-description': unfound,
  'wrong-type': unfound,
  'no-path': unfound,
  'unknown-key': unfound,
  'bad-caller': unfound,
  'not-for-us': { ...unfound, shown: 'forbidden', firefox: 'missing' },
};

export const causes: Record<CauseId, Cause> = {
  ready: { shown: 'ready', todo: null },
  'not-here': { shown: 'missing', todo: null },
  packed: { shown: 'missing', todo: 'packed' },
  'not-registered': unfound,
  'no-value': unfound,
  'named-value': unfound,
  'user-hosts-off': { shown: 'missing', todo: 'it-install' },
  blocked: { shown: 'blocked', todo: 'it-allow' },
  foreign: { shown: 'missing', todo: 'foreign' },
  'manifest-missing': unfound,
  'manifest-refused': unfound,
  ...faults,
  'relative-path': unfound,
  'program-missing': { ...unfound, firefox: 'died' },
  'no-program': { ...unfound, shown: 'died' },
  'not-started': { shown: 'died', todo: 'it-security' },
  exited: { shown: 'died', todo: 'register-other' },
  'no-frame': { shown: 'garbled', todo: 'register-other' },
  silent: { shown: 'silent', todo: 'register-other' },
  problem: { shown: 'ready', todo: 'reinstall' },
  'older-protocol': { shown: 'old-host', todo: 'register-other' },
  'newer-protocol': { shown: 'old-extension', todo: 'use-newer' },
  'older-version': { shown: 'ready', todo: 'register-other' },
};
