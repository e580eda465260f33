import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCodes } from '../../../common/failures/index.ts';
import { canonicalCode } from '../../../common/failures/parse.ts';

describe('findCodes', () => {
  it.each<[string, string, string[]]>([
    ['a plain code', 'AADSTS50173', ['AADSTS50173']],
    ['any case', 'aadsts50173', ['AADSTS50173']],
    ['a colon or a blank inside', 'AADSTS: 50173 and AADSTS 50058', ['AADSTS50173', 'AADSTS50058']],
    ['whole numbers only', 'AADSTS500133', ['AADSTS500133']],
    ['no number that is too long', 'AADSTS500133999', []],
    ['text that follows without a gap', 'AADSTS50105Request Id', ['AADSTS50105']],
    ['a bare number that is all there is', ' 50173\n', ['AADSTS50173']],
    ['no bare number among others', 'it took 50173 ms', []],
    ['hex with its prefix', 'Error 0x8004DE40.', ['0x8004de40']],
    ['hex without its prefix', 'code 8004de40', ['0x8004de40']],
    ['the signed number', 'HRESULT -2147164608', ['0x8004de40']],
    ['the unsigned number', '2147802688', ['0x8004de40']],
    ['the unsigned number with a name', 'HRESULT: 2147802688', ['0x8004de40']],
    ['no telephone number', 'Call 2147802688 or +1 214 780 2688 or (2147802688)', []],
    ['eight digits that are all there is', '80041317', ['0x80041317']],
    ['no eight digits among others', 'tel 80041317, id=80048163', []],
    ['HR= of the older pages', '<!-- HR=8004786C; -->', ['0x8004786c']],
    ['HR= with digits only', 'HR=80041034', ['0x80041034']],
    ['hex after an error code', 'ErrorCode=8004de40', ['0x8004de40']],
    ['hex that begins with seven digits', 'Error code: 8007016a', ['0x8007016a']],
    ['no seven digits of an unknown hex number', 'Error code: 8123456a', []],
    ['OneDrive of any case in a fragment', '#error=0X8004DE88', ['0x8004de88']],
    ['no tracking id', 'https://x.example/?tid=caa70004&s=8004de40#/8004de40', []],
    ['no client id', 'client_id=d3590ed6-52b3-4102-aeff-aad2292ab01c&nonce=638000000000000000.MGE4', []],
    ['no GUID whose parts are codes', '8004de40-8004-caa7-0004-caa700048004', []],
    ['a name of Chromium', 'net::ERR_NAME_NOT_RESOLVED', ['net::ERR_NAME_NOT_RESOLVED']],
    ['a name of Chromium as its page shows it', 'ERR_TIMED_OUT', ['net::ERR_TIMED_OUT']],
    ['a probe of Chromium', '(DNS_PROBE_FINISHED_NXDOMAIN)', ['DNS_PROBE_FINISHED_NXDOMAIN']],
    ['a name of Firefox', 'Error: NS_ERROR_NET_RESET', ['NS_ERROR_NET_RESET']],
    ['a name of its security library', 'Fehlercode: SEC_ERROR_UNKNOWN_ISSUER', ['SEC_ERROR_UNKNOWN_ISSUER']],
    [
      'the name that Firefox wraps',
      'NS_ERROR_GENERATE_FAILURE(NS_ERROR_MODULE_SECURITY, SSL_ERROR_BAD_CERT_DOMAIN)',
      ['SSL_ERROR_BAD_CERT_DOMAIN'],
    ],
    ['PR_ names', 'PR_END_OF_FILE_ERROR', ['PR_END_OF_FILE_ERROR']],
    ['no small letters', 'err_timed_out and ssl_error_log and MY_ERR_TIMED_OUT', []],
    [
      'a page of Firefox',
      'about:neterror?e=dnsNotFound&u=https%3A//login.microsoftonline.com/&c=UTF-8',
      ['neterror:dnsNotFound'],
    ],
    ['no page id anywhere else', 'https://x.example/?e=dnsNotFound', []],
    ['our own id', ' signin-loop ', ['signin-loop']],
    ['our own id with a number', 'http-407', ['http-407']],
    ['no id of ours in a text', 'a signin-loop with http-407 and oauth:access_denied', []],
    ['a code with blanks that do not break', 'AADSTS\u00a050173', ['AADSTS50173']],
    ['marks that cannot be seen', '\u200eAADSTS\u200f50105\u202c', ['AADSTS50105']],
    ['full-width letters', 'ＡＡＤＳＴＳ５０１０５', ['AADSTS50105']],
    ['no footnote as a digit', 'AADSTS50105²', ['AADSTS50105']],
    ['the status on a page of Chromium', 'This page isn’t working\nHTTP ERROR 431', ['http-431']],
    ['no other status', 'http error 200, HTTP ERROR 4313', []],
    ['Chinese around it', '很抱歉，登录时遇到问题。AADSTS50105：已登录的用户', ['AADSTS50105']],
    ['Arabic around it', 'رمز الخطأ:0x8004DE40،', ['0x8004de40']],
    ['Japanese without a gap', 'エラー8004de40が発生', ['0x8004de40']],
    ['the wrapped and its wrapping', 'AADSTS70002: … AADSTS50155: …', ['AADSTS70002', 'AADSTS50155']],
    ['0xCAA', '0xCAA20003', ['0xcaa20003']],
    ['0xCAA without its prefix', 'CAA70004', ['0xcaa70004']],
    ['0xCAA as a number', '-895352829', ['0xcaa20003']],
    ['B2C', 'AADB2C90118: forgotten', ['AADB2C90118']],
    ['no GUID', '8004de40-1111-2222-3333-444455556666', []],
    ['no other number', 'since 1700000000 or 4294967295, 12345678901', []],
    ['no memory address', '0x8004de401234', []],
    ['the look-up page', 'https://login.microsoftonline.com/error?code=50173', ['AADSTS50173']],
    [
      'the look-up page with more',
      'https://login.microsoftonline.com/error?mkt=de&code=50020#x',
      ['AADSTS50020'],
    ],
    ['no authorisation code', 'https://app.example/cb?code=0.AXoA50173&state=12345', []],
    [
      'error_description in a query',
      'https://app.example/cb?error=invalid_grant&error_description=AADSTS50173%3a+The+provided+grant',
      ['AADSTS50173'],
    ],
    ['what is encoded twice', 'u=x%2526d%253DAADSTS50105%25253A', ['AADSTS50105']],
    ['an encoded letter', '%41ADSTS50105', ['AADSTS50105']],
    ['malformed encoding', '100% AADSTS50105 %zz %', ['AADSTS50105']],
    ['error_codes', '{"error_codes":[70002,50155],"x":1}', ['AADSTS70002', 'AADSTS50155']],
    ['error codes as strings', '"error_codes": ["70002", "50155"]', ['AADSTS70002', 'AADSTS50155']],
    ['error_code', 'error_code=50058', ['AADSTS50058']],
    ['the details of an error page', 'Error Code: 50105\nRequest Id: x', ['AADSTS50105']],
    ['not what stands on healthy pages', '"sErrorCode":"50058","arrValErrs":["50058"]', []],
    ['no look-up page of others', 'https://shop.example/error?code=50173', []],
    ['no number of WinINet', 'Error code: 12029', []],
    ['hex after the same name', '(Error Code: 0x8004de88)', ['0x8004de88']],
    [
      'each once, in order',
      '0x8004de40 AADSTS50020 0X8004DE40 AADSTS50013',
      ['0x8004de40', 'AADSTS50020', 'AADSTS50013'],
    ],
    ['nothing', '', []],
  ])('finds %s', (_, text, codes) => {
    expect(findCodes(text)).toEqual(codes);
  });

  const code = fc.oneof(
    fc.integer({ min: 1000, max: 9_999_999 }).map((n) => `AADSTS${n}`),
    fc.integer({ min: 0, max: 0xfff }).map((n) => `0x8004d${n.toString(16).padStart(3, '0')}`),
    fc.integer({ min: 0, max: 0xfffff }).map((n) => `0xcaa${n.toString(16).padStart(5, '0')}`),
  );

  it('finds any codes in any order, each once, between any words', () => {
    fc.assert(
      fc.property(fc.array(code), fc.constantFrom(' ', ', ', '\r\n', ': see '), (codes, gap) => {
        expect(findCodes(codes.join(gap))).toEqual([...new Set(codes)]);
      }),
    );
  });

  it('finds what was encoded up to three times', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 3 }), (one, times) => {
        let text = `?error_description=${one}: sorry & more`;
        for (let i = 0; i < times; i++) text = encodeURIComponent(text);
        expect(findCodes(text)).toEqual([one]);
      }),
    );
  });

  it('reads a code as a program prints its number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x8004d000, max: 0x8004efff }), (n) => {
        const hex = [`0x${n.toString(16)}`];
        expect(findCodes(`${n}`)).toEqual(hex);
        expect(findCodes(`error (${n})`)).toEqual(hex);
        expect(findCodes(`error ${n | 0}!`)).toEqual(hex);
      }),
    );
  });

  it('keeps every code that it has told, so that a stored one is the same code again', () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{2,50}$/);
    const told = fc.oneof(
      code,
      name.map((rest) => `net::ERR_${rest}`),
      name.map((rest) => `SEC_ERROR_${rest}`),
      fc.constantFrom('oauth:cancel', 'http-503', 'neterror:netTimeout', 'cookies-blocked', 'signin-loop'),
    );
    fc.assert(
      fc.property(told, (one) => {
        expect(canonicalCode(one)).toBe(one);
      }),
    );
  });

  it('finds nothing in GUIDs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uuid(), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('=', ' ', '/', '&id='),
        (ids, gap) => {
          expect(findCodes(`https://login.microsoftonline.com/?x${gap}${ids.join(gap)}`)).toEqual([]);
        },
      ),
    );
  });

  it('takes any text without failing, and returns canonical codes that it finds again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const found of findCodes(text)) {
          expect(found).toMatch(/^[A-Za-z0-9_:.-]{1,80}$/);
          expect(canonicalCode(found)).toBe(found);
        }
      }),
    );
  });
});

