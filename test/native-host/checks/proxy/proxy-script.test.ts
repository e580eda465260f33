import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../common/findings.ts';
import { proxy } from '../../../../native-host/checks/proxy/proxy.ts';
import {
  endlessBody,
  endlessHeaders,
  proxyServer,
  rawServer,
  scriptServer,
} from '../../../harness/network/proxy-servers.ts';
import { httpsServer, refusingAddress, silentServer } from '../../../harness/network/tls-servers.ts';
import { testPc } from '../../../harness/test-pc.ts';
import { makeCertificates } from '../../../stand-in/certificate.ts';
import { context, sz } from '../look.ts';
import { byHand, type Scene, SETTINGS, SIGN_IN, see, services, winHttp } from './proxy-scene.ts';

const redirecting =
  (location: string) =>
  (_: unknown, response: ServerResponse): void =>
    void response.writeHead(302, { location }).end();

describe('a proxy script', () => {
  const by = (script: string, more: Scene = {}) =>
    see({
      person: { AutoConfigURL: sz('http://pac.example/proxy.pac') },
      ...more,
      hosts: { 'pac.example': script, ...more.hosts },
    });
  const ofScript = (found: readonly Finding[]) => found.filter(({ id }) => id === 'proxy:script');

  it('that works says who goes which way', async () => {
    const { address } = await proxyServer();
    const script = await scriptServer(`function FindProxyForURL(url, host) {
      return dnsDomainIs(host, '.onedrive.com') ? 'DIRECT' : 'PROXY proxy.example:3128; DIRECT'; }`);
    const found = await by(script, { hosts: { 'proxy.example': address } });
    expect(found).toMatchObject([
      {
        meaning: 'used',
        subject: 'proxy.example:3128',
        evidence: {
          winInet: 'http://pac.example/proxy.pac',
          hosts: `${SIGN_IN}, aadcdn.msauth.net, aadcdn.msftauth.net, oneclient.sfx.ms`,
          way: 'proxy.example:3128; DIRECT',
        },
      },
      { meaning: 'differs', subject: 'proxy.example:3128 ↔ DIRECT' },
    ]);
  });

  it('that names a silent proxy and a way past it is a warning', async () => {
    const script = await scriptServer(
      "function FindProxyForURL() { return 'PROXY proxy.example:1; DIRECT' }",
    );
    const [found] = await by(script, { hosts: { 'proxy.example': await refusingAddress() } });
    expect(found).toMatchObject({ level: 'warning', meaning: 'unreachable' });
  });

  it('goes before a proxy set by hand, and sends all past it', async () => {
    const person = { ...byHand('a.example:1'), AutoConfigURL: sz('http://pac.example/proxy.pac') };
    const found = await by(await scriptServer("function FindProxyForURL() { return 'DIRECT' }"), { person });
    expect(found).toMatchObject([
      { meaning: 'direct', evidence: { winInet: 'http://pac.example/proxy.pac' } },
    ]);
  });

  it.each([
    ['file:///C:/pac/our%20proxy.pac', 'C:\\pac\\our proxy.pac'],
    ['file://C:/pac/proxy.pac', 'C:\\pac\\proxy.pac'],
    ['file://server/share/proxy.pac', '\\\\server\\share\\proxy.pac'],
  ])('is read from %s', async (address, path) => {
    const files = { [path]: "function FindProxyForURL() { return 'PROXY a.example:1' }" };
    const [found] = await see({ person: { AutoConfigURL: sz(address) }, files });
    expect(found).toMatchObject({ meaning: 'used', subject: 'a.example:1' });
  });

  it.each([
    ['file:///C:/gone.pac', 'no-file'],
    ['no address', 'no-address'],
    ['ftp://pac.example/', 'no-http-address'],
  ])('at %s cannot be fetched', async (address, error) => {
    const found = ofScript(await see({ person: { AutoConfigURL: sz(address) } }));
    expect(found).toMatchObject([{ level: 'fault', meaning: 'script-unreachable', evidence: { error } }]);
  });

  it.each([
    ['is not there', () => scriptServer((_, response) => response.writeHead(404).end()), 404],
    ['is nowhere to be had', refusingAddress, 'ECONNREFUSED'],
    ['leads on for ever', () => scriptServer(redirecting('/on')), 'too-many-redirects'],
    ['leads to a file', () => scriptServer(redirecting('file:///C:/proxy.pac')), 'no-http-address'],
    ['leads to no address', () => scriptServer(redirecting('http://[')), 'ERR_INVALID_URL'],
    ['never ends its headers', () => rawServer(endlessHeaders), 'HPE_HEADER_OVERFLOW'],
  ])('that %s cannot be fetched; the proxy set by hand counts', async (_, start, error) => {
    const person = { ...byHand('a.example:1'), AutoConfigURL: sz('http://pac.example/proxy.pac') };
    const found = await by(await start(), { person });
    expect(found).toMatchObject([
      { meaning: 'script-unreachable', subject: 'http://pac.example/proxy.pac', evidence: { error } },
      { meaning: 'used', subject: 'a.example:1' },
      { meaning: 'differs' },
    ]);
  });

  it('comes by TLS from a server that Windows trusts, and from no other', async () => {
    const [certificates, others] = await Promise.all([
      makeCertificates(['pac.example']),
      makeCertificates(['x.example']),
    ]);
    const connectTo = await httpsServer(certificates, (_, response) => {
      response.end("function FindProxyForURL() { return 'PROXY a.example:1' }");
    });
    const person = { AutoConfigURL: sz('https://pac.example/proxy.pac') };
    const from = (ca: string) =>
      see({ person, authorities: { 'pac.example': ca }, hosts: { 'pac.example': connectTo } });
    expect((await from(certificates.ca))[0]).toMatchObject({ meaning: 'used', subject: 'a.example:1' });
    expect(ofScript(await from(others.ca))).toMatchObject([
      { meaning: 'script-unreachable', evidence: { error: expect.stringMatching(/CERT|ISSUER|SIGNATURE/) } },
    ]);
  });

  it('is followed through three redirects', async () => {
    const script = await scriptServer(({ url = '' }, response) => {
      if (url.length <= 3) return redirecting(`${url}x`)(null, response);
      response.end("function FindProxyForURL() { return 'PROXY a.example:1' }");
    });
    const person = { AutoConfigURL: sz('http://pac.example/') };
    expect((await by(script, { person }))[0]).toMatchObject({ meaning: 'used', subject: 'a.example:1' });
  });

  it.each([
    ['is a page of a captive portal', () => scriptServer('<html>Sign in'), /Unexpected token/],
    ['is huge', () => scriptServer(endlessBody), 'too-large'],
    ['says no way', () => scriptServer("function FindProxyForURL() { return 'nothing' }"), 'no-way'],
  ])('that %s is broken', async (_, start, error) => {
    const found = ofScript(await by(await start()));
    expect(found).toMatchObject([
      { level: 'fault', meaning: 'script-broken', evidence: { error: expect.stringMatching(error) } },
    ]);
  });

  it.each([
    ['never comes', 6000, silentServer],
    ['comes by drops', 6000, () => scriptServer((_, response) => void response.write('function'))],
    ['never ends', 60_000, () => scriptServer('function FindProxyForURL() { while (true) {} }')],
  ])('that %s is too slow', async (_, timeout, start) => {
    const found = ofScript(await by(await start(), { timeout }));
    expect(found).toMatchObject([
      { level: 'fault', meaning: 'script-slow', evidence: { error: 'timed-out' } },
    ]);
  });

  it('is not fetched for a simulated PC, and the way by it is not guessed', async () => {
    const HKCU = { [SETTINGS]: { AutoConfigURL: sz('http://pac.example/proxy.pac') } };
    const { machine } = await testPc({ registry: { HKCU, HKLM: services(winHttp('a.example:1')) } });
    const [findings] = await Promise.all(proxy.look(context(machine)));
    expect(findings).toMatchObject([
      { level: 'unknown', meaning: 'not-looked', evidence: { error: 'simulated' } },
      { level: 'ok', meaning: 'used', subject: 'a.example:1' },
    ]);
  });
});
