/**
 * The whole check under Wine: the CLI as it ships, in a network of its own where Microsoft's names lead to servers of
 * ours. Wine is not Windows; where the two are known to differ, the rows say so.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { windowsHosts } from '../../native-host/checks/windows-connection.ts';
import { type Oddity, oddCertificates } from '../harness/network/odd-certificates.ts';
import { BLACK_HOLE, NOBODY } from '../harness/network/own-network.ts';
import {
  closingServer,
  garbageServer,
  goodServer,
  httpsServer,
  plainServer,
  resettingServer,
  silentServer,
} from '../harness/network/tls-servers.ts';
import { openWineInNetwork, type WineInNetwork } from '../harness/wine/wine-in-network.ts';
import type { Certificates } from '../stand-in/certificate.ts';

const hosts = windowsHosts();
/** Each authority has a name of its own: of two that share one, whoever verifies may take the wrong one. */
const certificates = (organisation: string, oddity: Partial<Oddity> = {}) =>
  oddCertificates({ hosts, organisation, ...oddity });

let pc: WineInNetwork;
let known: Record<'good' | 'expired' | 'early' | 'foreign', Certificates>;
beforeAll(async () => {
  pc = await openWineInNetwork();
  const [good, expired, early, foreign] = await Promise.all([
    certificates('Good'),
    certificates('Expired', { days: [-30, -1] }),
    certificates('Early', { days: [1, 30] }),
    certificates('Foreign', { hosts: ['www.contoso.example'] }),
  ]);
  known = { good, expired, early, foreign };
  await pc.trust(...Object.values(known).map(({ ca }) => ca));
});
afterAll(() => pc[Symbol.asyncDispose]());

/** Rows that are an address and no server. */
const places = [BLACK_HOLE, NOBODY, ''];

type Row = [server: string, start: () => Promise<string>, endpoints: string, windows: string, stacks: string];
const withTls = (options: object) => () =>
  httpsServer(known.good, (_, response) => void response.end(), options);
const fails = 'windows-fails';
const noChannel = 'secure-channel-failed';

const rows: Row[] = [
  ['good', () => goodServer(known.good), 'reachable', 'works', ''],
  [
    'TLS 1.0 and 1.1 only',
    () => withTls({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' })(),
    'tls-failed',
    // Wine's Schannel still has them; recent Windows 11 has them off.
    'works',
    'windows-only',
  ],
  // Nor has Wine 8's Schannel TLS 1.3, which that of Windows 11 has.
  ['TLS 1.3 only', () => withTls({ minVersion: 'TLSv1.3' })(), 'reachable', noChannel, fails],
  ['TLS 1.2 only', () => withTls({ maxVersion: 'TLSv1.2' })(), 'reachable', 'works', ''],
  [
    'no shared cipher',
    () => withTls({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0' })(),
    'tls-failed',
    noChannel,
    '',
  ],
  // What is wrong with a certificate Wine does not say.
  ['expired', () => goodServer(known.expired), 'certificate-expired', noChannel, ''],
  ['not yet valid', () => goodServer(known.early), 'certificate-not-yet-valid', noChannel, ''],
  ['another name', () => goodServer(known.foreign), 'certificate-wrong-name', noChannel, ''],
  [
    'unknown root',
    async () => goodServer(await certificates('Unknown')),
    'certificate-unknown',
    noChannel,
    '',
  ],
  ['reset in mid-handshake', resettingServer, 'tls-failed', noChannel, ''],
  ['closed before the handshake', closingServer, 'tls-failed', noChannel, ''],
  ['plain HTTP', plainServer, 'tls-failed', noChannel, ''],
  ['garbage', () => garbageServer(known.good, 'SSH-2.0-x\r\n\r\n'), 'http-failed', 'connection-failed', ''],
  ['refused', async () => NOBODY, 'connection-failed', 'connection-failed', ''],
  ['silent', silentServer, 'connection-timed-out', 'connection-timed-out', ''],
  ['black hole', async () => BLACK_HOLE, 'connection-timed-out', 'connection-timed-out', ''],
  ['unknown name', async () => '', 'name-not-found', 'name-not-found', ''],
];

/** What is found of these servers, each behind one of the hosts. */
async function seen(some: readonly Row[]) {
  const names: Record<string, string> = {};
  for (const [index, [, start]] of some.entries()) {
    const server = await start();
    const address = places.includes(server) ? server : await pc.network.place(server);
    if (address) names[hosts[index] ?? ''] = address;
  }
  await pc.network.name(names);
  const found = await pc.look('endpoints,windows-connection,stacks');
  const of = (check: string, index: number) =>
    found.find((each) => each.check === check && each.subject === hosts[index])?.meaning ?? '';
  return some.map(([server], index) => [
    server,
    ...['endpoints', 'windows-connection', 'stacks'].map((check) => of(check, index)),
  ]);
}

test('tells what is the matter with a server, by both stacks', async () => {
  const found: unknown[] = [];
  for (let at = 0; at < rows.length; at += hosts.length)
    found.push(...(await seen(rows.slice(at, at + hosts.length))));
  expect(found).toEqual(rows.map(([server, , ...meanings]) => [server, ...meanings]));
});

test('ends as it should while Windows still waits for a server', async () => {
  const { wine, network } = pc;
  const script = wine.windowsPath(await wine.bundle('test/windows/inside/win-http.ts'));
  const wish = [{ host: BLACK_HOLE, port: 443, timeout: 200 }];
  const { env, folder } = wine;
  const run = network.run(['wine', wine.node, script, JSON.stringify(wish)], { env, folder });
  expect(await run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('12002') });
});
