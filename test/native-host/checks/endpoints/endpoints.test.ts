import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostMethods } from '../../../../common/contract.ts';
import type { Finding } from '../../../../common/findings.ts';
import { endpointHosts, judge } from '../../../../native-host/checks/endpoints/endpoints.ts';
import { probe } from '../../../../native-host/checks/endpoints/probe.ts';
import { type CheckOptions, runChecks } from '../../../../native-host/checks/index.ts';
import type { SimulatedPc } from '../../../../native-host/machine/simulated/index.ts';
import { goodServer, silentServer } from '../../../harness/network/tls-servers.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { type Certificates, makeCertificates } from '../../../stand-in/certificate.ts';
import { keysBelow, sz } from '../look.ts';

const HOST = 'login.microsoftonline.com';
const TENANT = 'contoso-my.sharepoint.com';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates([...endpointHosts, TENANT]);
});

type Hosts = SimulatedPc['network']['hosts'];

async function checkOn(pc: PcInput, options: CheckOptions = {}): Promise<Finding[]> {
  const { machine } = await testPc(pc);
  const result = await runChecks(machine, { only: ['endpoints'], ...options });
  return v.parse(hostMethods.check.result, result).findings;
}
const check = (hosts: Hosts, options?: CheckOptions) => checkOn({ network: { hosts } }, options);

const of = (findings: readonly Finding[], host = HOST) => findings.find(({ subject }) => subject === host);
const everywhere = (connectTo: string): Hosts =>
  Object.fromEntries(endpointHosts.map((host) => [host, { connectTo, ca: certificates.ca }]));

describe('a server', () => {
  it.each([200, 301, 401, 404, 503])('that answers %i is reachable', async (status) => {
    const connectTo = await goodServer(certificates, status);
    const findings = await check({ [HOST]: { connectTo, ca: certificates.ca } });
    expect(of(findings)).toMatchObject({
      level: 'ok',
      meaning: 'reachable',
      evidence: { address: '127.0.0.1', status, set: 56, source: 'documented', httpMs: expect.any(Number) },
    });
  });

  it('that never answers is a time-out, and all others have been told before it', async () => {
    const hosts = everywhere(await goodServer(certificates));
    hosts[HOST] = { connectTo: await silentServer() };
    const told: string[] = [];
    const findings = await check(hosts, {
      timeout: 1500,
      found: ({ subject, meaning }) => told.push(`${subject} ${meaning}`),
    });
    expect(told).toHaveLength(endpointHosts.length);
    expect(told.at(-1)).toBe(`${HOST} connection-timed-out`);
    expect(findings.filter(({ meaning }) => meaning === 'reachable')).toHaveLength(endpointHosts.length - 1);
  });

  it('that is not needed to sign in is a warning when it fails', async () => {
    const hosts: Hosts = {
      'onedrive.live.com': { fault: 'tls-failed' },
      'g.live.com': { fault: 'tls-failed' },
    };
    const findings = await check(hosts);
    expect(of(findings, 'onedrive.live.com')).toMatchObject({ level: 'warning', meaning: 'tls-failed' });
    expect(of(findings, 'g.live.com')).toMatchObject({ level: 'fault', meaning: 'tls-failed' });
  });
});

describe('the tenant’s own server', () => {
  const account = (values: Record<string, ReturnType<typeof sz>>): PcInput => ({
    registry: {
      HKCU: keysBelow('Software\\Microsoft\\OneDrive\\Accounts', {
        Business1: values,
        Personal: { SPOResourceId: sz('https://personal-my.sharepoint.com/') },
      }),
    },
  });
  const hostsOf = (findings: readonly Finding[]) =>
    findings.map(({ subject }) => subject).filter((host) => !endpointHosts.includes(host));

  it.each([
    ['SPOResourceId', `https://${TENANT}/`, [TENANT]],
    ['ServiceEndpointUri', `https://Contoso-My.SharePoint.com/personal/ada_contoso_com/_api`, [TENANT]],
    ['SPOResourceId', 'https://contoso-my.sharepoint.com.evil.example/', []],
    ['SPOResourceId', 'https://contoso-my.sharepoint.us/', []],
    ['SPOResourceId', 'no address', []],
    ['SPOResourceId', 'https://127.0.0.1/', []],
    ['Elsewhere', `https://${TENANT}/`, []],
  ])('by %s %s: %s', async (name, value, hosts) => {
    expect(hostsOf(await checkOn(account({ [name]: sz(value) })))).toEqual(hosts);
  });

  it('is looked at like all others, and said to be seen and not documented', async () => {
    const connectTo = await goodServer(certificates);
    const findings = await checkOn({
      ...account({ SPOResourceId: sz(`https://${TENANT}/`) }),
      network: { hosts: { [TENANT]: { connectTo, ca: certificates.ca } } },
    });
    expect(of(findings, TENANT)).toMatchObject({
      meaning: 'reachable',
      evidence: { source: 'observed', set: 31 },
    });
  });

  it('is left out where OneDrive’s accounts cannot be read', async () => {
    const faults = [{ operation: 'registry.keys', problem: 'access-denied' }] as const;
    expect(hostsOf(await checkOn({ faults: [...faults] }))).toEqual([]);
  });
});

