import { describe, expect, it } from 'vitest';
import { explain, rank } from '../../../common/failures/index.ts';

describe('rank', () => {
  it.each<[string, string[], string[]]>([
    ['a deleted device before its wrapping', ['AADSTS70002', 'AADSTS50155'], ['AADSTS50155', 'AADSTS70002']],
    [
      'a disabled device before its wrapping',
      ['AADSTS70002', 'AADSTS135011'],
      ['AADSTS135011', 'AADSTS70002'],
    ],
    ['a failure before an interruption', ['AADSTS50058', 'AADSTS53003'], ['AADSTS53003', 'AADSTS50058']],
    ['the server before the client', ['0xcaa20003', 'AADSTS50173'], ['AADSTS50173', '0xcaa20003']],
    ['why before "no connection"', ['0x8004de40', '0xcaa82f05'], ['0xcaa82f05', '0x8004de40']],
    ['the known before the unknown', ['AADSTS59999', '0x8004de40'], ['0x8004de40', 'AADSTS59999']],
    ['equals as they came', ['AADSTS50020', 'AADSTS50173'], ['AADSTS50020', 'AADSTS50173']],
  ])('puts %s', (_, codes, ranked) => {
    expect(rank(codes)).toEqual(ranked);
  });
});

describe('explain', () => {
  it('names the failure and what else was seen', () => {
    const { failure, others } = explain('0xCAA20003 … AADSTS70002: Error … AADSTS135011: Device … disabled');
    expect(failure?.title).toBe('failure_device_disabled');
    expect(others.map(({ code }) => code)).toEqual(['0xcaa20003', 'AADSTS70002']);
  });

  it('says so when an interruption is all that there is', () => {
    expect(explain('AADSTS50058').failure?.category).toBe('none');
  });

  it('finds nothing in nothing', () => {
    expect(explain('The quick brown fox')).toEqual({ failure: null, others: [] });
  });

  it.each<[string, string, string | null]>([
    [
      'a sign-in address without an error',
      'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=4765445b-32c6-49b0-83e6-1d93765276ca&redirect_uri=https%3A%2F%2Fwww.office.com%2Flandingv2&response_type=code%20id_token&scope=openid%20profile&response_mode=form_post&nonce=638673502001234567.MGE4YzQ5',
      null,
    ],
    ['an error of something else', 'https://shop.example/?error=out_of_stock', null],
    [
      'a whole page, which has such fields for its buttons',
      '$Config={"oCancelPostParams":{"error":"access_denied","error_subcode":"cancel"},"sErrorCode":"50058"};',
      null,
    ],
    ['the look-up', 'https://login.microsoftonline.com/error?code=50173', 'AADSTS50173'],
    [
      'the look-up of another cloud',
      'https://login.partner.microsoftonline.cn/error?code=50173',
      'AADSTS50173',
    ],
    [
      'an encoded query',
      'https://app.example/cb?error=access_denied&error_description=AADSTS50105%3a+The+signed+in+user',
      'AADSTS50105',
    ],
    [
      'a fragment',
      'https://app.example/#error=interaction_required&error_description=AADSTS50076%3a+Due',
      'AADSTS50076',
    ],
    [
      'a fragment without a code',
      'https://app.example/#state=x&error=consent_required',
      'oauth:consent_required',
    ],
    [
      'what is nested twice',
      'https://a.example/?u=https%253A%252F%252Fb.example%252Fcb%253Ferror%253Dserver_error',
      'oauth:server_error',
    ],
    [
      'that the person cancelled',
      'https://app.example/?error=access_denied&error_subcode=cancel&state=1',
      'oauth:cancel',
    ],
    [
      'a question asked in the background',
      'https://app.example/?prompt=none&error=login_required',
      'oauth:silent',
    ],
    ['the same asked aloud', 'https://app.example/?error=login_required', 'oauth:login_required'],
    [
      'Firefox’ page',
      'about:neterror?e=proxyConnectFailure&u=https%3A//login.live.com/',
      'neterror:proxyConnectFailure',
    ],
  ])('reads %s', (_, address, code) => {
    expect(explain(address).failure?.code ?? null).toBe(code);
  });

  it('never repairs for what only an address says', () => {
    expect(explain('https://a.example/?error=invalid_grant').failure?.remedies).toEqual([]);
  });
});
