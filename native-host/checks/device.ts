/**
 * What this PC is to an organisation. Microsoft documents neither key: a subkey of JoinInfo for each Entra join is
 * common practice, and so is telling a real enrolment in device management by its state, its provider and the
 * address that it was made with, as every Windows has enrolments of its own with the first two ("Local Authority",
 * "WMI_Bridge_SCCM_Server"). A PC of an on-premises domain alone is `personal` here: Entra does not know it.
 */
import type { Machine } from '../machine/machine.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { readNumber, readText } from './registry-values.ts';

const JOIN_INFO = 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo';
const ENROLMENTS = 'SOFTWARE\\Microsoft\\Enrollments';
const ENROLLED = 1;

export const device: Check = {
  id: 'device',
  look: (context) => [looked('device', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'device'>[]> {
  const [joined, provider] = await Promise.all([
    machine.registry.keys('HKLM', JOIN_INFO),
    managementOf(machine),
  ]);
  if (provider !== undefined) {
    return [{ level: 'ok', meaning: 'managed', evidence: { provider: provider.slice(0, 200) } }];
  }
  return [{ level: 'ok', meaning: joined.length > 0 ? 'joined' : 'personal' }];
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
