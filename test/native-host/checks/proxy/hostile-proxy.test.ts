/** Proxies, proxy scripts, portals and lists that mean harm: bounded, told, nothing of theirs on a terminal. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../common/findings.ts';
import { refreshEndpoints } from '../../../../native-host/checks/endpoints/endpoint-refresh.ts';
import { internet } from '../../../../native-host/checks/internet.ts';
import { evaluatePac } from '../../../../native-host/checks/proxy/pac.ts';
import { rawServer, scriptServer } from '../../../harness/network/proxy-servers.ts';
import { drippingServer, type Endless, endlessServer } from '../../../harness/network/tls-servers.ts';
import { temporaryFolder } from '../../../harness/temporary-folder.ts';
import { testPc } from '../../../harness/test-pc.ts';
import { context, sz } from '../look.ts';
import { byHand, see } from './proxy-scene.ts';

/** Bytes: what systems keep on the way, on both sides, and a little more. */
const ON_THE_WAY = 12 * 1024 * 1024;
/** C0, DEL and C1: what may move a terminal's cursor, colour it, or write its title. */
const CONTROL = /\p{Cc}/u;
const OK = 'HTTP/1.1 200 OK\r\n';
const UPGRADE = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n';

/** All that is told of findings but numbers. */
const words = (findings: readonly Finding[]) =>
  findings
    .flatMap(({ id, subject, evidence }) => [id, subject, ...Object.values(evidence).map(String)])
    .join(' ');

const throughProxy = (address: string, timeout = 20_000) =>
  see({ person: byHand('proxy.example:1'), hosts: { 'proxy.example': address }, timeout });

const byScript = (address: string, timeout = 20_000) =>
  see({ person: { AutoConfigURL: sz('http://pac.example/') }, hosts: { 'pac.example': address }, timeout });

const PORTAL = 'www.msftconnecttest.com';

async function atPortal(address: string, timeout = 20_000): Promise<Finding[]> {
  const { machine } = await testPc({ network: { hosts: { [PORTAL]: { connectTo: address } } } });
  return (await Promise.all(internet.look(context(machine, timeout)))).flat();
}

/** Who asks without TLS, and what is said of a server without end. */
const askers = [
  ['a proxy', throughProxy, /unreachable|refused/],
  ['a server of proxy scripts', byScript, /script-unreachable/],
  ['a portal', atPortal, /no-answer/],
] as const;

const flood = [
  ['headers', OK, `x-more: ${'x'.repeat(1000)}\r\n`],
  ['a header', `${OK}x: `, 'x'.repeat(1000)],
  ['empty lines', '', '\r\n'.repeat(500)],
  ['interim answers', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)],
] as const;

describe.each(askers)('%s that never ends', (_, ask, told) => {
  it.each(flood)('%s is left before it has sent much', async (_, first, more) => {
    const { address, ended } = await endlessServer(undefined, first, more);
    expect(JSON.stringify(await ask(address))).toMatch(told);
    expect(await ended).toBeLessThan(ON_THE_WAY);
  });

  it('and gives headers by drops is left when the time is over', async () => {
    const { address, ended }: Endless = await drippingServer(undefined, `${OK}x: `, 'x');
    expect(JSON.stringify(await ask(address, 3000))).toMatch(/timed-out|ETIMEDOUT/);
    expect(await ended).toBeLessThan(500);
  });
});

describe.each(askers)('%s that speaks another protocol from now on', (_, ask) => {
  it('is told at once', async () => {
    const found = await ask(await rawServer((socket) => socket.write(UPGRADE)));
    expect(JSON.stringify(found)).not.toMatch(/timed-out|ETIMEDOUT/);
  });
});

