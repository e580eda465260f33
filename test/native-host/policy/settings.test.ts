import { describe, expect, it } from 'vitest';
import type { RemedyRule } from '../../../common/policy.ts';
import { runChecks } from '../../../native-host/checks/index.ts';
import type { RegistryValue } from '../../../native-host/machine/machine.ts';
import { backupDays, readPolicy } from '../../../native-host/policy/settings.ts';
import { everything } from '../../../native-host/runs/choice.ts';
import { noPolicy } from '../../fixtures/no-policy.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { Fate, mortalMachine } from '../../harness/mortal/fate.ts';
import { type PolicyWish, policyPc } from '../../harness/policy-pc.ts';
import { failure } from '../../harness/run-records.ts';
import { testPc } from '../../harness/test-pc.ts';

const text = (value: string): RegistryValue => ({ type: 'REG_SZ', value });
const number = (value: number): RegistryValue => ({ type: 'REG_DWORD', value });

async function read(...wishes: PolicyWish[]) {
  return readPolicy((await policyPc(...wishes)).machine);
}
const set = (name: string, value: RegistryValue) => read({ values: { [name]: value } });
const desk = (values: NonNullable<PolicyWish['values']>, hive: 'HKLM' | 'HKCU'): PolicyWish => ({
  values,
  hive,
});

describe('a policy', () => {
  it('that is not there says nothing, and no value is asked for', async () => {
    const { machine } = await testPc();
    const fate = new Fate();
    expect(await readPolicy(mortalMachine(machine, fate))).toEqual({ policy: noPolicy, refused: [] });
    expect(fate.moments).toEqual(['registry.keys', 'registry.keys']);
  });

  it('of the PC goes before that of the user, value by value', async () => {
    const { policy } = await read(
      desk({ HelpDesk: text('pc@contoso.example') }, 'HKLM'),
      desk({ HelpDesk: text('user@contoso.example'), HelpDeskText: text('555 0100') }, 'HKCU'),
    );
    expect(policy).toMatchObject({ helpDesk: 'pc@contoso.example', helpDeskText: '555 0100' });
  });

  it('that is bad in the PC’s part is not made good by the user’s', async () => {
    const { policy, refused } = await read(
      { remedies: { 'flush-dns': 'perhaps' } },
      { remedies: { 'flush-dns': 'allowed' }, hive: 'HKCU' },
    );
    expect(policy.remedies).toEqual([{ remedy: 'flush-dns', rule: 'off' }]);
    expect(refused).toMatchObject([{ value: 'Remedies\\flush-dns' }]);
  });

  it('that cannot be read turns every remedy off, and says so', async () => {
    const { machine } = await testPc({
      faults: [
        { operation: 'registry.keys', problem: 'access-denied' },
        { operation: 'registry.read', match: 'signin rescue', problem: 'access-denied' },
      ],
    });
    const { policy, refused } = await readPolicy(machine);
    expect(new Set(policy.remedies.map(({ rule }) => rule))).toEqual(new Set(['off']));
    expect(refused).toContainEqual({ value: 'Remedies\\reset-onedrive', reason: 'it cannot be read' });
  });
});

describe('a remedy', () => {
  it.each<[string | number, RemedyRule['rule'] | undefined, number]>([
    ['allowed', undefined, 0],
    ['approval', 'approval', 0],
    ['off', 'off', 0],
    [' OFF ', 'off', 0],
    [1, undefined, 0],
    [2, 'approval', 0],
    [0, 'off', 0],
    // Whatever else stands there, somebody meant to hold it back.
    ['', 'off', 1],
    ['yes', 'off', 1],
    [3, 'off', 1],
    ['allowed;', 'off', 1],
  ])('with the word `%s` is %s', async (word, rule, told) => {
    const { policy, refused } = await read({ remedies: { 'reset-onedrive': word } });
    expect(policy.remedies).toEqual(rule ? [{ remedy: 'reset-onedrive', rule }] : []);
    expect(refused).toHaveLength(told);
  });

  it('with a value that is neither text nor number is off', async () => {
    const { machine } = await testPc({
      registry: {
        HKLM: {
          'SOFTWARE\\Policies\\Signin Rescue\\Remedies': {
            'flush-dns': { type: 'REG_MULTI_SZ', value: ['allowed'] },
          },
        },
      },
    });
    expect((await readPolicy(machine)).policy.remedies).toEqual([{ remedy: 'flush-dns', rule: 'off' }]);
  });

  it.each<[string, string | undefined]>([
    ['2099-12-31T18:00:00Z', '2099-12-31T18:00:00.000Z'],
    [' 2099-12-31T18:00:00+02:00 ', '2099-12-31T16:00:00.000Z'],
    ['2099-12-31', undefined],
    ['2099-12-31T18:00:00', undefined],
    ['forever', undefined],
    ['31.12.2099', undefined],
    ['', undefined],
  ])('is approved until `%s`', async (time, until) => {
    const { policy, refused } = await read({
      remedies: { 'reset-onedrive': 'approval' },
      approvals: { 'reset-onedrive': time },
    });
    const rule = { remedy: 'reset-onedrive', rule: 'approval' };
    expect(policy.remedies).toEqual([until ? { ...rule, until } : rule]);
    expect(refused).toHaveLength(until ? 0 : 1);
  });

  it('is approved for this PC only: not in what is the user’s, and not where it is off', async () => {
    const approvals = { 'reset-onedrive': '2099-12-31T18:00:00Z' };
    const { policy } = await read(
      { remedies: { 'reset-onedrive': 'approval' } },
      { approvals, hive: 'HKCU' },
    );
    expect(policy.remedies).toEqual([{ remedy: 'reset-onedrive', rule: 'approval' }]);
    const off = await read({ remedies: { 'reset-onedrive': 'off' }, approvals });
    expect(off.policy.remedies).toEqual([{ remedy: 'reset-onedrive', rule: 'off' }]);
  });
});