describe('a name', () => {
  const options = { timeout: 60_000, signal: new AbortController().signal };
  const answers = (addresses: string[]) => async () => addresses.map((address) => ({ address }));
  const probing = (lookUp: () => Promise<{ address: string }[]>, timeout = options.timeout) =>
    probe(HOST, { kind: 'direct' }, { ...options, timeout, lookUp });

  it.each([[['0.0.0.0']], [['127.0.0.1']], [['::']], [['::1', '127.0.0.53']]])(
    'that leads to %s is sinkholed, and nobody is asked there',
    async (addresses) => {
      const { failure, evidence } = await probing(answers(addresses));
      expect({ failure, evidence }).toMatchObject({
        failure: 'sinkholed',
        evidence: { v4: 0, v6: 0, sinkholed: addresses.length, address: addresses[0] },
      });
      expect(evidence).not.toHaveProperty('connectMs');
    },
  );

  it.each([
    ['is unknown', () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })), 60_000],
    ['has no address', answers([]), 60_000],
    ['gets no answer', () => Promise.withResolvers<never>().promise, 50],
  ])('that %s is not found', async (_, lookUp, timeout) => {
    expect(await probing(lookUp, timeout)).toMatchObject({
      failure: 'name-not-found',
      evidence: { nameMs: expect.any(Number) },
    });
  });

  it.each([
    [undefined, 'warning', 'private-address', {}],
    ['connection-failed', 'fault', 'private-address', { failure: 'connection-failed' }],
    ['connection-timed-out', 'fault', 'private-address', { failure: 'connection-timed-out' }],
    ['certificate-unknown', 'fault', 'certificate-unknown', {}],
  ] as const)('of one’s own network, where the outcome is %s: %s %s', (failure, level, meaning, evidence) => {
    const seen = { kind: 'probed', failure, evidence: { private: 1 } } as const;
    expect(judge(seen)).toEqual({ level, meaning, evidence: { private: 1, ...evidence } });
  });
});

describe('the check of the endpoints', () => {
  it('that cannot look at one host says so, and tells of the others', async () => {
    const faults = [{ operation: 'route', match: 'g.live.com', problem: 'access-denied' }] as const;
    const findings = await checkOn({ faults: [...faults] });
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
    const findings = await check(everywhere(await goodServer(certificates, 200, ready)));
    expect(findings.map(({ meaning }) => meaning)).toEqual(endpointHosts.map(() => 'reachable'));
  });

  it('gives its findings in its own order, each with an id of its own', async () => {
    const findings = await check({});
    expect(findings.map(({ subject }) => subject)).toEqual([...endpointHosts]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(endpointHosts.length);
  });

  it.each(['name-not-found', 'connection-failed', 'tls-failed'] as const)(
    'tells of a simulated %s',
    async (fault) => {
      const findings = await check({ [HOST]: { fault } });
      expect(of(findings)).toMatchObject({ level: 'fault', meaning: fault });
      expect(findings.filter(({ meaning }) => meaning === 'simulated')).toHaveLength(
        endpointHosts.length - 1,
      );
    },
  );

  it('ends when it is cancelled, though a server is silent', async () => {
    const connectTo = await silentServer();
    const cancel = new AbortController();
    // Every other finding is told first; nothing but the silent server is left then.
    let told = 0;
    const found = () => {
      told += 1;
      if (told === endpointHosts.length - 1) cancel.abort();
    };
    const findings = await check(
      { [HOST]: { connectTo } },
      { timeout: 600_000, signal: cancel.signal, found },
    );
    expect(of(findings)).toMatchObject({ meaning: 'not-looked', evidence: { error: 'cancelled' } });
  });
});
