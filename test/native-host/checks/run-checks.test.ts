import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { hostMethods } from '../../../common/contract.ts';
import { type Finding, findingWords, type HostCheckId, hostCheckIds } from '../../../common/findings.ts';
import type { Check } from '../../../native-host/checks/check.ts';
import { device } from '../../../native-host/checks/device.ts';
import { type CheckOptions, runChecks } from '../../../native-host/checks/index.ts';
import { networkChange } from '../../../native-host/checks/network-change.ts';
import { onedrive } from '../../../native-host/checks/onedrive.ts';
import { onedriveFiles } from '../../../native-host/checks/onedrive-files.ts';
import { vpn } from '../../../native-host/checks/vpn.ts';
import { windowsUpdate } from '../../../native-host/checks/windows-update.ts';
import { say } from '../../../native-host/cli/words.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { context, look } from './look.ts';

const never = () => Promise.withResolvers<never>().promise;
const checksOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ check }) => check))];

describe('all checks together', () => {
  it('each say something of a PC that is in use, in words, under ids of their own', async () => {
    const { machine } = await testPc();
    const { findings } = v.parse(hostMethods.check.result, await runChecks(machine));
    // The sample's OneDrive may be linked or not: without a folder there is nothing to say of files.
    const expected = hostCheckIds.filter((id) => id !== 'onedrive-files');
    expect(checksOf(findings)).toEqual(expect.arrayContaining(expected));
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    for (const finding of findings) expect(findingWords(finding, say)).toMatch(/^[^$]+\.$/);
  });

  it('tell all findings as they come, and those that hang only when the time is over', async () => {
    const { machine } = await testPc({});
    machine.adapters = never;
    const told: string[] = [];
    const found = ({ id, meaning }: Finding) => told.push(`${id} ${meaning}`);
    const { findings } = await runChecks(machine, { timeout: 500, found });
    expect(told).toHaveLength(findings.length);
    expect(told.at(-1)).toBe('vpn not-looked');
    expect(told.filter((each) => each.endsWith('not-looked'))).toHaveLength(1);
  });

  it('are only those that are named, in their own order', async () => {
    const { machine } = await testPc({});
    const { findings } = await runChecks(machine, { only: ['clock', 'interception'] });
    expect(checksOf(findings)).toEqual(['interception', 'clock']);
  });

  it('tell which are still at it', async () => {
    const { machine } = await testPc({});
    machine.adapters = never;
    const told: (readonly HostCheckId[])[] = [];
    await runChecks(machine, {
      only: ['clock', 'vpn', 'device'],
      timeout: 500,
      waiting: (checks) => told.push(checks),
    });
    expect(told[0]).toEqual(['clock', 'vpn', 'device']);
    expect(told.slice(-2)).toEqual([['vpn'], []]);
  });

  it('end when they are cancelled', async () => {
    const { machine } = await testPc({});
    machine.adapters = never;
    machine.registry.keys = never;
    machine.files.kind = never;
    const cancel = new AbortController();
    const running = runChecks(machine, { timeout: 600_000, signal: cancel.signal });
    cancel.abort();
    const { findings } = await running;
    const blind = findings.filter(({ level }) => level === 'unknown');
    // A simulated PC answers these in the same moment.
    const answered: HostCheckId[] = ['endpoints', 'windows-connection', 'stacks'];
    expect(checksOf(blind)).toEqual(hostCheckIds.filter((id) => !answered.includes(id)));
    for (const { evidence } of blind) expect(evidence).toEqual({ error: 'cancelled' });
  });
});

