import type { CheckResult, CheckScope } from '../../common/check.ts';
import type { CloudName } from '../../common/clouds.ts';
import { diagnose } from '../../common/diagnosis.ts';
import { type Finding, type HostCheckId, hostCheckIds } from '../../common/findings.ts';
import { tellOfCheck } from '../evidence/index.ts';
import type { Machine } from '../machine/machine.ts';
import { defaultCloud } from '../policy/settings.ts';
import type { Check, CheckContext } from './check.ts';
import { newestEndpoints } from './endpoints/endpoint-cache.ts';
import { type Endpoint, endpointsOf } from './endpoints/endpoint-list.ts';
import type { Directions } from './endpoints/endpoint-route.ts';
import { maybeLighter, tellingWays, weigh } from './weigh.ts';

/** Loaded when they are asked for: some bring a lot along. */
const load: Readonly<Record<HostCheckId, () => Promise<Check>>> = {
  endpoints: async () => (await import('./endpoints/endpoints.ts')).endpoints,
  'windows-connection': async () => (await import('./windows-connection.ts')).windowsConnection,
  stacks: async () => (await import('./stacks.ts')).stacks,
  'tls-settings': async () => (await import('./tls-settings.ts')).tlsSettings,
  proxy: async () => (await import('./proxy/proxy.ts')).proxy,
  interception: async () => (await import('./interception.ts')).interception,
  internet: async () => (await import('./internet.ts')).internet,
  clock: async () => (await import('./clock.ts')).clock,
  names: async () => (await import('./names.ts')).names,
  mtu: async () => (await import('./mtu.ts')).mtu,
  ipv6: async () => (await import('./ipv6.ts')).ipv6,
  vpn: async () => (await import('./vpn.ts')).vpn,
  'network-change': async () => (await import('./network-change.ts')).networkChange,
  'windows-update': async () => (await import('./windows-update.ts')).windowsUpdate,
  device: async () => (await import('./device.ts')).device,
  onedrive: async () => (await import('./onedrive.ts')).onedrive,
  'onedrive-policy': async () => (await import('./onedrive-policy.ts')).onedrivePolicy,
  'onedrive-files': async () => (await import('./onedrive-files.ts')).onedriveFiles,
  'stored-entries': async () => (await import('./stored-entries.ts')).storedEntries,
};

export interface CheckOptions extends Directions {
  /** `all` unless said otherwise; quick.ts has what is quick. */
  scope?: CheckScope | undefined;
  /** All of the scope unless said otherwise. */
  only?: readonly HostCheckId[] | undefined;
  /** Milliseconds; 10 s unless said otherwise, 4 s where it is quick. */
  timeout?: number | undefined;
  signal?: AbortSignal;
  /** Called with each finding as it comes. */
  found?: (finding: Finding) => void;
  /** Called at the start and as each look ends, with the checks that are still at it. */
  waiting?: (checks: readonly HostCheckId[]) => void;
}

/**
 * Runs all checks at once. Findings come in the checks' own order; `took` is milliseconds for all of them. A fault
 * that may weigh less by what others find is told when these have ended.
 */
export async function runChecks(machine: Machine, options: CheckOptions = {}): Promise<CheckResult> {
  const { signal = new AbortController().signal, found, waiting } = options;
  const { connectTo, ca } = options;
  const begin = performance.now();
  const cloud = options.cloud ?? (await cloudByPolicy(machine, signal));
  const [list, { checks, hostsOf, limit }] = await Promise.all([
    newestEndpoints(machine.stateFolder, cloud),
    selected(options),
  ]);
  const hosts = hostsOf(cloud, endpointsOf(cloud, list));
  const { timeout = limit } = options;
  // One context for all, so that what several need is looked at once.
  const context: CheckContext = { machine, timeout, signal, cloud, hosts, connectTo, ca };
  const looks = weighed(
    checks.flatMap((check) => check.look(context).map((look) => ({ id: check.id, look }))),
  );
  const pending = new Set(looks);
  const tellWaiting = () => waiting?.([...new Set([...pending].map(({ id }) => id))]);
  tellWaiting();
  for (const each of looks) {
    each.look.then(
      (findings) => {
        for (const finding of findings) found?.(finding);
        pending.delete(each);
        tellWaiting();
      },
      // A check that fails is told by Promise.all below.
      () => undefined,
    );
  }
  const findings = (await Promise.all(looks.map(({ look }) => look))).flat();
  const took = Math.round(performance.now() - begin);
  const result: CheckResult = { findings, diagnosis: diagnose(findings), took };
  if (!signal.aborted) await tellOfCheck(machine, result);
  return result;
}

/** The cloud that policy names first; the usual one where the look is cancelled before the registry has answered. */
function cloudByPolicy(machine: Machine, signal: AbortSignal): Promise<CloudName> {
  const { promise, resolve } = Promise.withResolvers<CloudName>();
  const end = () => resolve('worldwide');
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  void defaultCloud(machine).then((cloud) => {
    signal.removeEventListener('abort', end);
    resolve(cloud);
  });
  return promise;
}

/** The checks to run, which of the listed hosts they look at, and milliseconds for all. */
async function selected({ scope = 'all', only }: CheckOptions) {
  const quick = scope === 'quick' ? await import('./quick.ts') : undefined;
  const wanted = only ?? quick?.quickChecks ?? hostCheckIds;
  const ids = hostCheckIds.filter((id) => wanted.includes(id));
  const loaded = await Promise.all(ids.map(async (id) => ({ id, check: await load[id]() })));
  if (quick) {
    const checks = loaded.map(({ id, check }) => ({ id, look: quick.asQuick(check) }));
    return { checks, hostsOf: quick.quickHosts, limit: quick.QUICK_LIMIT };
  }
  const checks = loaded.map(({ id, check: { look } }) => ({ id, look }));
  return { checks, hostsOf: (_: CloudName, all: readonly Endpoint[]) => all, limit: 10_000 };
}

interface Look {
  id: HostCheckId;
  look: Promise<Finding[]>;
}

function weighed(looks: readonly Look[]): Look[] {
  const telling = looks.filter(({ id }) => tellingWays.includes(id)).map(({ look }) => look);
  const known = Promise.all(telling).then((findings) => findings.flat());
  // One that fails is told by its own look.
  known.catch(() => undefined);
  const weighing = async (look: Promise<Finding[]>) => {
    const findings = await look;
    return findings.some(maybeLighter) ? weigh(findings, await known) : findings;
  };
  return looks.map(({ id, look }) => ({ id, look: weighing(look) }));
}