describe('what is told of a proxy', () => {
  it.each([
    ['answers with escapes', `HTTP/1.1 407 \u009b2J\r\nProxy-Authenticate: \u009b2J, Basic\r\n\r\n`],
    ['answers with NUL bytes', '\0'.repeat(100)],
    ['names a way elsewhere with escapes', `HTTP/1.1 302 On\r\nlocation: http://\u009b2J/\r\n\r\n`],
  ])('that %s has none of that', async (_, answer) => {
    const found = await throughProxy(await rawServer((socket) => socket.end(answer, 'latin1')));
    expect(words(found)).not.toMatch(CONTROL);
  });

  it.each([
    ['throws escapes', "throw new Error('\\u001b[2J\\u009b2J\\u0000')"],
    ['names a proxy with escapes', "return 'PROXY \\u009b2J.example:1'"],
    ['names many ways with escapes', "return 'DIRECT; PROXY \\u009b2J:1; DIRECT'"],
  ])('whose script %s has none of that', async (_, body) => {
    const found = await byScript(await scriptServer(`function FindProxyForURL() { ${body} }`));
    expect(words(found)).not.toMatch(CONTROL);
  });

  it('that is set by hand with escapes has none of that', async () => {
    const found = await see({ person: byHand('\u001b[2J.example:1') });
    expect(words(found)).not.toMatch(CONTROL);
  });
});

it('a portal that leads elsewhere with escapes is told without', async () => {
  const answer = `HTTP/1.1 302 On\r\nlocation: http://\u009b2J/\r\n\r\n`;
  const found = await atPortal(await rawServer((socket) => socket.end(answer, 'latin1')));
  expect(found).toMatchObject([{ meaning: 'captive-portal', evidence: { status: 302 } }]);
  expect(words(found)).not.toMatch(CONTROL);
});

describe('a proxy script that takes all memory', () => {
  const ask = (script: string, timeout: number) =>
    evaluatePac({
      script,
      hosts: ['login.microsoftonline.com'],
      addresses: [],
      lookUp: async () => [],
      startTimeout: 60_000,
      timeout,
      signal: new AbortController().signal,
    });

  it.each([
    ['by arrays', 'var all = []; for (;;) all.push([all.length]);'],
    ['by names', "var all = {}; for (var i = 0; ; i++) all['n' + i] = i;"],
    ['by one text', "var all = 'x'; for (;;) all += all;"],
    ['by many texts', "var all = []; for (;;) all.push('x'.repeat(100000) + all.length);"],
    ['by one buffer', 'new Uint8Array(1e9);'],
    ['by many buffers', 'var all = []; for (;;) all.push(new ArrayBuffer(1e6));'],
  ])('%s is broken', async (_, body) => {
    const answer = await ask(`function FindProxyForURL() { ${body} }`, 10_000);
    expect(answer).toEqual({ end: 'broken', error: expect.stringMatching(/memory|too long|null/) });
  });

  it('by being read is broken', async () => {
    const script = `${'a;'.repeat(490_000)} function FindProxyForURL() {}`;
    expect(await ask(script, 50_000)).toEqual({
      end: 'broken',
      error: expect.stringMatching(/memory limit/),
    });
  });
});

describe('a list of endpoints', () => {
  const row = { id: 56, serviceArea: 'Common', tcpPorts: '443', category: 'Allow', required: true };
  const rows = (count: number, one: unknown) => JSON.stringify(Array.from({ length: count }, () => one));
  const answering =
    (list: string): typeof fetch =>
    async (input) =>
      new Response(String(input).includes('/version/') ? '{"latest":"2098010100"}' : list);

  it.each([
    ['a hundred thousand rows', rows(100_000, {}), /1000/],
    ['a million rows', rows(1_000_000, 1), /1000/],
    ['rows that are good, and too many', rows(10_000, row), /1000/],
    ['too many hosts', rows(1, { ...row, urls: Array.from({ length: 500_000 }, () => '') }), /500/],
    ['nothing but depth', '['.repeat(1_000_000), /JSON/],
  ])('of %s is refused for its size, not looked through', async (_, list, reason) => {
    const refreshed = await refreshEndpoints(temporaryFolder(), answering(list), new Date());
    expect(refreshed).toMatchObject({ state: 'refused', reason: expect.stringMatching(reason) });
  });
});
