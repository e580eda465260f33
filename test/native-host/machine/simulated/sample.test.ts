import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { findOneDrive, oneDriveAccounts } from '../../../../native-host/machine/onedrive.ts';
import { SimulatedCredentialSchema } from '../../../../native-host/machine/simulated/credential-schema.ts';
import { FileFactsSchema } from '../../../../native-host/machine/simulated/files-schema.ts';
import {
  createSimulatedMachine,
  ensureSamplePc,
  readSimulatedPc,
  SimulatedPcSchema,
  samplePc,
  signInVerdict,
} from '../../../../native-host/machine/simulated/index.ts';
import { faultProblems, operations } from '../../../../native-host/machine/simulated/operations.ts';
import { AdapterSchema, causes, ProcessSchema } from '../../../../native-host/machine/simulated/schema.ts';
import { WindowsAnswerSchema } from '../../../../native-host/machine/simulated/windows-answer.ts';
import { mayRemove } from '../../../../native-host/remedies/allow-list.ts';
import { temporaryFolder } from '../../../harness/temporary-folder.ts';

describe('the sample', () => {
  test('is written when the file is missing, folders and all, and left alone afterwards', async () => {
    const file = join(dirname(join(temporaryFolder(), 'pc.json')), 'a', 'b', 'pc.json');
    expect(await ensureSamplePc(file)).toBe(true);
    expect(readSimulatedPc(file)).toEqual(samplePc());
    expect(await ensureSamplePc(file)).toBe(false);
  });

  test('works again when all that may be removed is gone, and not before', () => {
    const pc = samplePc();
    const removable = pc.credentials.filter(mayRemove);
    expect(removable.length).toBe(3);
    for (const entry of removable) {
      expect(signInVerdict(pc)).toEqual({ works: false, code: 'AADSTS50173' });
      pc.credentials = pc.credentials.filter((other) => other !== entry);
    }
    expect(signInVerdict(pc).works).toBe(true);
    expect(pc.credentials.length).toBeGreaterThanOrEqual(5);
  });

  test('has OneDrive installed, running and linked', async () => {
    const file = join(temporaryFolder(), 'pc.json');
    await ensureSamplePc(file);
    const machine = await createSimulatedMachine(file);
    expect(await findOneDrive(machine)).toBe('per-user');
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
    expect(await oneDriveAccounts(machine)).toMatchObject([
      { name: 'Business1', email: 'ada@contoso.example' },
    ]);
  });
});

describe('the sample as a believable PC', () => {
  const IDENTITY = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';
  const NETWORKS = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles';

  async function open() {
    const file = join(temporaryFolder(), 'pc.json');
    await ensureSamplePc(file);
    return createSimulatedMachine(file);
  }

  test('remembers an Office account, in the registry and in two folders', async () => {
    const { registry, files, folders } = await open();
    expect(await registry.keys('HKCU', IDENTITY)).toEqual(['Identities', 'Profiles']);
    expect(await registry.read('HKCU', IDENTITY, 'EnableADAL')).toEqual({ type: 'REG_DWORD', value: 1 });
    for (const name of ['OneAuth', 'IdentityCache'])
      expect(await files.kind(`${folders.localAppData}\\Microsoft\\${name}`)).toBe('folder');
  });

  test('has files here and in the cloud, all uploaded, in the folder that OneDrive knows', async () => {
    const machine = await open();
    const [account] = await oneDriveAccounts(machine);
    const folder = account?.folder ?? '';
    expect(await machine.files.survey(folder, 100)).toEqual({
      files: 4,
      onlineOnly: 2,
      notUploaded: 0,
      complete: true,
    });
    expect(await machine.files.openOne(folder)).toEqual({ opened: 'Budget 2026.xlsx' });
  });

  test('is on a network that it was last connected to a day ago, by local time', async () => {
    const { registry, adapters } = await open();
    expect(await adapters()).toMatchObject([{ name: 'Wi-Fi', vpn: false }]);
    const [id] = await registry.keys('HKLM', NETWORKS);
    const value = await registry.read('HKLM', `${NETWORKS}\\${id}`, 'DateLastConnected');
    const bytes = Buffer.from(value?.type === 'REG_BINARY' ? value.value : '', 'base64');
    const [year = 0, month = 0, weekday, day, hour, minute] = new Uint16Array(Uint8Array.from(bytes).buffer);
    const time = new Date(year, month - 1, day, hour, minute);
    expect(time.getDay()).toBe(weekday);
    expect(Math.round((Date.now() - time.getTime()) / 3_600_000)).toBeOneOf([23, 24, 25]);
  });

  test('has the tools of Windows that repairs run', async () => {
    const { files, folders } = await open();
    for (const tool of ['dsregcmd.exe', 'klist.exe', 'ipconfig.exe', 'control.exe'])
      expect(await files.kind(`${folders.system}\\${tool}`)).toBe('file');
  });
});

describe('docs/SIMULATED.md', () => {
  const docs = readFileSync(new URL('../../../../docs/SIMULATED.md', import.meta.url), 'utf8');

  test('has an example that is a simulated PC', () => {
    const example = /```json\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';
    expect(v.parse(SimulatedPcSchema, JSON.parse(example)).credentials).toHaveLength(2);
  });

  test.each([
    ...Object.keys(SimulatedPcSchema.entries),
    ...Object.keys(SimulatedPcSchema.entries.oneDrive.wrapped.entries),
    ...Object.keys(SimulatedCredentialSchema.entries),
    ...Object.keys(SimulatedPcSchema.entries.folders.wrapped.entries),
    ...Object.keys(FileFactsSchema.entries),
    ...Object.keys(ProcessSchema.entries),
    ...Object.keys(AdapterSchema.entries),
    ...Object.keys(SimulatedPcSchema.entries.network.wrapped.entries),
    ...Object.keys(WindowsAnswerSchema.entries),
    ...WindowsAnswerSchema.entries.end.options,
    ...causes,
    ...operations,
    ...faultProblems,
  ])('tells of `%s`', (name) => {
    expect(docs).toContain(`\`${name}\``);
  });

  test('gives every default as it is', () => {
    const empty = v.parse(SimulatedPcSchema, {});
    expect(empty.oneDrive).toEqual({
      installed: null,
      stale: false,
      shutdown: 'exits',
      reset: 'restarts',
      start: 'runs',
      setup: 'confirms',
      remembers: {},
    });
    expect(empty).toMatchObject({ files: [], quarantine: {}, adapters: [], missingTools: [] });
    expect(empty).toMatchObject({ toolExit: {}, toolOutput: {} });
    expect(empty).toMatchObject({ credentials: [], paceMs: 0 });
    expect(empty.network).toEqual({ default: 'none', hosts: {}, windows: {} });
    expect(empty).toMatchObject({ nameServers: ['192.168.1.1'], addresses: ['192.168.1.20'] });
    expect(signInVerdict(empty).works).toBe(true);
  });
});
