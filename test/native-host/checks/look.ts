/** What checks see on a simulated PC, held against the contract. */
import * as v from 'valibot';
import { type Finding, FindingSchema } from '../../../common/findings.ts';
import type { Check } from '../../../native-host/checks/check.ts';
import type { Machine } from '../../../native-host/machine/machine.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

export const context = (machine: Machine, timeout = 60_000) => ({
  machine,
  timeout,
  signal: new AbortController().signal,
});

const Findings = v.array(FindingSchema);

export async function look(check: Check, pc: PcInput): Promise<Finding[]> {
  const { machine } = await testPc(pc);
  return v.parse(Findings, (await Promise.all(check.look(context(machine)))).flat());
}

type Keys = NonNullable<NonNullable<PcInput['registry']>['HKLM']>;

/** Keys below one, by their names. */
export function keysBelow(key: string, keys: Keys): Keys {
  return Object.fromEntries(Object.entries(keys).map(([name, values]) => [`${key}\\${name}`, values]));
}

export const sz = (value: string) => ({ type: 'REG_SZ' as const, value });
export const dword = (value: number) => ({ type: 'REG_DWORD' as const, value });

/** Accounts that OneDrive is linked to: e-mail and folder by the account's name. */
export function linked(accounts: Record<string, [email: string, folder: string]>): PcInput['registry'] {
  const keys = Object.entries(accounts).map(([name, [email, folder]]) => [
    `Software\\Microsoft\\OneDrive\\Accounts\\${name}`,
    { UserEmail: sz(email), UserFolder: sz(folder) },
  ]);
  return { HKCU: Object.fromEntries(keys) };
}
