import { describe, expect, it } from 'vitest';
import type { RegistryValue } from '../../../native-host/machine/machine.ts';
import { readPolicy } from '../../../native-host/policy/settings.ts';
import { noPolicy } from '../../fixtures/no-policy.ts';
import { type PolicyWish, policyPc } from '../../harness/policy-pc.ts';
import { testPc } from '../../harness/test-pc.ts';

const KEY = 'SOFTWARE\\Policies\\Signin Rescue';
const LATER = '2099-12-31T18:00:00Z';
const text = (value: string): RegistryValue => ({ type: 'REG_SZ', value });

describe('a name', () => {
  it.each<[string, PolicyWish, string[]]>([
    [
      'of a remedy that there is not',
      { remedies: { 'reset-one-drive': 'off' } },
      ['Remedies\\reset-one-drive'],
    ],
    ['of an approval for none', { approvals: { 'flush-dsn': LATER } }, ['Approvals\\flush-dsn']],
    ['of a value that there is not', { values: { HelpDesks: text('it@contoso.example') } }, ['HelpDesks']],
    [
      'of an approval below HKEY_CURRENT_USER',
      { approvals: { 'flush-dns': LATER }, hive: 'HKCU' },
      ['Approvals\\flush-dns'],
    ],
    ['in other letters', { values: { HELPDESK: text('') }, remedies: { 'FLUSH-DNS': 'allowed' } }, []],
    ['of an approval that waits for its remedy', { approvals: { 'flush-dns': LATER } }, []],
    ['that is empty', { values: { '': text('x') } }, []],
  ])('%s', async (_, wish, told) => {
    const { policy, refused } = await readPolicy((await policyPc(wish)).machine);
    expect(refused.map(({ value }) => value)).toEqual(told);
    expect(policy).toEqual(noPolicy);
  });

  it('of a key that there is not', async () => {
    const values = { 'flush-dns': text('off') };
    const { machine } = await testPc({
      registry: { HKLM: { [`${KEY}\\Remedy`]: values } },
    });
    const refused = [{ value: 'Remedy\\', reason: 'there is no key of this name' }];
    expect(await readPolicy(machine)).toEqual({ policy: noPolicy, refused });
  });

  it('that cannot be looked at keeps nothing from counting', async () => {
    const { machine } = await testPc({
      registry: { HKLM: { [KEY]: { Watch: { type: 'REG_DWORD', value: 0 } } } },
      faults: [{ operation: 'registry.values', problem: 'access-denied' }],
    });
    expect(await readPolicy(machine)).toEqual({ policy: { ...noPolicy, watch: false }, refused: [] });
  });
});
