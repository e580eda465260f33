/** Which way hosts go by the person's settings: by a script, by hand, or past any proxy. */
import { toProblem } from '../../../common/problem.ts';
import type { CheckContext, Sight } from '../check.ts';
import { DIRECT, type ManualProxy, manualWay, maskedUrl, type Way } from './proxy-address.ts';
import { type ScriptWays, waysByScript } from './proxy-script.ts';
import type { PersonSettings } from './proxy-settings.ts';
import { afterDetection, within } from './proxy-time.ts';

/** In the order of their hosts. */
export type Ways = readonly Way[];

export function manualWays(manual: ManualProxy | undefined, hosts: readonly string[]): Ways {
  return hosts.map((host) => (manual ? manualWay(manual, host) : DIRECT));
}

export interface PersonWays {
  /** Undefined where they cannot be known. */
  ways: Ways | undefined;
  /** What is the matter with the scripts. */
  sights: Sight<'proxy'>[];
  /** Where the script is that goes before all else. */
  script: string | undefined;
  /** What automatic detection came to: `off`, `none`, a script's address as it may be shown, or a problem. */
  detection: string;
}

/**
 * The ways of hosts as Windows finds them: by the script that it detects, by the one that is set, by the proxy that is
 * set by hand, or by none; each where the one before is not there or fails.
 * https://learn.microsoft.com/windows/win32/winhttp/autoproxy-issues-in-winhttp
 */
export async function personWays(
  { autoDetect, scriptUrl, manual }: PersonSettings,
  hosts: readonly string[],
  context: CheckContext,
): Promise<PersonWays> {
  // At once: a detection takes long, and mostly finds nothing.
  const [detected, set] = await Promise.all([
    autoDetect ? detectedWays(hosts, context) : OFF,
    scriptUrl === undefined ? undefined : waysByScript(scriptUrl, 'proxy:script', hosts, context),
  ]);
  const { detection, script = scriptUrl, found } = detected;
  const sights: Sight<'proxy'>[] = [];
  for (const each of [found, set]) {
    if (each === undefined) continue;
    sights.push(...each.sights);
    if (each.ways === 'unknown') return { ways: undefined, sights, script, detection };
    if (each.ways !== 'none') return { ways: each.ways, sights, script, detection };
  }
  return { ways: manualWays(manual, hosts), sights, script, detection };
}

interface Detected {
  detection: string;
  script?: string;
  found?: ScriptWays;
}

const OFF: Detected = { detection: 'off' };

async function detectedWays(hosts: readonly string[], context: CheckContext): Promise<Detected> {
  const begin = performance.now();
  try {
    const script = await context.machine.detectProxyScript(within('detect', context));
    if (script === undefined) return { detection: 'none' };
    const left = afterDetection(begin, context);
    const found = await waysByScript(script, 'proxy:detected-script', hosts, left, false);
    // Without it Windows goes on as if there were none, so what is wrong with it is a delay at most.
    const sights = found.sights.map(
      (sight): Sight<'proxy'> => (sight.level === 'fault' ? { ...sight, level: 'warning' } : sight),
    );
    return { detection: maskedUrl(script), script, found: { ...found, sights } };
  } catch (error) {
    return { detection: toProblem(error).kind };
  }
}
