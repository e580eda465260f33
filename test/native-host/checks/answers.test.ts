import type { RequestListener } from 'node:http';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostMethods } from '../../../common/contract.ts';
import type { HostCheckId } from '../../../common/findings.ts';
import { clockOffset } from '../../../native-host/checks/clock.ts';
import { runChecks } from '../../../native-host/checks/index.ts';
import { internet } from '../../../native-host/checks/internet.ts';
import { type Oddity, oddCertificates } from '../../harness/network/odd-certificates.ts';
import {
  garbageServer,
  httpServer,
  httpsServer,
  plainServer,
  refusingAddress,
  silentServer,
} from '../../harness/network/tls-servers.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import type { Certificates } from '../../stand-in/certificate.ts';
import { context, dword, look } from './look.ts';

const HOST = 'login.microsoftonline.com';
const hosts = [HOST];

let certificates: Record<'microsoft' | 'contoso' | 'nameless' | 'expired' | 'foreign', Certificates>;
beforeAll(async () => {
  const make = (odd: Omit<Oddity, 'hosts'>, names = hosts) => oddCertificates({ hosts: names, ...odd });
  const [microsoft, contoso, nameless, expired, foreign] = await Promise.all([
    make({ organisation: 'Microsoft Corporation' }),
    make({ organisation: 'Contoso Ltd' }),
    make({}),
    make({ organisation: 'DigiCert Inc', days: [-90, -1] }),
    make({ organisation: 'Fabrikam Filter' }, ['portal.example']),
  ]);
  certificates = { microsoft, contoso, nameless, expired, foreign };
});

interface Server {
  shown?: keyof typeof certificates;
  trusted?: keyof typeof certificates;
  headers?: Record<string, string>;
  handler?: RequestListener;
}

/** What these checks find of a sign-in host that answers so. */
async function signInHost(
  only: HostCheckId[],
  { shown = 'microsoft', trusted = shown, headers = {}, handler }: Server,
) {
  const answer: RequestListener = handler ?? ((_, response) => void response.writeHead(200, headers).end());
  const connectTo = await httpsServer(certificates[shown], answer);
  const ca = certificates[trusted].ca;
  const { machine } = await testPc({ network: { hosts: { [HOST]: { connectTo, ca } } } });
  return v.parse(hostMethods.check.result, await runChecks(machine, { only })).findings;
}

describe('interception', () => {
  it.each<[string, Server, object]>([
    [
      'one of Microsoft’s',
      {},
      { level: 'ok', meaning: 'none', evidence: { issuer: 'Microsoft Corporation' } },
    ],
    [
      'a company’s that is trusted',
      { shown: 'contoso' },
      { level: 'warning', meaning: 'inspected', subject: 'Contoso Ltd' },
    ],
    [
      'a company’s that nobody here trusts',
      { shown: 'contoso', trusted: 'microsoft' },
      { level: 'fault', meaning: 'inspected', subject: 'Contoso Ltd' },
    ],
    [
      'somebody’s without an organisation',
      { shown: 'nameless' },
      { level: 'warning', meaning: 'inspected', subject: 'An authority' },
    ],
    [
      'a filter’s own',
      { shown: 'foreign' },
      { level: 'fault', meaning: 'inspected', subject: 'Fabrikam Filter' },
    ],
    ['one of Microsoft’s that has expired', { shown: 'expired' }, { level: 'ok', meaning: 'none' }],
  ])('is judged by the certificate: %s', async (_, server, found) => {
    expect(await signInHost(['interception'], server)).toMatchObject([{ id: 'interception', ...found }]);
  });

  it.each(['Restrict-Access-To-Tenants', 'sec-Restrict-Tenant-Access-Policy'])(
    'tells of limits where an answer carries %s back, and only there',
    async (header) => {
      const found = await signInHost(['interception'], { headers: { [header]: 'contoso.example' } });
      expect(found.map(({ meaning, level }) => [meaning, level])).toEqual([
        ['none', 'ok'],
        ['tenant-restricted', 'warning'],
      ]);
    },
  );

  it.each([
    ['nobody answers', refusingAddress],
    ['what answers speaks no TLS', plainServer],
  ])('says nothing where %s', async (_, start) => {
    const { machine } = await testPc({ network: { hosts: { [HOST]: { connectTo: await start() } } } });
    const { findings } = await runChecks(machine, { only: ['interception', 'clock'] });
    expect(findings.map(({ id, meaning }) => `${id} ${meaning}`)).toEqual([
      'interception not-looked',
      'clock not-looked',
    ]);
  });

  it('the clock and the endpoints look at the sign-in host once for all', async () => {
    let asked = 0;
    const handler: RequestListener = (_, response) => {
      asked += 1;
      response.end();
    };
    const found = await signInHost(['endpoints', 'interception', 'clock'], { handler });
    expect(new Set(found.map(({ check }) => check)).size).toBe(3);
    expect(asked).toBe(1);
  });
});

