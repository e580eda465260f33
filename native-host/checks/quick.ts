/**
 * The quick look: what tells within a few seconds whether signing in will work, after a change of network for
 * instance. The sign-in hosts and where their pages' scripts come from, and what may stand in the way there; nothing
 * that sweeps the registry or OneDrive's folders.
 */
import { type CloudName, clouds } from '../../common/clouds.ts';
import type { HostCheckId } from '../../common/findings.ts';
import type { Check, CheckContext } from './check.ts';
import type { Endpoint } from './endpoints/endpoint-list.ts';
import { lookAtHost } from './endpoints/endpoints.ts';
import { compareStacks } from './stacks.ts';
import { lookAtWindows, windowsHosts } from './windows-connection.ts';

/** Milliseconds. */
export const QUICK_LIMIT = 4_000;

/** Those that read little, and those that only look at what others have seen. */
export const quickChecks: readonly HostCheckId[] = [
  'endpoints',
  'windows-connection',
  'stacks',
  'tls-settings',
  'proxy',
  'interception',
  'internet',
  'clock',
  'names',
  'mtu',
  'vpn',
  'network-change',
];

/** Of these hosts those that nobody signs in without. */
export function quickHosts(cloud: CloudName, hosts: readonly Endpoint[]): readonly Endpoint[] {
  const { signIn, cdn } = clouds[cloud];
  return hosts.filter(({ host, required }) => required && [...signIn, ...cdn].includes(host));
}

/** How a check looks here: not at the hosts that are left out, OneDrive's and the tenant's own. */
export function asQuick({ id, look }: Check): Check['look'] {
  return narrower[id] ?? look;
}

const narrower: Partial<Record<Check['id'], Check['look']>> = {
  endpoints: (context) =>
    (context.hosts ?? []).map(async (each) => [await lookAtHost(each.host, context, each)]),
  'windows-connection': (context) => lookAtWindows(bothLookAt(context), context),
  stacks: (context) => compareStacks(bothLookAt(context), context),
};

function bothLookAt({ cloud, hosts = [] }: CheckContext): string[] {
  return windowsHosts(cloud).filter((name) => hosts.some(({ host }) => host === name));
}
