import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Finding, FindingSchema } from '../../../common/findings.ts';
import { lookAtHost } from '../../../native-host/checks/endpoints/endpoints.ts';
import { oddCertificates } from '../../harness/network/odd-certificates.ts';
import {
  closingServer,
  endlessServer,
  garbageServer,
  goodServer,
  httpsServer,
  plainServer,
  refusingAddress,
  resettingServer,
  silentServer,
} from '../../harness/network/tls-servers.ts';
import { testPc } from '../../harness/test-pc.ts';
import type { Certificates } from '../../stand-in/certificate.ts';
import { context } from './look.ts';

const HOST = 'login.microsoftonline.com';
const hosts = [HOST];

let good: Certificates;
let expired: Certificates;
let early: Certificates;
let foreign: Certificates;
let self: Certificates;
beforeAll(async () => {
  [good, expired, early, foreign, self] = await Promise.all([
    oddCertificates({ hosts, organisation: 'Contoso' }),
    oddCertificates({ hosts, days: [-90, -1], organisation: 'DigiCert Inc' }),
    oddCertificates({ hosts, days: [1, 90] }),
    oddCertificates({ hosts: ['portal.example'] }),
    oddCertificates({ hosts, selfSigned: true }),
  ]);
});

async function look(connectTo: string, ca = good.ca, timeout = 60_000): Promise<Finding> {
  const { machine } = await testPc({ network: { hosts: { [HOST]: { connectTo, ca } } } });
  return v.parse(FindingSchema, await lookAtHost(HOST, context(machine, timeout)));
}

type Expected = [meaning: Finding['meaning'], evidence: Record<string, unknown>];
type Row = [server: string, start: () => Promise<Finding>, expected: Expected];
const text = expect.any(String);
const tls = (options: object) => httpsServer(good, (_, response) => void response.end(), options);
const weak = '@SECLEVEL=0';