describe('the clock', () => {
  const MINUTE = 60_000;
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toUTCString();

  it.each<[string, Server, object]>([
    ['agrees', {}, { level: 'ok', meaning: 'right' }],
    ['is half a minute off', { headers: { date: inMinutes(0.5) } }, { level: 'ok', meaning: 'right' }],
    [
      'is three minutes off',
      { headers: { date: inMinutes(3.2) } },
      { level: 'warning', meaning: 'off', amount: 3 },
    ],
    [
      'is an hour behind us',
      { headers: { date: inMinutes(-60) } },
      { level: 'fault', meaning: 'off', amount: 60 },
    ],
    [
      'is an hour before us',
      { headers: { date: inMinutes(60) } },
      { level: 'fault', meaning: 'off', amount: 60 },
    ],
    [
      'is an hour off, so that its certificate has expired',
      { shown: 'expired', headers: { date: inMinutes(-60) } },
      { level: 'fault', meaning: 'off', amount: 60 },
    ],
    ['is no date', { headers: { date: 'soon' } }, { level: 'unknown', meaning: 'not-looked' }],
    [
      'is nobody’s whom we trust',
      { shown: 'contoso', trusted: 'microsoft' },
      { level: 'unknown', meaning: 'not-looked' },
    ],
  ])('of a server that %s', async (_, server, found) => {
    expect(await signInHost(['clock'], server)).toMatchObject([{ id: 'clock', ...found }]);
  });

  const at = Date.UTC(2026, 10, 22, 14, 30, 0);
  it.each([
    ['the same second', at + 100, at + 900, 0],
    ['the answer took half an hour', at - 30 * MINUTE, at, 0],
    ['the date is of the very end', at - 5, at, 0],
    ['this PC is ahead', at + 10_000, at + 20_000, 9_000],
    ['this PC is behind', at - 20_000, at - 10_000, -10_000],
  ])('takes the way there and back into account: %s', (_, asked, came, offset) => {
    const headers = { date: new Date(at).toUTCString() };
    expect(clockOffset({ status: 200, headers, asked, came })).toBe(offset);
  });
});

const TEST_HOST = 'www.msftconnecttest.com';
const page = (text: string, status = 200, headers = {}) =>
  httpServer((_, response) => void response.writeHead(status, headers).end(text));
const endless = () =>
  httpServer((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  });

describe('the internet', () => {
  const onto = (connectTo: string): PcInput => ({ network: { hosts: { [TEST_HOST]: { connectTo } } } });

  it.each<[string, () => Promise<string>, string, object]>([
    ['Windows’ own page', () => page('Microsoft Connect Test'), 'ok open', { status: 200 }],
    ['the page and more', () => page('Microsoft Connect Test!'), 'fault captive-portal', { status: 200 }],
    ['half of it', () => page('Microsoft Connect'), 'fault captive-portal', {}],
    ['another page', () => page('<h1>Welcome to our hotel</h1>'), 'fault captive-portal', {}],
    ['an empty page', () => page('', 204), 'fault captive-portal', { status: 204 }],
    [
      'a way elsewhere',
      () => page('', 302, { location: 'http://portal.example/' }),
      'fault captive-portal',
      { status: 302, location: 'http://portal.example/' },
    ],
    ['that one must sign in', () => page('', 511), 'fault captive-portal', { status: 511 }],
    ['a page without end', endless, 'fault captive-portal', { status: 200 }],
    ['a refusal', () => page('blocked', 403), 'warning no-answer', { status: 403 }],
    ['nobody', refusingAddress, 'warning no-answer', { error: 'ECONNREFUSED' }],
    ['no HTTP', () => garbageServer(certificates.contoso, ''), 'warning no-answer', {}],
  ])('that answers with %s', async (_, start, expected, evidence) => {
    const [found] = await look(internet, onto(await start()));
    expect(`${found?.level} ${found?.meaning}`).toBe(expected);
    expect(found?.evidence).toMatchObject(evidence);
  });

  it('that says nothing is told when the time is over', async () => {
    const { machine } = await testPc(onto(await silentServer()));
    const [found] = await Promise.all(internet.look(context(machine, 300)));
    expect(found).toMatchObject([{ meaning: 'no-answer', evidence: { error: 'timed-out' } }]);
  });

  it('is asked for by its name', async () => {
    let asked = '';
    const connectTo = await httpServer(({ headers, method, url }, response) => {
      asked = `${method} ${headers.host}${url}`;
      response.end();
    });
    await look(internet, onto(connectTo));
    expect(asked).toBe(`GET ${TEST_HOST}/connecttest.txt`);
  });

  const NCSI = 'SYSTEM\\CurrentControlSet\\Services\\NlaSvc\\Parameters\\Internet';
  const POLICY = 'SOFTWARE\\Policies\\Microsoft\\Windows\\NetworkConnectivityStatusIndicator';
  it.each([
    [NCSI, 'EnableActiveProbing', 1, false],
    [NCSI, 'EnableActiveProbing', 0, true],
    [POLICY, 'NoActiveProbe', 0, false],
    [POLICY, 'NoActiveProbe', 1, true],
  ])('is not tried by Windows: %s %s %i: %s', async (key, name, value, off) => {
    const found = await look(internet, { registry: { HKLM: { [key]: { [name]: dword(value) } } } });
    expect(found.filter(({ meaning }) => meaning === 'probe-off')).toMatchObject(
      off ? [{ level: 'warning', id: 'internet:probe-off', evidence: { by: name } }] : [],
    );
  });

  it.each(['name-not-found', 'connection-failed'] as const)('of a simulated PC with %s', async (fault) => {
    const found = await look(internet, { network: { default: fault } });
    expect(found).toMatchObject([{ level: 'warning', meaning: 'no-answer' }]);
  });
});