describe('a quick look', () => {
  const quick = async (pc: PcInput = {}, options: CheckOptions = {}) => {
    const { machine } = await testPc(pc);
    return v.parse(hostMethods.check.result, await runChecks(machine, { scope: 'quick', ...options }))
      .findings;
  };
  const subjects = (findings: readonly Finding[], check: HostCheckId) =>
    findings.filter((found) => found.check === check).map(({ subject }) => subject);

  it('asks only the servers that nobody signs in without, by both stacks', async () => {
    const findings = await quick(samplePc());
    expect(subjects(findings, 'endpoints').toSorted()).toEqual([
      'aadcdn.msauth.net',
      'aadcdn.msftauth.net',
      'login.microsoft.com',
      'login.microsoftonline.com',
      'login.windows.net',
    ]);
    const windows = ['login.microsoftonline.com', 'aadcdn.msauth.net', 'aadcdn.msftauth.net'];
    expect(subjects(findings, 'windows-connection')).toEqual(windows);
    expect(findings.find(({ check }) => check === 'stacks')?.evidence).toEqual({ hosts: windows.join(', ') });
  });

  it.each(['us-government', 'china'] as const)('asks those of the cloud %s', async (cloud) => {
    const hosts = subjects(await quick({}, { cloud }), 'endpoints');
    expect(hosts).toHaveLength(3);
    expect(hosts.some((host) => /^login\..*\.(us|cn)$/.test(host))).toBe(true);
  });

  it('sweeps neither OneDrive nor the packages of Windows, and asks nobody else', async () => {
    const { machine } = await testPc();
    const asked: string[] = [];
    const { route, files } = machine;
    machine.route = (host) => {
      asked.push(host);
      return route(host);
    };
    const surveys = vi.spyOn(files, 'survey');
    const { findings } = await runChecks(machine, { scope: 'quick' });
    expect(checksOf(findings)).toEqual(
      hostCheckIds.filter((id) => !/^(?:ipv6|windows-update|device|onedrive.*|stored-entries)$/.test(id)),
    );
    expect(surveys).not.toHaveBeenCalled();
    const others = asked.filter((host) => !host.startsWith('login.') && !host.startsWith('aadcdn.'));
    expect(others).toEqual(['www.msftconnecttest.com']);
  });

  it('is given four seconds, and what is named on top of that', async () => {
    const limits: number[] = [];
    const limitOf = async (options: CheckOptions) => {
      const { machine } = await testPc({});
      const asking = machine.windowsRequest.bind(machine);
      machine.windowsRequest = (host, limit) => {
        limits.push(limit.timeout);
        return asking(host, limit);
      };
      await runChecks(machine, { only: ['windows-connection'], ...options });
      return new Set(limits.splice(0));
    };
    expect(await limitOf({ scope: 'quick' })).toEqual(new Set([4000]));
    expect(await limitOf({ scope: 'quick', timeout: 700 })).toEqual(new Set([700]));
    expect(await limitOf({})).toEqual(new Set([10_000]));
    expect(checksOf(await quick({}, { only: ['device'] }))).toEqual(['device']);
  });
});

type Fault = NonNullable<PcInput['faults']>[number];

describe('a check that cannot look', () => {
  const cases: [Check, Fault['operation']][] = [
    [vpn, 'adapters'],
    [networkChange, 'registry.keys'],
    [windowsUpdate, 'registry.keys'],
    [device, 'registry.keys'],
    [onedrive, 'files.kind'],
    [onedriveFiles, 'registry.keys'],
  ];
  const rows = cases.map(([check, operation]) => [check.id, operation, check] as const);

  it.each(rows)('says so and does not fail: %s without %s', async (id, operation, check) => {
    const [found] = await look(check, { faults: [{ operation, problem: 'access-denied' }] });
    expect(found).toMatchObject({
      id,
      level: 'unknown',
      meaning: 'not-looked',
      evidence: { error: 'access-denied' },
    });
  });

  it('says so when something is broken that nobody thought of', async () => {
    const { machine } = await testPc({});
    machine.adapters = () => Promise.reject(new TypeError('not a function'));
    const [[found] = []] = await Promise.all(vpn.look(context(machine)));
    expect(found).toMatchObject({ meaning: 'not-looked', evidence: { error: 'internal' } });
  });
});
