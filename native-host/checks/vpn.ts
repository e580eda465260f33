/** Whether a VPN is connected, or was connected again within the last hour: both change the way to Microsoft. */
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { type RecentNetwork, recentNetworks } from './network-profiles.ts';

export const vpn: Check = {
  id: 'vpn',
  look: (context) => [looked('vpn', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'vpn'>[]> {
  // What is connected now does not hang on the networks of before; that these cannot be read, another check tells.
  const [adapters, networks] = await Promise.all([
    machine.adapters(),
    recentNetworks(machine).catch((): RecentNetwork[] => []),
  ]);
  const connected = new Map(adapters.filter((adapter) => adapter.vpn).map((each) => [each.name, each]));
  const latest = networks.find((network) => network.vpn);
  const sights: Sight<'vpn'>[] = [...connected.values()].map(({ name, description, defaultRoute, mtu }) => ({
    id: `vpn:connected:${name}`,
    level: 'warning',
    meaning: 'connected',
    subject: name,
    evidence: {
      driver: description.slice(0, 200),
      defaultRoute: defaultRoute ? 'yes' : 'no',
      mtu: mtu ?? null,
    },
  }));
  if (latest) {
    const { name, minutes } = latest;
    sights.push({
      id: 'vpn:reconnected',
      level: 'warning',
      meaning: 'reconnected',
      subject: name,
      amount: minutes,
    });
  }
  return sights.length > 0 ? sights : [{ level: 'ok', meaning: 'none' }];
}
