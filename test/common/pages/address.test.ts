import { expect, test } from 'vitest';
import { signInPlace } from '../../../common/pages/address.ts';

test.each([
  'https://login.microsoftonline.com/common/login',
  'https://LOGIN.microsoftonline.com/Common/Login?x=1#y',
  'https://login.microsoftonline.us/',
  'https://login.partner.microsoftonline.cn/x',
  'https://login.live.com/err.srf',
  'https://login.windows.net:443/x',
])('%s is a place to sign in', (address) => {
  expect(signInPlace(address)).toMatchObject({ path: expect.stringMatching(/^\/[^A-Z]*$/) });
});

test.each([
  'https://login.microsoftonline.com.evil.example/',
  'https://login-microsoftonline.com/',
  'https://login.microsoftonline.com@evil.example/',
  'https://login.microsoftonline.com./',
  'http://login.microsoftonline.com/',
  'https://login.xn--microsoftonlne-fkb.com/',
  'https://login.microsoftonlıne.com/',
  'https://x.login.microsoftonline.com/',
  'https://microsoftonline.com/',
  'https://evil.example/https://login.microsoftonline.com/',
  'file:///login.microsoftonline.com/x.html',
  'login.microsoftonline.com',
  'about:blank',
  '',
])('%s is none', (address) => {
  expect(signInPlace(address)).toBeNull();
});
