/**
 * Codes of Windows' own sign-in (WAM, ADAL). 0xCAA codes follow a rule: the third digit is the family, the low
 * half a number of that family (an HTTP status, a WinINet error, an OAuth error), so few need a line of their
 * own. Names and numbers:
 * https://learn.microsoft.com/uwp/api/windows.security.authentication.web.core.webprovidererror.errorcode
 */
import type { Entry, Sense } from './entry.ts';

export const windowsList =
  'https://learn.microsoft.com/uwp/api/windows.security.authentication.web.core.webprovidererror.errorcode';
const office = 'https://learn.microsoft.com/office/troubleshoot/activation/';
const outlook = 'https://learn.microsoft.com/outlook/troubleshoot/profiles-and-accounts/';

const clock: Sense = { category: 'network', text: 'clock' };
const connection: Sense = { category: 'network', text: 'no-connection' };
const federation: Sense = { category: 'federation', text: 'federation' };
const proxy: Sense = { category: 'network', text: 'proxy-login' };
const service: Sense = { category: 'service', text: 'service-trouble' };
const signIn: Sense = { category: 'user', text: 'sign-in-needed' };
const slow: Sense = { category: 'network', text: 'timed-out' };
const tls: Sense = { category: 'network', text: 'tls' };
const certificate: Sense = { category: 'network', text: 'certificate-missing' };
const setup: Sense = { category: 'app', text: 'app-setup' };
const answer: Sense = { category: 'network', text: 'wrong-answer' };
const family: Sense = { category: 'unknown', text: 'family' };
/** No refresh token, or none that Microsoft still takes. */
const grant: Sense = {
  category: 'local',
  text: 'grant-invalid',
  remedies: ['purge-credentials', 'reset-onedrive'],
};

/** Low halves by family; what is not named falls to `rest`. */
interface Family {
  readonly rest: Sense;
  readonly named: readonly (readonly [lows: string, sense: Sense])[];
}

const families: Readonly<Record<string, Family>> = {
  // Asking for a user interface is no failure of the PC.
  '0xcaa1': { rest: family, named: [['0001 0002', signIn]] },
  // OAuth errors of the server.
  '0xcaa2': {
    rest: setup,
    named: [
      ['0003', grant],
      ['0004', { category: 'policy', text: 'blocked-by-policy' }],
      ['0005 0008', service],
      ['000b', { category: 'account', text: 'service-missing' }],
      ['000c', signIn],
      ['0064', family],
    ],
  },
  // HTTP statuses, 5xx being the server's own.
  '0xcaa3': {
    rest: answer,
    named: [
      ['0131 0197', proxy],
      ['0198 01f8', slow],
      ['01f4 01f5 01f6 01f7 01f9 01fa', service],
    ],
  },
  // urlmon.
  '0xcaa7': {
    rest: connection,
    named: [
      ['0008', proxy],
      ['000a', slow],
      ['000d 0010', tls],
    ],
  },
  // WinINet and WinHTTP, 12000 and on.
  '0xcaa8': {
    rest: connection,
    named: [
      ['2ee2', slow],
      // "The requested operation is cancelled."
      ['2ef1', { category: 'none', text: 'cancelled' }],
      ['2f05', clock],
      ['2f06 2f0d 2f17 2f18 2f19 2f7d 2f89 2f8a 2f8b 2f8f', tls],
      ['2f0c 2f0e 2f99 2f9a', certificate],
    ],
  },
  // The ADAL client: renewing, then WS-Trust and what surrounds it.
  '0xcaa9': {
    rest: family,
    named: [
      ['0003 0004', grant],
      ['0002 0006 0013 0014 0017 0018 001a 001c 001f 0020 0022 0023 002b', federation],
    ],
  },
};

const wininet = 'https://learn.microsoft.com/windows/win32/wininet/wininet-errors';
const tpm: Sense = { category: 'device', text: 'tpm', source: `${office}tpm-malfunctioned` };

/** What a code of Windows means by a rule; null where no rule is known. */
export function windowsSense(code: string): Sense | null {
  if (code.startsWith('0xcaa')) return decode(code);
  // WinINet's numbers again, without the sign-in client around them.
  if (/^0x80072[ef]/.test(code)) return { ...decode(`0xcaa8${code.slice(6)}`), source: wininet };
  // The security chip's own facilities.
  return /^0x[8c]02[89]/.test(code) ? tpm : null;
}

function decode(code: string): Sense {
  const found = families[code.slice(0, 6)];
  const low = code.slice(6);
  return found?.named.find(([lows]) => lows.includes(low))?.[1] ?? found?.rest ?? family;
}

/** Codes with a page of their own. */
export const windows: readonly Entry[] = [
  // Documented is emptying the broker plug-in's folder, which is no remedy yet.
  {
    category: 'local',
    text: 'windows-account',
    codes: '0xcaa5001c',
    source: `${outlook}event-1098-and-cannot-create-new-profiles`,
  },
  {
    category: 'local',
    text: 'windows-account',
    codes: '0xcaa50021',
    remedies: ['purge-credentials'],
    documented: ['purge-credentials'],
    source: `${office}activation-error-0xcaa50021`,
  },
  // "A specified logon session does not exist": what helps is told by users only.
  {
    category: 'local',
    text: 'windows-account',
    codes: '0x80070520',
    remedies: ['purge-credentials'],
    source: 'https://learn.microsoft.com/windows/win32/debug/system-error-codes--1300-1699-',
    vague: true,
  },
  // The security chip: never touched, so a report is all.
  { ...tpm, codes: '0x80090016 0x80090030 0xc0090016' },
  // In the log of Windows' work account this is the network's.
  {
    ...slow,
    codes: '0x80070102',
    source:
      'https://learn.microsoft.com/microsoft-365/troubleshoot/authentication/connection-issue-when-sign-in-office-2016',
  },
];
