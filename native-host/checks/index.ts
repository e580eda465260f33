import type { CheckResult } from '../../common/contract.ts';
import { diagnose } from '../../common/diagnosis.ts';
import { type CheckId, checkIds, type Finding } from '../../common/findings.ts';
import type { Machine } from '../machine/machine.ts';
import type { Check, CheckContext } from './check.ts';
import { newestEndpoints } from './endpoint-cache.ts';
import { endpointsOf } from './endpoint-list.ts';
import type { Directions } from './endpoint-route.ts';

/** Loaded when they are asked for: some bring a lot along. */
const load: Readonly<Record<CheckId, () => Promise<Check>>> = {
  endpoints: async () => (await import('./endpoints.ts')).endpoints,
  'windows-connection': async () => (await import('./windows-connection.ts')).windowsConnection,
  'tls-settings': async () => (await import('./tls-settings.ts')).tlsSettings,
  proxy: async () => (await import('./proxy.ts')).proxy,
  interception: async () => (await import('./interception.ts')).interception,
  internet: async () => (await import('./internet.ts')).internet,
  clock: async () => (await import('./clock.ts')).clock,
  names: async () => (await import('./names.ts')).names,
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
  /** All unless said otherwise. */
  only?: readonly CheckId[] | undefined;
  /** Milliseconds; 10 s unless said otherwise. */
  timeout?: number | undefined;
  signal?: AbortSignal;
  /** Called with each finding as it comes. */
  found?: (finding: Finding) => void;
  /** Called at the start and as each look ends, with the checks that are still at it. */
  waiting?: (checks: readonly CheckId[]) => void;
}

/** Runs all checks at once. Findings come in the checks' own order; `took` is milliseconds for all of them. */
export async function runChecks(machine: Machine, options: CheckOptions = {}): Promise<CheckResult> {
  const { only, timeout = 10_000, signal = new AbortController().signal, found, waiting } = options;
  const { cloud = 'worldwide', connectTo, ca } = options;
  const begin = performance.now();
  const [list, checks] = await Promise.all([
    newestEndpoints(machine.stateFolder, cloud),
    Promise.all(checkIds.filter((id) => only?.includes(id) ?? true).map((id) => load[id]())),
  ]);
  const hosts = endpointsOf(cloud, list);
  // One context for all, so that what several need is looked at once.
  const context: CheckContext = { machine, timeout, signal, cloud, hosts, connectTo, ca };
  const looks = checks.flatMap((check) => check.look(context).map((look) => ({ id: check.id, look })));
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
  return { findings, diagnosis: diagnose(findings), took: Math.round(performance.now() - begin) };
}
