/**
 * Which way the sign-in host, its CDN and OneDrive go: past a proxy or by one, and whether that lets this PC through.
 * The person's settings (WinINET) and those of services (WinHTTP) do not know of each other: browsers and most apps go
 * by the first, the sign-in broker of Windows by the second. Nothing is changed: policy or a VPN may own a proxy.
 */
import { type Check, type CheckContext, looked, type Sight } from '../check.ts';
import { windowsHosts } from '../windows-connection.ts';
import { DIRECT, hopText, masked, maskedUrl, type ProxyServer, type Way } from './proxy-address.ts';
import { probeProxy } from './proxy-probe.ts';
import { personSettings, serviceSettings } from './proxy-settings.ts';
import { within } from './proxy-time.ts';
import { manualWays, personWays, type Ways } from './proxy-ways.ts';

export const proxy: Check = {
  id: 'proxy',
  look: (context) => [looked('proxy', context, () => see(context))],
};

async function see(context: CheckContext): Promise<Sight<'proxy'>[]> {
  const { machine, cloud } = context;
  const hosts = windowsHosts(cloud);
  const [person, service] = await Promise.all([personSettings(machine), serviceSettings(machine)]);
  const unreadable = service === 'unreadable';
  const { ways: apps, sights: ofScript, script, detection } = await personWays(person, hosts, context);
  const services = unreadable ? undefined : manualWays(service, hosts);
  const evidence = {
    winInet: (script ? maskedUrl(script) : textOf(person.manual?.server)).slice(0, 200),
    autoDetect: detection.slice(0, 200),
    winHttp: (unreadable ? service : textOf(service?.server)).slice(0, 200),
  };
  const used = usedProxies(hosts, [apps ?? [], services ?? []]);
  const ofProxies = used.map((each) => lookAtProxy(each, evidence, context));
  const sights = [...ofScript, ...(await Promise.all(ofProxies))];
  const differing = hosts.flatMap((_, at) => {
    const [app, service] = [apps?.[at], services?.[at]].map((way) => way && hopText(way[0]));
    return app && service && app !== service ? [`${app} ↔ ${service}`] : [];
  });
  if (differing[0] !== undefined) {
    const [subject] = differing;
    sights.push({ id: 'proxy:differs', level: 'warning', meaning: 'differs', subject, evidence });
  }
  return sights.length > 0 ? sights : [{ level: 'ok', meaning: 'direct', evidence }];
}

function textOf(server = 'DIRECT'): string {
  return masked(server);
}

type Evidence = NonNullable<Sight<'proxy'>['evidence']>;

interface Used {
  proxy: ProxyServer;
  way: Way;
  /** The hosts that go by it. */
  by: [string, ...string[]];
}

/** The proxies that are the first choice of a host. */
function usedProxies(hosts: readonly string[], sides: readonly Ways[]): Used[] {
  const found = new Map<string, Used>();
  for (const [at, host] of hosts.entries()) {
    for (const way of sides.flatMap((ways) => [ways[at] ?? DIRECT])) {
      const [proxy] = way;
      if (proxy === 'DIRECT') continue;
      const used = found.get(proxy.text);
      if (used === undefined) found.set(proxy.text, { proxy, way, by: [host] });
      else if (!used.by.includes(host)) used.by.push(host);
    }
  }
  return [...found.values()];
}

async function lookAtProxy(
  { proxy, way, by }: Used,
  evidence: Evidence,
  context: CheckContext,
): Promise<Sight<'proxy'>> {
  const probed = await probeProxy(proxy, by[0], within('probe', context));
  return {
    id: `proxy:${proxy.text}`,
    // Behind a silent proxy Windows tries what comes next in the way: that takes longer, and works.
    level: probed.meaning === 'unreachable' && way.length > 1 ? 'warning' : probed.level,
    meaning: probed.meaning,
    subject: proxy.text,
    evidence: {
      ...probed.evidence,
      ...evidence,
      hosts: by.join(', '),
      way: way.map(hopText).join('; ').slice(0, 500),
    },
  };
}
