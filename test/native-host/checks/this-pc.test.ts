import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { device } from '../../../native-host/checks/device.ts';
import { onedrive } from '../../../native-host/checks/onedrive.ts';
import { windowsUpdate } from '../../../native-host/checks/windows-update.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { context, dword, keysBelow, linked, look, sz } from './look.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 30);
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

const HOUR = 3_600_000;
const PACKAGES = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';

/** A package with its state and a FILETIME so many hours ago. */
function installed(hours: number, state = 112) {
  const time = (BigInt(NOW - hours * HOUR) + 11_644_473_600_000n) * 10_000n;
  return {
    CurrentState: dword(state),
    InstallTimeHigh: dword(Number(time >> 32n)),
    InstallTimeLow: dword(Number(time & 0xffff_ffffn)),
  };
}

const rollup = (build: string) => `Package_for_RollupFix~31bf3856ad364e35~amd64~~${build}`;
const article = (kb: number) => `Package_for_KB${kb}~31bf3856ad364e35~amd64~~10.0.1.0`;
const packages = (keys: Parameters<typeof keysBelow>[1]): PcInput => ({
  registry: { HKLM: keysBelow(PACKAGES, keys) },
});
const fine = { level: 'ok', meaning: 'none' };
const recent = (amount: number) => ({ level: 'warning', meaning: 'recent', amount });

describe('the check of Windows updates', () => {
  it.each<[string, Parameters<typeof keysBelow>[1], object]>([
    ['nothing was ever installed', {}, fine],
    ['a rollup came yesterday', { [rollup('26100.2314.1.8')]: installed(30) }, recent(1)],
    ['an update came today', { [article(5048667)]: installed(2) }, recent(0)],
    [
      'the newest of several counts',
      { [rollup('1')]: installed(150), [article(1)]: installed(80) },
      recent(3),
    ],
    ['it is just under a week', { [rollup('1')]: installed(7 * 24 - 1) }, recent(6)],
    ['it is a week', { [rollup('1')]: installed(7 * 24) }, fine],
    ['it waits for a restart', { [rollup('1')]: installed(2, 96) }, fine],
    ['it is superseded', { [rollup('1')]: installed(2, 80) }, fine],
    ['its time is in the future', { [rollup('1')]: installed(-2) }, fine],
    ['it has no time', { [rollup('1')]: { CurrentState: dword(112) } }, fine],
    [
      'it is a language pack',
      { 'Microsoft-Windows-Client-LanguagePack~1~amd64~de-DE~1': installed(2) },
      fine,
    ],
    ['it is a part of an update', { 'Package_12_for_KB5048667~31bf~amd64~~1': installed(2) }, fine],
  ])('says it when %s', async (_, keys, finding) => {
    expect(await look(windowsUpdate, packages(keys))).toMatchObject([finding]);
  });

  it('finds the newest among thousands, and reads only a few', async () => {
    const old = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [
        index % 3 === 0 ? rollup(`19041.${index}.1.5`) : `${index % 3}-part-for_KB${index}`,
        installed(1_000),
      ]),
    );
    const { machine } = await testPc(packages({ ...old, [rollup('26100.99.1.0')]: installed(50) }));
    const read = vi.spyOn(machine.registry, 'read');
    const findings = await Promise.all(windowsUpdate.look(context(machine)));
    expect(findings.flat()).toMatchObject([recent(2)]);
    expect(read.mock.calls.length).toBeLessThan(200);
  });
});

const JOIN = 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\ABCDEF';
const ENROLMENT = 'SOFTWARE\\Microsoft\\Enrollments\\00000000-1111-2222-3333-444444444444';
const joined = { [JOIN]: { TenantId: sz('t') } };
const enrolled = {
  EnrollmentState: dword(1),
  ProviderID: sz('MS DM Server'),
  DiscoveryServiceFullURL: sz('https://enrollment.manage.microsoft.com/Discovery.svc'),
};

describe('the check of the device', () => {
  it.each<[string, NonNullable<PcInput['registry']>['HKLM'], string]>([
    ['nobody’s', {}, 'personal'],
    ['joined', joined, 'joined'],
    ['joined and managed', { ...joined, [ENROLMENT]: enrolled }, 'managed'],
    ['managed without a join', { [ENROLMENT]: enrolled }, 'managed'],
    [
      'joined, its enrolment not finished',
      { ...joined, [ENROLMENT]: { ...enrolled, EnrollmentState: dword(3) } },
      'joined',
    ],
    [
      'nobody’s, with the enrolments that every Windows has of its own',
      {
        [`${ENROLMENT}a`]: { EnrollmentState: dword(1), ProviderID: sz('Local Authority') },
        [`${ENROLMENT}b`]: { EnrollmentState: dword(1), ProviderID: sz('WMI_Bridge_SCCM_Server') },
        'SOFTWARE\\Microsoft\\Enrollments\\Status': {},
      },
      'personal',
    ],
  ])('says that it is %s', async (_, HKLM, meaning) => {
    expect(await look(device, { registry: { HKLM } })).toMatchObject([
      { id: 'device', level: 'ok', meaning },
    ]);
  });

  it('names who manages it', async () => {
    const [found] = await look(device, { registry: { HKLM: { [ENROLMENT]: enrolled } } });
    expect(found?.evidence).toEqual({ provider: 'MS DM Server' });
  });
});

/** As Windows 11 writes it, shortened. */
const status = (prt: string, auth = 'SUCCESS') =>
  `
+----------------------------------------------------------------------+
| Device State                                                         |
+----------------------------------------------------------------------+

             AzureAdJoined : YES
          EnterpriseJoined : NO
              DomainJoined : NO
               Device Name : ADA-LAPTOP

             Thumbprint : AA11BB22
          DeviceAuthStatus : ${auth}
                TenantName : Contoso
                  TenantId : 7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11
           WorkplaceJoined : NO
              AzureAdPrt : ${prt}
      AzureAdPrtUpdateTime : 2026-11-22 08:14:31.000 UTC
         Executing Account Name : CONTOSO\\ada, ada@contoso.example
               KeySignTest : PASSED
`.replaceAll('\n', '\r\n');

