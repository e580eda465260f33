import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Oddity, oddCertificates } from '../harness/network/odd-certificates.ts';
import {
  closingServer,
  goodServer,
  httpsServer,
  plainServer,
  refusingAddress,
  silentServer,
} from '../harness/network/tls-servers.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import { type Certificates, makeCertificates } from '../stand-in/certificate.ts';

let wine: Wine;
let script: string;
let trusted: Certificates;
let unknown: Certificates;
beforeAll(async () => {
  [wine, trusted, unknown] = await Promise.all([openWine(), makeCertificates([]), makeCertificates([])]);
  script = await wine.bundle('test/windows/inside/win-http.ts');
});
afterAll(() => wine[Symbol.asyncDispose]());

/** `localhost` and the port of an address. */
const at = (address: string) => ({ host: 'localhost', port: Number(address.split(':').at(-1)) });
const bytesOf = (pem: string) => pem.replaceAll(/-----[^-]+-----|\s/g, '');

const noChannel = { end: 'secure-channel-failed', error: 12_157 };

interface Wish {
  host: string;
  port: number;
  timeout?: number;
  cancelAfter?: number;
}

/** What Windows' stack says of these servers, asked all at once, in their order. */
async function ask(wishes: Wish[], authorities: string[] = []) {
  const trust = [trusted.ca, ...authorities].map(bytesOf);
  const { code, stdout, stderr } = await wine.runNode(script, [JSON.stringify(wishes), ...trust]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const answersOf = async (...wishes: Wish[]) => (await ask(wishes)).outcomes;
const withTls = (options: TlsOptions) =>
  httpsServer(trusted, (_, response) => void response.end(), options).then(at);

test('tells what a server answers, whatever it is, and follows no redirect', async () => {
  const statuses = [200, 204, 302, 401, 403, 503];
  const servers = await Promise.all(statuses.map((status) => goodServer(trusted, status)));
  expect(await answersOf(...servers.map(at))).toEqual(
    statuses.map((status) => ({ end: 'answered', status })),
  );
});

test('asks for the head of / and sends nothing of the person', async () => {
  const asked: unknown[] = [];
  const server = await httpsServer(trusted, ({ method, url, headers }, response) => {
    asked.push({ method, url, names: Object.keys(headers).sort(), agent: headers['user-agent'] });
    response.writeHead(401, { 'www-authenticate': ['NTLM', 'Negotiate'], 'set-cookie': 'a=b' }).end();
  });
  expect(await answersOf(at(server))).toEqual([{ end: 'answered', status: 401 }]);
  const names = ['connection', 'host', 'user-agent'];
  expect(asked).toEqual([{ method: 'HEAD', url: '/', names, agent: 'Signin Rescue' }]);
});

test('tells a secure channel that cannot be made', async () => {
  const servers = [
    await withTls({ minVersion: 'TLSv1.3' }),
    at(await plainServer()),
    at(await closingServer()),
  ];
  expect(await answersOf(...servers)).toEqual(servers.map(() => noChannel));
});

test('takes no certificate that is unknown, expired, not yet valid or another’s', async () => {
  const odd = async (oddity: Partial<Oddity>) => oddCertificates({ hosts: ['localhost'], ...oddity });
  const known = await Promise.all([
    odd({}),
    odd({ days: [-30, -1] }),
    odd({ days: [1, 30] }),
    odd({ hosts: ['other.example'] }),
  ]);
  const servers = await Promise.all([...known, unknown].map((certificates) => goodServer(certificates)));
  const authorities = known.map(({ ca }) => ca);
  const [good, ...others] = (await ask(servers.map(at), authorities)).outcomes;
  expect(good).toEqual({ end: 'answered', status: 200 });
  // Wine's number for a certificate is that of the channel, and it does not say what is wrong.
  expect(others).toEqual([noChannel, noChannel, noChannel, noChannel]);
});

// Wine's WinHTTP knows no automatic proxy, so the proxy's answer comes from the server itself.
test('tells a proxy that wants a password', async () => {
  const server = await goodServer(trusted, 407);
  expect(await answersOf(at(server))).toEqual([{ end: 'proxy-login', error: 12_015 }]);
});

test('tells a name that is not known and a server that refuses', async () => {
  const nobody = { host: 'nobody.invalid', port: 443 };
  expect(await answersOf(nobody, at(await refusingAddress()))).toEqual([
    { end: 'name-not-found', error: 12_007 },
    { end: 'connection-failed', error: 12_029 },
  ]);
});

test('takes no longer than it may, and can be cancelled before and after it has begun', async () => {
  const silent = at(await silentServer());
  expect(
    await answersOf({ ...silent, timeout: 200 }, { ...silent, cancelAfter: 100 }, { ...silent, timeout: 0 }),
  ).toEqual([
    { end: 'connection-timed-out', error: 12_002 },
    'cancelled',
    { end: 'connection-timed-out', error: 12_002 },
  ]);
});

test('asks many at once, and neither they nor the program wait for those that do not answer', async () => {
  const together = 12;
  const all = Promise.withResolvers<void>();
  let here = 0;
  // None answers before all have asked.
  const server = await httpsServer(trusted, async (_, response) => {
    here += 1;
    if (here === together) all.resolve();
    await all.promise;
    response.end();
  });
  const silent = { ...at(await silentServer()), timeout: 2_000 };
  const wishes = Array.from({ length: together }, () => at(server));
  const { outcomes, turns } = await ask([...Array.from({ length: 12 }, () => silent), ...wishes]);
  expect(outcomes.slice(12)).toEqual(wishes.map(() => ({ end: 'answered', status: 200 })));
  // Of two hundred; a program that waits with its requests has none.
  expect(turns).toBeGreaterThan(5);
});

test('goes by what is set for SCHANNEL: with TLS 1.2 off, a server that wants it is out of reach', async () => {
  const server = await withTls({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
  expect(await answersOf(server)).toEqual([{ end: 'answered', status: 200 }]);
  const key =
    'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client';
  const set = ['add', key, '/v', 'Enabled', '/t', 'REG_DWORD', '/d', '0', '/f'];
  expect(await wine.run('reg', set)).toMatchObject({ code: 0 });
  expect(await answersOf(server)).toEqual([noChannel]);
});
