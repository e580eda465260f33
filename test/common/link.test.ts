import { describe, expect, it } from 'vitest';
import { linkCommands } from '../../common/commands.ts';
import { aadsts } from '../../common/failures/aadsts.ts';
import { msa } from '../../common/failures/msa.ts';
import { oneDrive } from '../../common/failures/onedrive.ts';
import { canonicalCode } from '../../common/failures/parse.ts';
import { windows } from '../../common/failures/windows.ts';
import { FIREFOX_SCHEME, linkTo, pageOf, parseLink, SCHEME } from '../../common/link.ts';
import manifest from '../../manifest.json' with { type: 'json' };

const catalogued = [
  ...aadsts.flatMap(({ codes }) => codes.split(' ').map((code) => `AADSTS${code}`)),
  ...[...oneDrive, ...windows, ...msa].flatMap(({ codes }) => codes.split(' ')),
];
const others = [
  'AADB2C90118',
  'net::ERR_TIMED_OUT',
  'DNS_PROBE_FINISHED_NXDOMAIN',
  'NS_BINDING_ABORTED',
  'NS_ERROR_UNKNOWN_HOST',
  'SSL_ERROR_BAD_CERT_DOMAIN',
  'SEC_ERROR_UNKNOWN_ISSUER',
  'MOZILLA_PKIX_ERROR_MITM_DETECTED',
  'PR_CONNECT_RESET_ERROR',
  'neterror:dnsNotFound',
  'oauth:access_denied',
  'http-503',
  'signin-loop',
  'cookies-blocked',
  'secure-connection-failed',
];

describe('a link', () => {
  it.each(linkCommands)('asks for %s, with either scheme', (command) => {
    for (const scheme of [SCHEME, FIREFOX_SCHEME] as const) {
      expect(parseLink(`${scheme}${command}`)).toEqual({ command });
      expect(linkTo({ command }, scheme)).toBe(`${scheme}${command}`);
    }
  });

  it('explains every code of the catalogue and each kind of code beside it, in its canonical form', () => {
    expect(catalogued.length).toBeGreaterThan(300);
    for (const code of [...catalogued, ...others]) {
      const link = { command: 'explain', code } as const;
      expect(canonicalCode(code), code).toBe(code);
      expect(parseLink(`signin-rescue:explain/${code}`), code).toEqual(link);
      expect(parseLink(linkTo(link)), code).toEqual(link);
    }
  });

  it('is carried whole by the page’s address, which Firefox’ manifest makes the same way', () => {
    const address = pageOf({ command: 'explain', code: 'net::ERR_TIMED_OUT' });
    const query = new URL(address, 'https://extension.example').searchParams;
    expect([query.get('tab'), query.get('link')]).toEqual(['-1', 'signin-rescue:explain/net::ERR_TIMED_OUT']);
    const [handler] = manifest.protocol_handlers;
    expect(`${handler?.protocol}:`).toBe(FIREFOX_SCHEME);
    const encoded = encodeURIComponent(linkTo({ command: 'check' }));
    expect(handler?.uriTemplate.replace('%s', encoded)).toBe(`/${pageOf({ command: 'check' })}`);
  });

  it.each([
    ['nothing', ''],
    ['no scheme', 'check'],
    ['a scheme alone', 'signin-rescue:'],
    ['another scheme', 'https://signin-rescue/check'],
    ['a script', 'javascript:check'],
    ['a scheme that begins so', 'signin-rescue-x:check'],
    ['a scheme within', 'x+signin-rescue:check'],
    ['a scheme twice', 'signin-rescue:signin-rescue:check'],
    ['a scheme in capitals', 'SIGNIN-RESCUE:check'],
    ['an authority', 'signin-rescue://check'],
    ['a path', 'signin-rescue:/check'],
    ['a command that is none', 'signin-rescue:purge-credentials'],
    ['a command that only lists', 'signin-rescue:undo'],
    ['a property of objects', 'signin-rescue:constructor'],
    ['a command in capitals', 'signin-rescue:Check'],
    ['a slash behind', 'signin-rescue:check/'],
    ['a part of the path more', 'signin-rescue:check/now'],
    ['a code behind a command', 'signin-rescue:fix/AADSTS50173'],
    ['a query', 'signin-rescue:check?run=1'],
    ['a fragment', 'signin-rescue:check#run'],
    ['an encoded letter', 'signin-rescue:%63heck'],
    ['a blank before', ' signin-rescue:check'],
    ['a blank behind', 'signin-rescue:check '],
    ['a line feed behind', 'signin-rescue:check\n'],
    ['a NUL', 'signin-rescue:check\0'],
    ['more arguments', 'signin-rescue:check" --machine "simulated:x'],
    ['no code', 'signin-rescue:explain'],
    ['an empty code', 'signin-rescue:explain/'],
    ['a text', 'signin-rescue:explain/call-0900-12345'],
    ['a text with a code', 'signin-rescue:explain/AADSTS50173 call us'],
    ['a code and a line feed', 'signin-rescue:explain/AADSTS50173\n'],
    ['two codes', 'signin-rescue:explain/AADSTS50173/AADSTS50173'],
    ['an encoded slash', 'signin-rescue:explain%2FAADSTS50173'],
    ['an encoded slash behind', 'signin-rescue:explain/AADSTS50173%2f'],
    ['a way up', 'signin-rescue:explain/../check'],
    ['a code’s query', 'signin-rescue:explain/AADSTS50173?x'],
    ['a bare number', 'signin-rescue:explain/50173'],
    ['a number too long', 'signin-rescue:explain/AADSTS50173000'],
    ['a code in small letters', 'signin-rescue:explain/aadsts50173'],
    ['digits of another script', 'signin-rescue:explain/AADSTS５０１７３'],
    ['a mark that turns the text', 'signin-rescue:explain/\u202eAADSTS50173'],
    ['mark-up', 'signin-rescue:explain/<img src=x>'],
    ['a name too long', `signin-rescue:explain/net::ERR_${'A'.repeat(100)}`],
    ['a very long text', `signin-rescue:explain/${'A'.repeat(1_000_000)}`],
  ])('with %s is refused', (_, text) => {
    expect(parseLink(text)).toBeNull();
    expect(parseLink(`ext+${text}`)).toBeNull();
  });
});
