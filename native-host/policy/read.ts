/** Where the organisation's policy is: values that only an administrator can write, HKLM's before HKCU's. */
import type { Hive, Machine, RegistryValue } from '../machine/machine.ts';

/** Below `HKLM` and `HKCU`; what is below `Policies` in HKCU, too, is written by nobody without rights. */
export const POLICY_KEY = 'SOFTWARE\\Policies\\Signin Rescue';

const hives: readonly Hive[] = ['HKLM', 'HKCU'];

async function value({ registry }: Machine, name: string, below: string): Promise<RegistryValue | undefined> {
  const key = below ? `${POLICY_KEY}\\${below}` : POLICY_KEY;
  for (const hive of hives) {
    const found = await registry.read(hive, key, name).catch(() => undefined);
    if (found) return found;
  }
  return undefined;
}

/** A text of the policy; empty where there is none, or none that can be read. `below` names a key under the policy's. */
export async function policyText(machine: Machine, name: string, below = ''): Promise<string> {
  const found = await value(machine, name, below);
  return found?.type === 'REG_SZ' || found?.type === 'REG_EXPAND_SZ' ? found.value : '';
}

/** A number of the policy; undefined where there is none, or none that can be read. */
export async function policyNumber(machine: Machine, name: string, below = ''): Promise<number | undefined> {
  const found = await value(machine, name, below);
  return found?.type === 'REG_DWORD' ? found.value : undefined;
}
