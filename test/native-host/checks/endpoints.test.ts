import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostMethods } from '../../../common/contract.ts';
import type { Finding } from '../../../common/findings.ts';
import { endpointHosts } from '../../../native-host/checks/endpoints.ts';
import { type CheckOptions, runChecks } from '../../../native-host/checks/index.ts';
import type { SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { testPc } from '../../harness/test-pc.ts';
import {
  closingServer,
  garbageServer,
  goodServer,
  plainServer,
  refusingAddress,
  silentServer,
} from '../../harness/tls-servers.ts';
import { type Certificates, makeCertificates } from '../../stand-in/certificate.ts';

const HOST = 'login.microsoftonline.com';

let certificates: Certificates;
let others: Certificates;
beforeAll(async () => {
  [certificates, others] = await Promise.all([
    makeCertificates(endpointHosts),
    makeCertificates(endpointHosts),
  ]);
});

type Hosts = SimulatedPc['network']['hosts'];

const ofEndpoints = (findings: readonly Finding[]) => findings.filter((found) => found.check === 'endpoints');

/** What was found of the servers; all that was found is held against the contract. */
async function check(hosts: Hosts, options: CheckOptions = {}) {
  const { machine } = await testPc({ network: { hosts } });
  const { findings } = v.parse(hostMethods.check.result, await runChecks(machine, options));
  return { findings: ofEndpoints(findings) };
}

const of = (findings: readonly Finding[], host = HOST) => findings.find(({ subject }) => subject === host);

describe('a server', () => {
  it.each([200, 301, 401, 404, 503])('that answers %i is reachable', async (status) => {
    const connectTo = await goodServer(certificates, status);
    const { findings } = await check({ [HOST]: { connectTo, ca: certificates.ca } });
    expect(of(findings)).toMatchObject({
      level: 'ok',
      meaning: 'reachable',
      evidence: {
        address: '127.0.0.1',
        status,
        tls: 'TLSv1.3',
        cipher: expect.any(String),
        httpMs: expect.any(Number),
      },
    });
  });

  it('whose certificate nobody vouches for fails at TLS, with the system’s word for it', async () => {
    const connectTo = await goodServer(certificates);
    for (const ca of [others.ca, undefined]) {
      const { findings } = await check({ [HOST]: { connectTo, ...(ca ? { ca } : {}) } });
      expect(of(findings)).toMatchObject({
        level: 'fault',
        meaning: 'tls-failed',
        evidence: { error: expect.stringMatching(/CERT|ISSUER|SIGNATURE/), connectMs: expect.any(Number) },
      });
      expect(of(findings)?.evidence).not.toHaveProperty('status');
    }
  });

  it('whose certificate is for another name fails at TLS', async () => {
    const wrong = await makeCertificates(['elsewhere.example']);
    const connectTo = await goodServer(wrong);
    const { findings } = await check({ [HOST]: { connectTo, ca: wrong.ca } });
    expect(of(findings)).toMatchObject({
      meaning: 'tls-failed',
      evidence: { error: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });

  it.each([
    ['refuses the connection', refusingAddress, 'connection-failed', 'ECONNREFUSED'],
    ['closes it before TLS', closingServer, 'tls-failed', 'ECONNRESET'],
    ['speaks no TLS', plainServer, 'tls-failed', expect.stringMatching(/SSL|EPROTO/)],
  ])('that %s is told so', async (_, start, meaning, error) => {
    const { findings } = await check({ [HOST]: { connectTo: await start(), ca: certificates.ca } });
    expect(of(findings)).toMatchObject({ level: 'fault', meaning, evidence: { error } });
  });

  it.each([
    ['garbage', 'this is not HTTP\r\n\r\n'],
    ['nothing', ''],
    ['half a header', 'HTTP/1.1 20'],
  ])('that answers with %s over TLS fails at HTTP', async (_, garbage) => {
    const connectTo = await garbageServer(certificates, garbage);
    const { findings } = await check({ [HOST]: { connectTo, ca: certificates.ca } });
    expect(of(findings)).toMatchObject({
      level: 'fault',
      meaning: 'http-failed',
      evidence: { tls: 'TLSv1.3' },
    });
  });

  it('that never answers is a time-out, and all others have been told before it', async () => {
    const good = await goodServer(certificates);
    const hosts: Hosts = Object.fromEntries(
      endpointHosts.map((host) => [host, { connectTo: good, ca: certificates.ca }]),
    );
    hosts[HOST] = { connectTo: await silentServer() };
    const told: string[] = [];
    const { findings } = await check(hosts, {
      timeout: 1500,
      found: (found) => told.push(...ofEndpoints([found]).map((each) => `${each.subject} ${each.meaning}`)),
    });
    expect(told).toHaveLength(endpointHosts.length);
    expect(told.at(-1)).toBe(`${HOST} connection-timed-out`);
    expect(findings.filter(({ meaning }) => meaning === 'reachable')).toHaveLength(endpointHosts.length - 1);
  });
});

describe('a check', () => {
  it('that cannot look at one host says so, and tells of the others', async () => {
    const faults = [{ operation: 'route', match: 'g.live.com', problem: 'access-denied' }] as const;
    const { machine } = await testPc({ faults: [...faults] });
    const findings = ofEndpoints((await runChecks(machine)).findings);
    const blind = findings.filter(({ level }) => level === 'unknown');
    expect(blind).toMatchObject([{ subject: 'g.live.com', meaning: 'not-looked' }]);
    expect(findings).toHaveLength(endpointHosts.length);
  });

  it('asks all servers at once: each is answered only when all have been asked', async () => {
    const everyone = Promise.withResolvers<void>();
    let asked = 0;
    const ready = () => {
      asked += 1;
      if (asked === endpointHosts.length) everyone.resolve();
      return everyone.promise;
    };
    const connectTo = await goodServer(certificates, 200, ready);
    const hosts: Hosts = Object.fromEntries(
      endpointHosts.map((host) => [host, { connectTo, ca: certificates.ca }]),
    );
    const { findings } = await check(hosts);
    expect(findings.map(({ meaning }) => meaning)).toEqual(endpointHosts.map(() => 'reachable'));
  });

  it('gives its findings in its own order, each with an id of its own', async () => {
    const { findings } = await check({});
    expect(findings.map(({ subject }) => subject)).toEqual([...endpointHosts]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(endpointHosts.length);
    expect(endpointHosts).toEqual(expect.arrayContaining(['login.microsoftonline.com', 'onedrive.live.com']));
  });

  it.each(['name-not-found', 'connection-failed', 'tls-failed'] as const)(
    'tells of a simulated %s',
    async (fault) => {
      const { findings } = await check({ [HOST]: { fault } });
      expect(of(findings)).toMatchObject({ level: 'fault', meaning: fault });
      expect(findings.filter(({ meaning }) => meaning === 'simulated')).toHaveLength(
        endpointHosts.length - 1,
      );
    },
  );

  it('ends when it is cancelled, though a server is silent', async () => {
    const connectTo = await silentServer();
    const cancel = new AbortController();
    const hosts = { [HOST]: { connectTo } };
    // Every other finding is told first; nothing but the silent server is left then.
    let told = 0;
    const found = (finding: Finding) => {
      told += ofEndpoints([finding]).length;
      if (told === endpointHosts.length - 1) cancel.abort();
    };
    const { findings } = await check(hosts, { timeout: 600_000, signal: cancel.signal, found });
    expect(of(findings)?.meaning).toBe('connection-timed-out');
  });
});
