/**
 * Whether this PC came to a network within the last hour. What is read there means this by forensic practice,
 * not by Microsoft's documentation (network-profiles.ts).
 */
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { recentNetworks } from './network-profiles.ts';

export const networkChange: Check = {
  id: 'network-change',
  look: (context) => [looked('network-change', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'network-change'>[]> {
  const [newest] = await recentNetworks(machine);
  if (newest === undefined) return [{ level: 'ok', meaning: 'none' }];
  return [{ level: 'warning', meaning: 'recent', subject: newest.name, amount: newest.minutes }];
}
