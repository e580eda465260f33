/** Servers that mean harm: bounded in time and memory, told, never a crash, nothing of theirs on a terminal. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Finding, FindingSchema, findingWords } from '../../../common/findings.ts';
import { lookAtHost } from '../../../native-host/checks/endpoints/endpoints.ts';
import { probe } from '../../../native-host/checks/endpoints/probe.ts';
import { say } from '../../../native-host/cli/words.ts';
import {
  drippingServer,
  type Endless,
  endlessServer,
  garbageServer,
  goodServer,
  renegotiatingServer,
} from '../../harness/network/tls-servers.ts';
import { testPc } from '../../harness/test-pc.ts';
import { type Certificates, makeCertificates } from '../../stand-in/certificate.ts';
import { longChain } from './long-chain.ts';
import { context } from './look.ts';
import { SIGN_IN } from './proxy/proxy-scene.ts';

/** Bytes: what systems keep on the way, on both sides, and a little more. */
const ON_THE_WAY = 12 * 1024 * 1024;
/** C0, DEL and C1: what may move a terminal's cursor, colour it, or write its title. */
const CONTROL = /\p{Cc}/u;

let good: Certificates;
beforeAll(async () => {
  good = await makeCertificates([SIGN_IN]);
});

async function look(connectTo: string, ca = good.ca, timeout = 20_000): Promise<Finding> {
  const { machine } = await testPc({ network: { hosts: { [SIGN_IN]: { connectTo, ca } } } });
  return v.parse(FindingSchema, await lookAtHost(SIGN_IN, context(machine, timeout)));
}

/** All that a person is shown of findings. */
const shown = (findings: readonly Finding[]) =>
  findings.flatMap((found) => [
    found.id,
    findingWords(found, say),
    ...Object.values(found.evidence).map(String),
  ]);

const OK = 'HTTP/1.1 200 OK\r\n';
const record = (type: number, length: number, ...bytes: number[]) =>
  Buffer.from([type, 3, 3, length >> 8, length & 255, ...bytes]);

const many = (one: Buffer) => Buffer.concat(Array.from({ length: 1000 }, () => one));

describe('a server that never ends', () => {
  it.each<[string, () => Promise<Endless>, Finding['meaning']]>([
    ['its headers', () => endlessServer(good, OK, `x-more: ${'x'.repeat(1000)}\r\n`), 'http-failed'],
    ['a header', () => endlessServer(good, `${OK}x: `, 'x'.repeat(1000)), 'http-failed'],
    ['the name of a header', () => endlessServer(good, OK, 'x'.repeat(1000)), 'http-failed'],
    ['its reason', () => endlessServer(good, 'HTTP/1.1 200 ', 'x'.repeat(1000)), 'http-failed'],
    ['empty lines', () => endlessServer(good, '', '\r\n'.repeat(500)), 'http-failed'],
    ['interim answers', () => endlessServer(good, '', 'HTTP/1.1 103 Early Hints\r\n\r\n'), 'http-failed'],
    ['a body of no length', () => endlessServer(good, `${OK}\r\n`, 'x'.repeat(65_536)), 'reachable'],
    ['empty records of TLS', () => endlessServer(undefined, '', many(record(22, 0))), 'tls-failed'],
    ['warnings of TLS', () => endlessServer(undefined, '', many(record(21, 2, 1, 90))), 'tls-failed'],
    [
      'a message of TLS',
      () => endlessServer(undefined, record(22, 4, 2, 255, 255, 255), many(record(22, 1, 0))),
      'tls-failed',
    ],
  ])('%s is left before it has sent much', async (_, start, meaning) => {
    const { address, ended } = await start();
    expect(await look(address)).toMatchObject({ meaning });
    expect(await ended).toBeLessThan(ON_THE_WAY);
  });

  it.each<[string, () => Promise<Endless>, object]>([
    ['an answer', () => drippingServer(good, '', `${OK}x-more: ${'x'.repeat(500)}`), { tls: 'TLSv1.3' }],
    ['interim answers', () => drippingServer(good, '', 'HTTP/1.1 100 \r\n\r\n'), { tls: 'TLSv1.3' }],
    ['a handshake', () => drippingServer(undefined, record(22, 16_384), '\0'), { tlsMs: expect.any(Number) }],
  ])('and gives %s by drops is left when the time is over', async (_, start, evidence) => {
    const { address, ended } = await start();
    const found = await look(address, good.ca, 500);
    expect(found).toMatchObject({ meaning: 'connection-timed-out', evidence });
    expect(await ended).toBeLessThan(500);
  });
});

describe('a server that answers', () => {
  it.each<[string, string]>([
    ['as HTTP/0.9 does', '<html>Welcome</html>'],
    ['with NUL bytes', '\0'.repeat(100)],
    ['with a NUL in a header', `${OK}server: a\0b\r\n\r\n`],
    ['with an escape in a header', `${OK}server: \u001b[2J\r\n\r\n`],
    ['with an escape as status', 'HTTP/1.1 \u001b[2J OK\r\n\r\n'],
    ['with a status out of this world', 'HTTP/1.1 99999 OK\r\n\r\n'],
    ['with two lengths', `${OK}content-length: 1\r\ncontent-length: 2\r\n\r\n`],
    [
      'that the protocol is another now',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    ],
  ])('%s is told as no HTTP', async (_, answer) => {
    const found = await look(await garbageServer(good, answer));
    expect(found).toMatchObject({ level: 'fault', meaning: 'http-failed' });
    expect(shown([found]).join('\n').replaceAll('\n', '')).not.toMatch(CONTROL);
  });

  it('and wants one handshake after the other is left when the time is over', async () => {
    const { address, handshakes, ended } = await renegotiatingServer(good);
    const found = await look(address, good.ca, 500);
    expect(found).toMatchObject({ meaning: 'connection-timed-out', evidence: { tls: 'TLSv1.2' } });
    await ended;
    expect(handshakes()).toBeGreaterThan(1);
  });

  it('with a chain of certificates that is too large is told as such', async () => {
    const many = `${good.cert}\n${`${good.ca}\n`.repeat(1000)}`;
    expect(await look(await goodServer({ ...good, cert: many }))).toMatchObject({ meaning: 'tls-failed' });
  });

  it('with a chain of certificates that is too long has it counted no further', async () => {
    const chain = await longChain(SIGN_IN, 40);
    const { meaning, evidence } = await look(await goodServer(chain), chain.ca);
    expect({ meaning, chain: evidence.chain }).toEqual({ meaning: 'reachable', chain: 20 });
  });
});

it('a name of a thousand addresses is asked at one of each family', async () => {
  const [, port] = (await goodServer(good)).split(':');
  const four = Array.from({ length: 999 }, (_, at) => `127.0.0.${(at % 250) + 1}`);
  const lookUp = async () => [...four, '::1', ...four].map((address) => ({ address }));
  let connections = 0;
  const count = () => {
    connections += 1;
  };
  subscribe('net.client.socket', count);
  const route = { kind: 'connect-to', address: 'many.example', port: Number(port), ca: good.ca } as const;
  const { signal } = new AbortController();
  const found = await probe(SIGN_IN, route, { timeout: 60_000, signal, lookUp });
  unsubscribe('net.client.socket', count);
  expect(found).toMatchObject({ failure: undefined, evidence: { address: '127.0.0.1' } });
  expect(connections).toBe(2);
});
