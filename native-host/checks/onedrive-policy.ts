/**
 * Whether a policy keeps OneDrive from signing in. The values and keys:
 * https://learn.microsoft.com/sharepoint/use-group-policy
 */
import type { Hive, Machine } from '../machine/machine.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { readNumber } from './registry-values.ts';

const WINDOWS_POLICY = 'SOFTWARE\\Policies\\Microsoft\\Windows\\OneDrive';
const POLICY = 'SOFTWARE\\Policies\\Microsoft\\OneDrive';
const lists = ['AllowTenantList', 'BlockTenantList'];
const hives: readonly Hive[] = ['HKLM', 'HKCU'];

export const onedrivePolicy: Check = {
  id: 'onedrive-policy',
  look: (context) => [looked('onedrive-policy', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'onedrive-policy'>[]> {
  const [forbidden, personal, limits] = await Promise.all([
    isOn(machine, WINDOWS_POLICY, 'DisableFileSyncNGSC'),
    isOn(machine, POLICY, 'DisablePersonalSync'),
    limitingLists(machine),
  ]);
  const sights: Sight<'onedrive-policy'>[] = [];
  const add = (level: Sight<'onedrive-policy'>['level'], meaning: Meaning, policy: string) =>
    sights.push({ id: `onedrive-policy:${meaning}`, level, meaning, evidence: { policy } });
  if (forbidden) add('fault', 'sync-forbidden', 'DisableFileSyncNGSC');
  if (limits.length > 0) add('warning', 'organisations-limited', limits.join(', '));
  if (personal) add('warning', 'personal-forbidden', 'DisablePersonalSync');
  return sights.length > 0 ? sights : [{ level: 'ok', meaning: 'free' }];
}

type Meaning = Sight<'onedrive-policy'>['meaning'];

async function isOn(machine: Machine, key: string, name: string): Promise<boolean> {
  const values = await Promise.all(hives.map((hive) => readNumber(machine, hive, key, name)));
  return values.includes(1);
}

/** Which of the lists are there; a list's organisations are values of a key of its own. */
async function limitingLists({ registry }: Machine): Promise<string[]> {
  const found = (await Promise.all(hives.map((hive) => registry.keys(hive, POLICY)))).flat();
  const there = new Set(found.map((name) => name.toLowerCase()));
  return lists.filter((list) => there.has(list.toLowerCase()));
}
