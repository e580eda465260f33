import { describe, expect, it } from 'vitest';
import { clouds } from '../../../common/clouds.ts';
import { expired, isOfSignIn } from '../../../extension/background/session-cookies.ts';

describe('a cookie of the sign-in', () => {
  it.each([
    // Of the host alone, and of the host with those below.
    ['worldwide', 'login.microsoftonline.com', true],
    ['worldwide', '.login.microsoftonline.com', true],
    ['worldwide', '.login.live.com', true],
    ['worldwide', 'www.office.com', true],
    ['worldwide', '.office.com', true],
    ['worldwide', 'm365.cloud.microsoft', true],
    // Serves nothing but signing in.
    ['worldwide', '.microsoftonline.com', true],
    ['us-government', '.microsoftonline.us', true],
    ['china', '.partner.microsoftonline.cn', true],
    // Serve other sites as well.
    ['worldwide', '.live.com', false],
    ['worldwide', '.microsoft.com', false],
    ['worldwide', '.windows.net', false],
    ['worldwide', '.cloud.microsoft', false],
    ['us-government', '.office365.us', false],
    ['china', '.chinacloudapi.cn', false],
    // Others' own.
    ['worldwide', 'mail.live.com', false],
    ['worldwide', 'outlook.office.com', false],
    ['worldwide', 'device.login.microsoftonline.com', false],
    ['worldwide', 'login.microsoftonline.com.example', false],
    ['worldwide', 'evil-office.com', false],
    // Of another cloud.
    ['worldwide', 'login.microsoftonline.us', false],
    ['china', 'login.microsoftonline.com', false],
  ] as const)('%s: %s → %s', (cloud, domain, expected) => {
    expect(isOfSignIn(domain, clouds[cloud])).toBe(expected);
  });
});

describe('what takes a cookie away', () => {
  const cookie = {
    name: '__Host-SSO',
    value: 'STAND-IN-SECRET',
    domain: 'login.live.com',
    hostOnly: true,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'no_restriction',
    session: false,
    storeId: '0',
    firstPartyDomain: '',
  } as const;

  it('is the same cookie over, without its value', () => {
    expect(expired(cookie)).toEqual({
      url: 'https://login.live.com/',
      name: '__Host-SSO',
      value: 'gone',
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'no_restriction',
      storeId: '0',
      expirationDate: 1,
    });
  });

  it('goes to its own domain, path and partition', () => {
    const partitionKey = { topLevelSite: 'https://contoso.example' };
    const placed = { domain: '.login.live.com', hostOnly: false, path: '/ppsecure', partitionKey };
    expect(expired({ ...cookie, ...placed, firstPartyDomain: 'contoso.example' })).toMatchObject({
      url: 'https://login.live.com/ppsecure',
      domain: '.login.live.com',
      path: '/ppsecure',
      partitionKey,
      firstPartyDomain: 'contoso.example',
    });
  });
});
