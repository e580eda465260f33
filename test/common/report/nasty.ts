/** Secrets as they stand in addresses, headers, pages and logs; made up, and none of them ever worked. */
import { createHash } from 'node:crypto';

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const jwt = [
  base64url('{"typ":"JWT","alg":"RS256","kid":"k1"}'),
  base64url('{"aud":"https://login.microsoftonline.com","upn":"jane@contoso.example"}'),
  base64url(createHash('sha512').update('signature').digest('hex')),
].join('.');

/** Looks random, and is the same each time. */
export const random = (seed: number, bytes = 64): string => {
  const blocks = Array.from({ length: Math.ceil(bytes / 64) }, (_, at) =>
    createHash('sha512').update(`${seed} ${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes).toString('base64');
};
const token = random(1, 90);
const urlToken = token.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const code = `0.AXoA${urlToken.slice(0, 60)}.${urlToken.slice(60)}`;

/** What a text holds, and what of it must be gone. */
export const nasty: [name: string, text: string, secret: string][] = [
  ['a JWT', jwt, jwt.slice(0, 30)],
  ['a JWT cut off', `token was ${jwt.slice(0, 60)}`, jwt.slice(2, 50)],
  ['a JWT in an address', `https://x.example/#id_token=${jwt}&state=1`, jwt.slice(40, 80)],
  ['a bearer token', 'Authorization: Bearer abc.def-123', 'abc.def-123'],
  ['a bearer token alone', `bearer ${token.slice(0, 12)}`, token.slice(0, 12)],
  ['a basic login', 'Basic amFuZTpodW50ZXIy', 'amFuZTpodW50ZXIy'],
  ['a negotiated login', 'Proxy-Authorization: Negotiate YIIFzgYGKwYB', 'YIIFzgYGKwYB'],
  ['a code of an answer', `https://x.example/?code=${code}&session=1`, code.slice(0, 20)],
  ['a short code', 'GET /?code=Zk3x-q&state=ok', 'Zk3x-q'],
  ['a code of a personal account', 'code=M.R3_BAY.7d1e-aa!x*y$', 'M.R3_BAY'],
  ['a code of a personal account alone', 'got M.C105_SN1.2.U.7d1eaaxy', '7d1eaaxy'],
  ['a code, encoded', `%3Fcode%3D${code}%26x`, code.slice(0, 20)],
  ['a code in JSON', '{"code":"Zk3xq"}', 'Zk3xq'],
  ['sFT', '"sFT":"AQABAAEAAAD"', 'AQABAAEAAAD'],
  ['sFT in an address', 'sFT=AQABAAEAAAD', 'AQABAAEAAAD'],
  ['sFTTag', String.raw`"sFTTag":"<input value=\"AQABAAEAAAD\"/>"`, 'AQABAAEAAAD'],
  ['sCtx', "sCtx:'rQQIAR-a b'", 'rQQIAR-a b'],
  ['ctx', 'https://login.microsoftonline.com/common/reprocess?ctx=rQQIARAA', 'rQQIARAA'],
  ['canary', 'canary=7q8w9e&next=1', '7q8w9e'],
  ['apiCanary', '"apiCanary": "PAQAB"', 'PAQAB'],
  ['an encoded canary', 'canary%3D7q8w9e', '7q8w9e'],
  ['an access token', 'access_token=short1', 'short1'],
  ['a refresh token', 'refresh_token: short1', 'short1'],
  ['a client secret', 'client_secret=s8Q~abc', 's8Q~abc'],
  ['a SAML answer', 'SAMLResponse=PHNhbWxwOlJlc3BvbnNl', 'PHNhbWxw'],
  ['WS-Federation', 'wresult=%3Ct%3ARequest', '%3Ct%3ARequest'],
  ['a password', 'password=hunter2', 'hunter2'],
  ['a password in JSON', String.raw`{"passwd":"hun\"ter2"}`, 'ter2'],
  ['a password, said', 'Password: hunter2', 'hunter2'],
  ['pwd', '&pwd=hunter2', 'hunter2'],
  ['a cookie', 'Cookie: a=b; ESTSAUTH=0.AX; x=secret', 'secret'],
  ['a set cookie', 'set-cookie: buid=0.AXYZ; path=/', 'AXYZ'],
  ['a sign-in cookie', 'ESTSAUTHPERSISTENT=1.AXoA', '1.AXoA'],
  ['a SharePoint cookie', 'FedAuth=77u_PD94', '77u_PD94'],
  ['another', 'rtFa=kq1w2e', 'kq1w2e'],
  ['a login in an address', 'http://jane:hunter2@proxy.example:80/', 'hunter2'],
  ['long base64', `blob ${token}`, token.slice(10, 40)],
  ['long base64url', urlToken, urlToken.slice(10, 40)],
  ['base64 of a short key', random(3, 32), random(3, 32).slice(5, 30)],
  [
    'long hex',
    `hash ${createHash('sha256').update('x').digest('hex')}`,
    createHash('sha256').update('x').digest('hex').slice(0, 30),
  ],
  ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIE\nabc\n-----END PRIVATE KEY-----', 'MIIE'],
  ['half a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEsecret', 'MIIEsecret'],
];
