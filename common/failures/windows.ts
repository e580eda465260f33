/**
 * Codes of Windows' own sign-in (WAM, ADAL). 0xCAA codes follow a rule: the third digit is the family, the low
 * half a number of that family (an HTTP status, a WinINet error, an OAuth error), so few need a line of their
 * own. Names and numbers:
 * https://learn.microsoft.com/uwp/api/windows.security.authentication.web.core.webprovidererror.errorcode
 */
import type { Entry, Sense } from './entry.ts';
import { helped } from './helps.ts';

export const windowsList =
  'https://learn.microsoft.com/uwp/api/windows.security.authentication.web.core.webprovidererror.errorcode';
const office = 'https://learn.microsoft.com/office/troubleshoot/activation/';
const outlook = 'https://learn.microsoft.com/outlook/troubleshoot/profiles-and-accounts/';

const clock = helped('network', 'clock');
const connection = helped('network', 'no-connection');
/** Names have no text of their own here: the server, or the proxy before it, is not found. */
const name: Sense = { ...connection, remedies: ['flush-dns', 'check-proxy'] };
const federation: Sense = { category: 'federation', text: 'federation' };
const proxy = helped('network', 'proxy-login');
const service: Sense = { category: 'service', text: 'service-trouble' };
const signIn: Sense = { category: 'user', text: 'sign-in-needed' };
const slow = helped('network', 'timed-out');
const tls = helped('network', 'tls');
/** A certificate that was refused: by a wrong clock, or because a proxy put its own in place. */
const untrusted: Sense = { ...tls, remedies: ['check-clock', 'check-proxy', 'contact-it'] };
const certificate = helped('network', 'certificate-missing');
const setup: Sense = { category: 'app', text: 'app-setup' };
const answer = helped('network', 'wrong-answer');
const family: Sense = { category: 'unknown', text: 'family' };
/** No refresh token, or none that Microsoft still takes. */
const grant: Sense = {
  category: 'local',
  text: 'grant-invalid',
  remedies: ['refresh-device-token', 'purge-credentials', 'reset-onedrive'],
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
      ['0004', name],
      ['0008', proxy],
      ['000a', slow],
      ['000d', tls],
      ['0010', untrusted],
    ],
  },
  // WinINet and WinHTTP, 12000 and on.
  '0xcaa8': {
    rest: connection,
    named: [
      ['2ee2', slow],
      ['2ee7', name],
      // "The requested operation is cancelled."
      ['2ef1', { category: 'none', text: 'cancelled' }],
      ['2f05', clock],
      ['2f06 2f0d 2f17 2f18 2f19 2f89 2f8a', untrusted],
      ['2f7d 2f8b 2f8f', tls],
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
  // Documented is emptying the folder of Windows' own broker, which is not ours to touch.
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
