import { describe, expect, test } from 'vitest';
import type { Machine } from '../../../../native-host/machine/machine.ts';
import { oneDriveAccounts } from '../../../../native-host/machine/onedrive.ts';
import type { SimulatedPc } from '../../../../native-host/machine/simulated/index.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { patient, problem } from './calls.ts';

const exe = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe';
const ACCOUNTS = 'Software\\Microsoft\\OneDrive\\Accounts';
const url = (email: string) => `odopen://sync?useremail=${encodeURIComponent(email)}`;
const text = (value: string) => ({ type: 'REG_SZ', value }) as const;
const keyOf = (email: string, tenant: string) => ({
  UserEmail: text(email),
  UserFolder: text(`C:\\Users\\ada\\OneDrive - ${tenant}`),
  ConfiguredTenantId: text(tenant),
  ClientFirstSignInTimestamp: { type: 'REG_QWORD', value: 1 } as const,
});

/** Ada works for Contoso and is a guest of Fabrikam by the same address; at home she has an account of her own. */
const linked: PcInput = {
  oneDrive: { installed: 'per-user', stale: true },
  registry: {
    HKCU: {
      [`${ACCOUNTS}\\Business1`]: keyOf('ada@contoso.example', 'Contoso'),
      [`${ACCOUNTS}\\Business2`]: keyOf('ada@contoso.example', 'Fabrikam'),
      [`${ACCOUNTS}\\Personal`]: {
        UserEmail: text('ada@home.example'),
        UserFolder: text('C:\\Users\\ada\\OneDrive'),
      },
      [`${ACCOUNTS}\\Business3`]: {},
    },
  },
  processes: [{ pid: 7008, image: 'OneDrive.exe' }],
  signIn: { cause: 'onedrive-link' },
};

const reset = ({ processes }: Machine) => processes.run(exe, ['/reset'], patient());
const withoutTimes = ({ registry }: SimulatedPc) =>
  Object.fromEntries(
    Object.entries(registry.HKCU).map(([key, { ClientFirstSignInTimestamp, ...values }]) => [key, values]),
  );

describe('odopen:', () => {
  test('is logged, and starts OneDrive', async () => {
    const { machine, read } = await testPc({ ...linked, processes: [] });
    await machine.processes.open('odopen://launch');
    expect(read().log).toMatchObject([
      { operation: 'processes.open', subject: 'odopen://launch', outcome: 'done' },
    ]);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('needs a program for it', async () => {
    const { machine } = await testPc({});
    await expect(machine.processes.open(url('a@b.example'))).rejects.toEqual(problem('exe-failed'));
  });
});

describe('linking after a reset', () => {
  test('brings every account back as it was, with the time of now', async () => {
    const { machine, read } = await testPc(linked);
    const before = read();
    await reset(machine);
    expect(await oneDriveAccounts(machine)).toEqual([]);
    expect(Object.keys(read().oneDrive.remembers)).toEqual(['Business1', 'Business2', 'Personal']);
    await machine.processes.open(url('ADA@contoso.example'));
    await machine.processes.open(url('ada@contoso.example'));
    await machine.processes.open('odopen://launch');
    const { [`${ACCOUNTS}\\Business3`]: _halfSetUp, ...accounts } = withoutTimes(before);
    expect(withoutTimes(read())).toEqual(accounts);
    expect(read().oneDrive.remembers).toEqual({});
    const time = await machine.registry.copyValue(`${ACCOUNTS}\\Business1`, 'ClientFirstSignInTimestamp');
    const seconds = Buffer.from(time?.data ?? '', 'base64').readBigUInt64LE();
    expect(Number(seconds)).toBeGreaterThanOrEqual(Math.floor(Date.parse(read().log[0]?.time ?? '') / 1000));
  });

  test('makes sign-in work, and OneDrive fresh', async () => {
    const { machine, read } = await testPc(linked);
    await reset(machine);
    expect(await machine.signInWorks()).toMatchObject({ works: false });
    await machine.processes.open(url('ada@contoso.example'));
    expect(await machine.signInWorks()).toMatchObject({ works: true });
    expect(read().oneDrive.stale).toBe(false);
  });

  test.each<[string, PcInput['oneDrive']]>([
    ['the person closes its set-up', { setup: 'ignored' }],
    ['it crashes', { start: 'crashes' }],
  ])('does nothing when %s', async (_name, oneDrive) => {
    const { machine, read } = await testPc({ ...linked, oneDrive: { ...linked.oneDrive, ...oneDrive } });
    await reset(machine);
    await machine.processes.open(url('ada@contoso.example'));
    await machine.processes.open('odopen://launch');
    expect(await oneDriveAccounts(machine)).toEqual([]);
    expect(read().signIn.cause).toBe('onedrive-link');
  });
});

describe('linking', () => {
  test('a work account does not bring back a personal one of the same address', async () => {
    const { machine } = await testPc({
      oneDrive: { installed: 'per-user', remembers: { Personal: { UserEmail: text('ada@home.example') } } },
    });
    await machine.processes.open(url('ada@home.example'));
    expect(await oneDriveAccounts(machine)).toMatchObject([{ name: 'Business1', email: 'ada@home.example' }]);
  });

  test('an account that is linked changes nothing', async () => {
    const { machine, read } = await testPc(linked);
    const before = read().registry;
    await machine.processes.open(url('ada@contoso.example'));
    expect(read()).toMatchObject({
      registry: before,
      signIn: { cause: 'onedrive-link' },
      oneDrive: { stale: true },
    });
  });

  test('a new one takes the first free place, and clears what was stale', async () => {
    const { machine, read } = await testPc({
      oneDrive: { installed: 'per-user', stale: true },
      registry: { HKCU: { [`${ACCOUNTS}\\Business1`]: keyOf('ada@contoso.example', 'Contoso') } },
    });
    await machine.processes.open(url('grace@fabrikam.example'));
    expect(await oneDriveAccounts(machine)).toMatchObject([
      { name: 'Business1' },
      { name: 'Business2', email: 'grace@fabrikam.example', folder: 'C:\\Users\\ada\\OneDrive - Fabrikam' },
    ]);
    expect(read().oneDrive.stale).toBe(false);
  });
});

describe('a process of OneDrive that has gone wrong', () => {
  test('is well again once it was started anew', async () => {
    const { machine } = await testPc({ ...linked, signIn: { cause: 'onedrive-process' } });
    await machine.processes.launch(exe, ['/background']);
    expect(await machine.signInWorks()).toMatchObject({ works: false });
    await machine.processes.run(exe, ['/shutdown'], patient());
    expect(await machine.signInWorks()).toMatchObject({ works: false });
    await machine.processes.launch(exe, ['/background']);
    expect(await machine.signInWorks()).toMatchObject({ works: true });
  });
});
