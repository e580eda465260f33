import { describe, expect, it } from 'vitest';
import {
  hopText,
  manualWay,
  masked,
  maskedUrl,
  parseProxy,
  scriptWay,
} from '../../../../native-host/checks/proxy/proxy-address.ts';

const HOST = 'login.microsoftonline.com';

describe('a proxy as it is written', () => {
  it.each([
    ['proxy:8080', 'http', 'proxy', 8080, 'proxy:8080'],
    ['proxy', 'http', 'proxy', 80, 'proxy:80'],
    [
      ' http://proxy.contoso.example:3128/ ',
      'http',
      'proxy.contoso.example',
      3128,
      'proxy.contoso.example:3128',
    ],
    ['[2001:db8::1]:8080', 'http', '2001:db8::1', 8080, '[2001:db8::1]:8080'],
    ['socks5://proxy', 'socks', 'proxy', 1080, 'proxy:1080'],
    ['ada:s3cret@proxy:1', 'http', 'proxy', 1, '***@proxy:1'],
    ['http://ada:s3@cret@proxy:1', 'http', 'proxy', 1, '***@proxy:1'],
  ])('%s', (written, kind, host, port, text) => {
    expect(parseProxy(written)).toEqual({ kind, host, port, text });
  });

  it.each(['', ':', 'proxy:0', 'proxy:70000', 'proxy:port', 'a b', 'http://', 'proxy:1/path', '[::1'])(
    '%j is none',
    (written) => expect(parseProxy(written)).toBeUndefined(),
  );
});

describe('a proxy set by hand', () => {
  it.each([
    ['a:1', '', 'a:1'],
    ['http=a:1;https=b:2', '', 'b:2'],
    ['http=a:1 HTTPS=http://b:2', '', 'b:2'],
    ['http=a:1;c:3', '', 'c:3'],
    ['http=a:1', '', 'DIRECT'],
    ['socks=s:4', '', 's:4'],
    ['nonsense:port', '', 'DIRECT'],
    ['a:1', '*.microsoftonline.com', 'DIRECT'],
    ['a:1', 'intranet; LOGIN.microsoftonline.com ;x', 'DIRECT'],
    ['a:1', 'https://login.*', 'DIRECT'],
    ['a:1', '*', 'DIRECT'],
    ['a:1', '<local>', 'a:1'],
    ['a:1', 'microsoftonline.com', 'a:1'],
    ['a:1', 'login?microsoftonline.com;(', 'a:1'],
  ])('server %s, past it %j: %s', (server, bypass, way) => {
    expect(manualWay({ server, bypass }, HOST).map(hopText)).toEqual([way]);
  });

  it('is left out for a plain name where local ones are', () => {
    expect(manualWay({ server: 'a:1', bypass: '<local>' }, 'intranet')).toEqual(['DIRECT']);
  });
});

describe('what a script answers', () => {
  it.each([
    ['DIRECT', ['DIRECT']],
    ['', ['DIRECT']],
    ['PROXY a:1; proxy b:2 ;DIRECT', ['a:1', 'b:2', 'DIRECT']],
    ['SOCKS5 s', ['s:1080']],
    ['GARBAGE; PROXY; PROXY a:1', ['a:1']],
    ['PROXY ada:s3cret@a:1', ['***@a:1']],
  ])('%j', (answer, way) => expect(scriptWay(answer)?.map(hopText)).toEqual(way));

  it.each(['GARBAGE', 'PROXY', '<html>'])('%j is no way', (answer) =>
    expect(scriptWay(answer)).toBeUndefined(),
  );
});

it.each([
  ['ada:s3cret@a:1', '***@a:1'],
  ['http=ada:s3cret@a:1;https=b:2', '***@a:1;https=b:2'],
  ['http://ada:s3@cr;e=t/ and more@a:1', 'http://***@a:1'],
  ['a:1;https=b:2', 'a:1;https=b:2'],
])('of %s no password is shown', (text, shown) => expect(masked(text)).toBe(shown));

it.each([
  ['http://ada:s3cret@pac.example/proxy.pac?token=s3cret#x', 'http://***@pac.example/proxy.pac'],
  ['http://ada:s3?cr#et@pac.example/proxy.pac', 'http://***@pac.example/proxy.pac'],
  ['file:///C:/proxy.pac', 'file:///C:/proxy.pac'],
])('of the address %s neither password nor token is shown', (text, shown) =>
  expect(maskedUrl(text)).toBe(shown),
);
