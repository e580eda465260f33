/**
 * What this PC is to an organisation. Microsoft documents neither key: a subkey of JoinInfo for each Entra join is
 * common practice, and so is telling a real enrolment in device management by its state, its provider and the
 * address that it was made with, as every Windows has enrolments of its own with the first two ("Local Authority",
 * "WMI_Bridge_SCCM_Server"). A PC of an on-premises domain alone is `personal` here: Entra does not know it.
 */
import { JOIN_INFO } from '../machine/join-info.ts';
import type { Machine } from '../machine/machine.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { deviceStatus } from './device-status.ts';
import { readNumber, readText } from './registry-values.ts';

const ENROLMENTS = 'SOFTWARE\\Microsoft\\Enrollments';
const ENROLLED = 1;

export const device: Check = {
  id: 'device',
  look: (context) => [looked('device', context, () => see(context))],
};

async function see(context: CheckContext): Promise<Sight<'device'>[]> {
  const { machine } = context;
  const [joined, provider] = await Promise.all([
    machine.registry.keys('HKLM', JOIN_INFO),
    managementOf(machine),
  ]);
  // A PC that is joined to nothing has no token to miss.
  const status = joined.length > 0 ? await deviceStatus(context) : {};
  const managed = provider === undefined ? {} : { provider: provider.slice(0, 200) };
  const state = provider === undefined ? (joined.length > 0 ? 'joined' : 'personal') : 'managed';
  const sights: Sight<'device'>[] = [{ level: 'ok', meaning: state, evidence: { ...managed, ...status } }];
  // A local account on a joined PC has none either; it signs in to Microsoft by itself, so this is no fault.
  if (status.AzureAdPrt === 'NO') {
    sights.push({ id: 'device:no-token', level: 'warning', meaning: 'no-token', evidence: status });
  }
  return sights;
}

/** Who manages this PC, such as "MS DM Server", which is Intune; undefined when nobody does. */
async function managementOf(machine: Machine): Promise<string | undefined> {
  const ids = await machine.registry.keys('HKLM', ENROLMENTS);
  const providers = await Promise.all(ids.map((id) => providerOf(machine, `${ENROLMENTS}\\${id}`)));
  return providers.find(Boolean);
}

async function providerOf(machine: Machine, key: string): Promise<string | undefined> {
  const [state, provider, address] = await Promise.all([
    readNumber(machine, 'HKLM', key, 'EnrollmentState'),
    readText(machine, 'HKLM', key, 'ProviderID'),
    readText(machine, 'HKLM', key, 'DiscoveryServiceFullURL'),
  ]);
  return state === ENROLLED && address ? provider : undefined;
}