describe('a value', () => {
  it.each<[string, string | null]>([
    ['help.desk@contoso.example', 'help.desk@contoso.example'],
    [' it@contoso.example ', 'it@contoso.example'],
    ['', null],
    ['555 0100', null],
    ['it@contoso.example,all@contoso.example', null],
    ['it@contoso.example?cc=all@contoso.example', null],
    ['mailto:it@contoso.example', null],
    ['it@contoso.example\r\nbcc: all@contoso.example', null],
    [`${'a'.repeat(250)}@contoso.example`, null],
  ])('HelpDesk `%s`', async (value, address) => {
    const { policy, refused } = await set('HelpDesk', text(value));
    expect([policy.helpDesk, refused.length]).toEqual([address, address || value === '' ? 0 : 1]);
  });

  it.each<[string, string | null]>([
    ['Call 555 0100 (8–18 h)', 'Call 555 0100 (8–18 h)'],
    ['', null],
    ['a'.repeat(200), 'a'.repeat(200)],
    ['a'.repeat(201), null],
    ['two\nlines', null],
    ['\u001b[2J', null],
    ['\u202e0010 555', null],
  ])('HelpDeskText `%s`', async (value, shown) => {
    const { policy, refused } = await set('HelpDeskText', text(value));
    expect([policy.helpDeskText, refused.length]).toEqual([shown, shown || value === '' ? 0 : 1]);
  });

  it.each<[string, string[], number]>([
    ['us-government', ['us-government'], 0],
    ['US-Government, worldwide,', ['us-government', 'worldwide'], 0],
    ['china,germany', ['china'], 1],
    ['mars', [], 1],
    ['', [], 0],
  ])('Clouds `%s`', async (value, clouds, told) => {
    const { policy, refused } = await set('Clouds', text(value));
    expect([policy.clouds, refused.length]).toEqual([clouds, told]);
  });

  it.each<[RegistryValue, boolean, number]>([
    [number(0), false, 0],
    [number(1), true, 0],
    [number(2), true, 1],
    [text('0'), true, 1],
  ])('Watch %o', async (value, watch, told) => {
    const { policy, refused } = await set('Watch', value);
    expect([policy.watch, refused.length]).toEqual([watch, told]);
  });

  it.each<[RegistryValue, number, number]>([
    [number(7), 7, 0],
    [number(0), 0, 0],
    [number(365), 365, 0],
    [number(366), 30, 1],
    [text('7'), 30, 1],
  ])('BackupDays %o', async (value, days, told) => {
    const { machine } = await policyPc({ values: { BackupDays: value } });
    const { policy, refused } = await readPolicy(machine);
    expect([await backupDays(machine), policy.backupDays, refused.length]).toEqual([days, days, told]);
  });
});

describe('what follows from it', () => {
  it('the first cloud is looked at where nothing else is said', async () => {
    const { machine } = await policyPc({ values: { Clouds: text('us-government,worldwide') } });
    const hosts = async (cloud?: 'china') => {
      const { findings } = await runChecks(machine, { scope: 'quick', only: ['endpoints'], cloud });
      return findings.map(({ subject }) => subject);
    };
    expect(await hosts()).toContain('login.microsoftonline.us');
    expect(await hosts('china')).not.toContain('login.microsoftonline.us');
  });

  it('no backup is kept where it says so', async () => {
    const { machine } = await policyPc({ values: { BackupDays: number(0) } });
    const { host, ended } = runHostOf(machine);
    const repair = async () => {
      const made = await host.plan(failure, { only: ['purge-credentials'] });
      return ended(host.start(made.plan.id, everything(made)));
    };
    const first = await repair();
    await ended(host.undo({ runId: first.id }));
    const second = await repair();
    const { runs } = await host.past.history();
    expect(runs.map(({ id, canUndo }) => [id === second.id, canUndo])).toContainEqual([false, false]);
  });
});
