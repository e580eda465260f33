import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { hostMethods } from '../../../common/contract.ts';
import { FindingSchema } from '../../../common/findings.ts';
import { runChecks } from '../../../native-host/checks/index.ts';
import { compareStacks, stacks } from '../../../native-host/checks/stacks.ts';
import { windowsHosts } from '../../../native-host/checks/windows-connection.ts';
import { httpsServer, silentServer } from '../../harness/network/tls-servers.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { makeCertificates } from '../../stand-in/certificate.ts';
import { context, look } from './look.ts';

const HOST = 'login.microsoftonline.com';
type Network = NonNullable<PcInput['network']>;
type Fault = 'name-not-found' | 'connection-failed' | 'tls-failed';
type End = NonNullable<Network['windows']>[string]['end'];

/** What is found of one host, by a plain connection and by Windows'. */
async function found(fault: Fault | 'none', end: End) {
  const { machine } = await testPc({
    network: { hosts: { [HOST]: { fault } }, windows: { [HOST]: { end } } },
  });
  const findings = (await Promise.all(compareStacks([HOST], context(machine)))).flat();
  return v.parse(v.array(FindingSchema), findings);
}

describe('Windows’ own connection beside a plain one', () => {
  it.each<[Fault | 'none', End, string, string, object]>([
    ['none', 'answered', 'ok', 'agree', { hosts: HOST }],
    ['tls-failed', 'secure-channel-failed', 'ok', 'agree', { hosts: HOST }],
    ['connection-failed', 'proxy-login', 'ok', 'agree', { hosts: HOST }],
    [
      'connection-failed',
      'answered',
      'warning',
      'windows-only',
      { plain: 'connection-failed', windows: 'works', status: 200 },
    ],
    ['name-not-found', 'answered', 'warning', 'windows-only', { plain: 'name-not-found' }],
    [
      'none',
      'secure-channel-failed',
      'fault',
      'windows-fails',
      { plain: 'simulated', windows: 'secure-channel-failed', error: 12_157 },
    ],
    ['none', 'failed', 'fault', 'windows-fails', { windows: 'connection-failed' }],
    ['none', 'not-here', 'unknown', 'not-looked', {}],
  ])('%s and %s: %s, %s', async (fault, end, level, meaning, evidence) => {
    const isOfHost = meaning.startsWith('windows-');
    const subject = isOfHost ? HOST : '';
    const id = isOfHost ? `stacks:${HOST}` : 'stacks';
    const findings = await found(fault, end);
    expect(findings).toMatchObject([{ id, level, meaning, subject, evidence }]);
  });

  it('is told once where all agree, and else for each host that they disagree about', async () => {
    expect(await look(stacks, {})).toMatchObject([
      { meaning: 'agree', evidence: { hosts: windowsHosts().join(', ') } },
    ]);
    const hosts: Network['hosts'] = { 'oneclient.sfx.ms': { fault: 'tls-failed' } };
    const windows: Network['windows'] = {
      [HOST]: { end: 'connection-failed' },
      'oneclient.sfx.ms': { end: 'answered' },
      'admin.onedrive.com': { end: 'not-here' },
    };
    const findings = await look(stacks, { network: { hosts, windows } });
    expect(findings.map(({ id, meaning }) => `${id} ${meaning}`)).toEqual([
      `stacks:${HOST} windows-fails`,
      'stacks:oneclient.sfx.ms windows-only',
    ]);
  });

  it('is not compared where there is no such stack, or all is directed elsewhere, which is said once', async () => {
    const windows = Object.fromEntries(windowsHosts().map((host) => [host, { end: 'not-here' as const }]));
    expect(await look(stacks, { network: { windows } })).toMatchObject([
      { id: 'stacks', meaning: 'not-looked' },
    ]);
    const { machine } = await testPc({});
    const way = { host: undefined, port: undefined, address: '127.0.0.1', toPort: 1 };
    const directed = { ...context(machine), connectTo: [way] };
    const findings = (await Promise.all(stacks.look(directed))).flat();
    expect(findings).toMatchObject([{ id: 'stacks', level: 'unknown', meaning: 'not-looked' }]);
  });

  it('tells a difference before a silent server’s time is over', async () => {
    const network = {
      hosts: { [HOST]: { connectTo: await silentServer() } },
      windows: { 'aadcdn.msauth.net': { end: 'connection-failed' as const } },
    };
    const { machine } = await testPc({ network });
    const cancel = new AbortController();
    const looks = compareStacks([HOST, 'aadcdn.msauth.net'], {
      ...context(machine, 600_000),
      signal: cancel.signal,
    });
    expect(await looks[1]).toMatchObject([{ subject: 'aadcdn.msauth.net', meaning: 'windows-fails' }]);
    cancel.abort();
    expect((await Promise.all(looks)).flat()).toHaveLength(1);
  });

  it('asks neither a server nor Windows again', async () => {
    const certificates = await makeCertificates([HOST]);
    let [served, requested] = [0, 0];
    const connectTo = await httpsServer(certificates, (_, response) => {
      served += 1;
      response.end();
    });
    const { machine } = await testPc({ network: { hosts: { [HOST]: { connectTo, ca: certificates.ca } } } });
    const only = ['endpoints', 'windows-connection', 'stacks'] as const;
    const asking = machine.windowsRequest.bind(machine);
    machine.windowsRequest = (host, options) => {
      requested += 1;
      return asking(host, options);
    };
    const result = v.parse(hostMethods.check.result, await runChecks(machine, { only }));
    expect(result.findings.filter(({ check }) => check === 'stacks')).toMatchObject([{ meaning: 'agree' }]);
    expect([served, requested]).toEqual([1, windowsHosts().length]);
  });
});
