/** Where the organisation's policy is: values that only an administrator can write, HKLM's before HKCU's. */
import type { Hive, Machine, RegistryValue } from '../machine/machine.ts';

/** Below `HKLM` and `HKCU`; what is below `Policies` in HKCU, too, is written by nobody without rights. */
export const POLICY_KEY = 'SOFTWARE\\Policies\\Signin Rescue';

export const policyHives: readonly Hive[] = ['HKLM', 'HKCU'];

export interface PolicyPlace {
  name: string;
  /** A key under the policy's. */
  below?: string;
  hives?: readonly Hive[];
}

/** A value of the first hive that has it; `unreadable` where that one cannot tell: then no other speaks for it. */
export async function policyValue(
  { registry }: Machine,
  { name, below = '', hives = policyHives }: PolicyPlace,
): Promise<RegistryValue | 'unreadable' | undefined> {
  const key = below ? `${POLICY_KEY}\\${below}` : POLICY_KEY;
  for (const hive of hives) {
    const found = await registry.read(hive, key, name).catch(() => 'unreadable' as const);
    if (found) return found;
  }
  return undefined;
}

/** A text of the policy; empty where there is none, or none that can be read. `below` names a key under the policy's. */
export async function policyText(machine: Machine, name: string, below = ''): Promise<string> {
  const found = await policyValue(machine, { name, below });
  if (found === undefined || found === 'unreadable') return '';
  return found.type === 'REG_SZ' || found.type === 'REG_EXPAND_SZ' ? found.value : '';
}