describe('the check of a joined device', () => {
  const seen = {
    AzureAdJoined: 'YES',
    DomainJoined: 'NO',
    DeviceAuthStatus: 'SUCCESS',
    WorkplaceJoined: 'NO',
    AzureAdPrtUpdateTime: '2026-11-22 08:14:31',
    KeySignTest: 'PASSED',
  };
  const on = (text: string, HKLM: NonNullable<PcInput['registry']>['HKLM'] = joined): PcInput => ({
    registry: { HKLM },
    toolOutput: { 'dsregcmd.exe': text },
  });

  it('says what dsregcmd does, and names nobody', async () => {
    const evidence = { ...seen, AzureAdPrt: 'YES' };
    expect(await look(device, on(status('YES')))).toMatchObject([
      { id: 'device', level: 'ok', meaning: 'joined', evidence },
    ]);
    const failed = await look(device, on(status('YES', 'FAILED. Device of Contoso is disabled')));
    expect(failed).toMatchObject([{ meaning: 'joined', evidence: { DeviceAuthStatus: 'FAILED' } }]);
    expect(JSON.stringify(failed)).not.toMatch(/contoso|ada|7d1c5a52|AA11/i);
  });

  it('says that it has no token, besides what it is', async () => {
    const noToken = { id: 'device:no-token', level: 'warning', meaning: 'no-token' };
    const evidence = { ...seen, AzureAdPrt: 'NO' };
    expect(await look(device, on(status('NO')))).toMatchObject([
      { id: 'device', level: 'ok', meaning: 'joined' },
      { ...noToken, evidence },
    ]);
    const managed = on(status('NO'), { ...joined, [ENROLMENT]: enrolled });
    expect(await look(device, managed)).toMatchObject([{ meaning: 'managed' }, noToken]);
  });

  it.each<[string, PcInput, object]>([
    ['is not there', { missingTools: ['dsregcmd.exe'] }, { dsregcmd: 'exe-failed' }],
    ['writes too much', { toolOutput: { 'dsregcmd.exe': 'x'.repeat(100_001) } }, { dsregcmd: 'internal' }],
    ['writes in another way', { toolOutput: { 'dsregcmd.exe': 'AzureAdPrt = NEIN\nAzureAdPrt : ?' } }, {}],
    ['writes nothing', { toolOutput: { 'dsregcmd.exe': '' } }, {}],
  ])('goes by the registry where dsregcmd %s', async (_, pc, evidence) => {
    const found = await look(device, { ...pc, registry: { HKLM: joined } });
    expect(found).toMatchObject([{ level: 'ok', meaning: 'joined' }]);
    expect(found[0]?.evidence).toEqual(evidence);
  });

  it('goes by the registry where dsregcmd hangs, within the time', async () => {
    const { machine } = await testPc({ registry: { HKLM: joined }, toolExit: { 'dsregcmd.exe': 'hangs' } });
    const found = await Promise.all(device.look(context(machine, 500)));
    expect(found.flat()).toMatchObject([{ meaning: 'joined', evidence: { dsregcmd: 'timed-out' } }]);
  });

  it('asks dsregcmd on no other PC', async () => {
    const { machine } = await testPc({ registry: { HKLM: { [ENROLMENT]: enrolled } } });
    const output = vi.spyOn(machine.processes, 'output');
    const found = await Promise.all(device.look(context(machine)));
    expect(found.flat()).toMatchObject([{ meaning: 'managed' }]);
    expect(output).not.toHaveBeenCalled();
  });
});

describe('the check of OneDrive', () => {
  const runs = {
    oneDrive: { installed: 'per-user' },
    processes: [{ pid: 7, image: 'onedrive.EXE' }],
  } as const;
  const accounts = linked({
    Business1: ['ada@contoso.example', 'C:\\Users\\ada\\OneDrive - Contoso'],
    Personal: ['ada@home.example', 'C:\\Users\\ada\\OneDrive'],
  });

  it.each<[string, PcInput, object]>([
    ['it is not there', {}, { level: 'ok', meaning: 'missing', subject: '' }],
    [
      'it does not run',
      { oneDrive: runs.oneDrive, registry: accounts },
      { level: 'warning', meaning: 'not-running', evidence: { accounts: 2 } },
    ],
    [
      'it has no account',
      { ...runs, processes: [...runs.processes] },
      { level: 'warning', meaning: 'not-linked', evidence: { accounts: 0 } },
    ],
    [
      'all is as it should be, and names the accounts no more than is needed',
      { ...runs, processes: [...runs.processes], registry: accounts },
      {
        level: 'ok',
        meaning: 'linked',
        subject: 'a***@contoso.example (Business1), a***@home.example (Personal)',
        evidence: { accounts: 2 },
      },
    ],
  ])('says it when %s', async (_, pc, finding) => {
    expect(await look(onedrive, pc)).toMatchObject([{ id: 'onedrive', ...finding }]);
  });

  it.each([
    ['ada', 'a*** (Business1)'],
    ['😀x@contoso.example', '😀***@contoso.example (Business1)'],
    ['@contoso.example', '***@contoso.example (Business1)'],
  ])('shows no more than the first letter of %s', async (email, subject) => {
    const pc = { ...runs, processes: [...runs.processes], registry: linked({ Business1: [email, ''] }) };
    expect(await look(onedrive, pc)).toMatchObject([{ subject }]);
  });
});