describe('the work that a hostile text makes', () => {
  it('is bounded at each place: no quantifier of the pattern is open', () => {
    const source = readFileSync('common/failures/parse.ts', 'utf8');
    const pattern = source.slice(source.indexOf('const pattern'), source.indexOf("'gi'"));
    const expressions = [...pattern.matchAll(/^ {4}(?:String\.raw)?[`'](.*)[`'],$/gm)].map(
      (match) => match[1] ?? '',
    );
    expect(expressions).toHaveLength(12);
    // Outside of character classes, nothing repeats without an upper bound.
    for (const expression of expressions) {
      expect(expression.replace(/\[(?:\\.|[^\]])*\]/g, '_')).not.toMatch(/[^(\\][*+]|\{\d+,\}/);
    }
  });

  it.each([
    ['AADSTS', 'AADSTS'],
    ['digits', '5'],
    ['a list without end', 'error_codes:50013,'],
    ['blanks', 'error code      '],
    ['percent signs', '%25'],
    ['quotes', `error_codes"'`],
    ['queries', '/error?a=b&'],
    ['minus signs', '-2147164608-'],
    ['names', 'ERR_'],
    ['capitals', 'PR_A_'],
    ['pages', 'about:neterror?e=a'],
    ['hosts', 'microsoftonline.com/error?'],
  ])('leaves a megabyte of %s readable in good time', (_, unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    // Linear is some 50 ms; quadratic would be hours, which no test's limit allows.
    expect(findCodes(text).length).toBeLessThanOrEqual(2);
  });
});