describe('a server', () => {
  const rows: Row[] = [
    [
      'speaks TLS 1.3 only',
      async () => look(await tls({ minVersion: 'TLSv1.3' })),
      ['reachable', { tls: 'TLSv1.3' }],
    ],
    [
      'speaks TLS 1.2 only',
      async () => look(await tls({ maxVersion: 'TLSv1.2' })),
      ['reachable', { tls: 'TLSv1.2' }],
    ],
    [
      'speaks TLS 1.0 and 1.1 only',
      async () => look(await tls({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: `ALL:${weak}` })),
      ['tls-failed', { error: expect.stringMatching(/PROTOCOL/) }],
    ],
    [
      'shares no cipher with us',
      async () =>
        look(await tls({ maxVersion: 'TLSv1.2', ciphers: `ECDHE-ECDSA-CAMELLIA128-SHA256:${weak}` })),
      ['tls-failed', { error: expect.stringMatching(/HANDSHAKE_FAILURE/) }],
    ],
    [
      'has a certificate that has expired',
      async () => look(await goodServer(expired), expired.ca),
      ['certificate-expired', { error: 'CERT_HAS_EXPIRED', issuer: 'DigiCert Inc', status: 200 }],
    ],
    [
      'has a certificate that is not valid yet',
      async () => look(await goodServer(early), early.ca),
      ['certificate-not-yet-valid', { error: 'CERT_NOT_YET_VALID', status: 200 }],
    ],
    [
      'has a certificate of another name',
      async () => look(await goodServer(foreign), foreign.ca),
      ['certificate-wrong-name', { error: 'ERR_TLS_CERT_ALTNAME_INVALID', subject: 'portal.example' }],
    ],
    [
      'has a certificate from somebody unknown',
      async () => look(await goodServer(good), early.ca),
      ['certificate-unknown', { error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', issuer: 'Contoso' }],
    ],
    [
      'sends the unknown authority along',
      async () => look(await goodServer({ ...good, cert: `${good.cert}\n${good.ca}` }), early.ca),
      ['certificate-unknown', { error: 'SELF_SIGNED_CERT_IN_CHAIN', chain: 2 }],
    ],
    [
      'has signed its own certificate',
      async () => look(await goodServer(self)),
      ['certificate-unknown', { error: 'DEPTH_ZERO_SELF_SIGNED_CERT', chain: 1, expires: text }],
    ],
    [
      'refuses the connection',
      async () => look(await refusingAddress()),
      ['connection-failed', { error: 'ECONNREFUSED' }],
    ],
    [
      'closes it before TLS',
      async () => look(await closingServer()),
      ['tls-failed', { error: 'ECONNRESET' }],
    ],
    [
      'resets in mid-handshake',
      async () => look(await resettingServer()),
      ['tls-failed', { error: 'ECONNRESET' }],
    ],
    [
      'speaks no TLS',
      async () => look(await plainServer()),
      ['tls-failed', { error: expect.stringMatching(/SSL|EPROTO/) }],
    ],
    [
      'says nothing at all',
      async () => look(await silentServer(), good.ca, 300),
      ['connection-timed-out', { connectMs: expect.any(Number), tlsMs: expect.any(Number) }],
    ],
    [
      'says garbage',
      async () => look(await garbageServer(good, 'this is no HTTP\r\n\r\n')),
      ['http-failed', { error: text }],
    ],
    [
      'says half a line',
      async () => look(await garbageServer(good, 'HTTP/1.1 20')),
      ['http-failed', { tls: 'TLSv1.3' }],
    ],
    [
      'closes after the handshake',
      async () => look(await garbageServer(good, '')),
      ['http-failed', { error: 'ECONNRESET' }],
    ],
    [
      'says that it goes on, for ever',
      async () => {
        const { address } = await endlessServer(good, '', 'HTTP/1.1 100 Continue\r\n\r\n');
        return look(address);
      },
      ['http-failed', { error: expect.stringContaining('interim') }],
    ],
  ];

  it.each(rows)('that %s is told as such', async (_, found, [meaning, evidence]) => {
    const level = meaning === 'reachable' ? 'ok' : 'fault';
    expect(await found()).toMatchObject({ level, meaning, subject: HOST, evidence });
  });

  it.each([
    ['headers', 'HTTP/1.1 200 OK\r\n', 'x-more: and more\r\n', 'http-failed'],
    ['one header', 'HTTP/1.1 200 OK\r\nx-long: ', 'and longer'.repeat(100), 'http-failed'],
    ['a body', 'HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n', 'x'.repeat(65_536), 'reachable'],
  ])('that sends %s without end is left at once', async (_, first, more, meaning) => {
    const { address, ended } = await endlessServer(good, first, more);
    expect(await look(address)).toMatchObject({ meaning });
    await ended;
  });

  it('that never answers is left when the time is over', async () => {
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const address = await httpsServer(good, ({ socket }) => void socket.on('close', () => resolve()));
    expect(await look(address, good.ca, 500)).toMatchObject({
      meaning: 'connection-timed-out',
      evidence: { tls: 'TLSv1.3', issuer: 'Contoso', httpMs: expect.any(Number) },
    });
    await left;
  });

  it('that leads in a circle is asked once', async () => {
    let asked = 0;
    const address = await httpsServer(good, (_, response) => {
      asked += 1;
      response.writeHead(302, { location: `https://${HOST}/` }).end();
    });
    expect(await look(address)).toMatchObject({ meaning: 'reachable', evidence: { status: 302 } });
    expect(asked).toBe(1);
  });

  it('shows its certificate, and whoever signed it cannot write on the terminal', async () => {
    const sly = await oddCertificates({ hosts, organisation: '\u001B[2JMicrosoft\u0007' });
    const { evidence } = await look(await goodServer(sly), sly.ca);
    expect(evidence).toMatchObject({ subject: HOST, issuer: '\uFFFD[2JMicrosoft\uFFFD', chain: 2 });
    expect(evidence.expires).toMatch(/^\d{4}-\d\d-\d\dT/);
  });
});
