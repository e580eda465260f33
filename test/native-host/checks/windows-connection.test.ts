import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FindingSchema } from '../../../common/findings.ts';
import {
  lookAtWindows,
  windowsConnection,
  windowsHosts,
} from '../../../native-host/checks/windows-connection.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { context, look } from './look.ts';

const HOST = 'login.microsoftonline.com';
type Windows = NonNullable<NonNullable<PcInput['network']>['windows']>;

/** What is found of one host that Windows says this of. */
async function found(answer: Windows[string]) {
  const { machine } = await testPc({ network: { windows: { [HOST]: answer } } });
  const [finding] = (await Promise.all(lookAtWindows([HOST], context(machine)))).flat();
  return v.parse(FindingSchema, finding);
}

describe('the check through Windows’ own HTTP stack', () => {
  it.each<[Windows[string], string, string, object]>([
    [{ end: 'answered' }, 'ok', 'works', { status: 200 }],
    [{ end: 'answered', status: 503 }, 'ok', 'works', { status: 503 }],
    [{ end: 'name-not-found' }, 'fault', 'name-not-found', { error: 12_007 }],
    [{ end: 'connection-failed' }, 'fault', 'connection-failed', { error: 12_029 }],
    [{ end: 'connection-timed-out' }, 'fault', 'connection-timed-out', { error: 12_002 }],
    [{ end: 'secure-channel-failed' }, 'fault', 'secure-channel-failed', { error: 12_157 }],
    [{ end: 'secure-channel-failed', error: 12_175 }, 'fault', 'secure-channel-failed', { error: 12_175 }],
    [{ end: 'certificate-refused' }, 'fault', 'certificate-refused', { error: 12_045 }],
    [{ end: 'proxy-login' }, 'fault', 'proxy-login', { error: 12_015 }],
    [{ end: 'failed', error: 12_166 }, 'fault', 'connection-failed', { error: 12_166 }],
    [{ end: 'not-here' }, 'unknown', 'not-looked', {}],
  ])('makes of %j: %s, %s', async (answer, level, meaning, evidence) => {
    const id = `windows-connection:${HOST}`;
    expect(await found(answer)).toMatchObject({ id, level, meaning, subject: HOST });
    expect((await found(answer)).evidence).toEqual(evidence);
  });

  it('looks at sign-in, its CDN and OneDrive, each on its own', async () => {
    const findings = await look(windowsConnection, {
      network: { hosts: { 'admin.onedrive.com': { fault: 'tls-failed' } } },
    });
    expect(findings.map(({ subject, meaning }) => [subject, meaning])).toEqual([
      [HOST, 'works'],
      ['aadcdn.msauth.net', 'works'],
      ['aadcdn.msftauth.net', 'works'],
      ['admin.onedrive.com', 'secure-channel-failed'],
      ['oneclient.sfx.ms', 'works'],
    ]);
  });

  it.each(['us-government', 'china'] as const)('knows the hosts of the cloud %s', async (cloud) => {
    const { machine } = await testPc({});
    const findings = (await Promise.all(windowsConnection.look({ ...context(machine), cloud }))).flat();
    expect(findings.map(({ subject }) => subject)).toEqual(windowsHosts(cloud));
    expect(findings[0]?.subject).toMatch(/^login\..*\.(us|cn)$/);
  });

  it('lets none wait for another', async () => {
    const { machine } = await testPc({
      faults: [{ operation: 'windowsRequest', match: HOST, hangs: true }],
    });
    const cancel = new AbortController();
    const looks = lookAtWindows([HOST, 'g.live.com'], { ...context(machine), signal: cancel.signal });
    expect(await looks[1]).toMatchObject([{ subject: 'g.live.com', meaning: 'works' }]);
    cancel.abort();
    const evidence = { error: 'cancelled' };
    expect(await looks[0]).toMatchObject([{ level: 'unknown', meaning: 'not-looked', evidence }]);
  });

  it('ends at the time limit', async () => {
    const { machine } = await testPc({ faults: [{ operation: 'windowsRequest', hangs: true }] });
    const [finding] = (await Promise.all(lookAtWindows([HOST], context(machine, 20)))).flat();
    expect(finding).toMatchObject({ subject: HOST, meaning: 'not-looked', evidence: { error: 'timed-out' } });
  });

  it('does not ask a host that is directed elsewhere', async () => {
    const { machine } = await testPc({});
    const way = { port: undefined, address: '127.0.0.1', toPort: 8443 };
    const directed = { ...context(machine), connectTo: [{ ...way, host: HOST }] };
    const findings = (await Promise.all(lookAtWindows([HOST, 'g.live.com'], directed))).flat();
    expect(findings.map(({ meaning }) => meaning)).toEqual(['not-looked', 'works']);
  });
});
