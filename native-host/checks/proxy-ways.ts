/** Which way hosts go by the person's settings: by a script, by hand, or past any proxy. */
import { lookup } from 'node:dns/promises';
import type { MeaningOf } from '../../common/findings.ts';
import type { CheckContext, Sight } from './check.ts';
import { routeTo } from './endpoint-route.ts';
import { evaluatePac, type PacAnswer } from './pac.ts';
import { fetchScript } from './pac-fetch.ts';
import {
  DIRECT,
  type ManualProxy,
  manualWay,
  masked,
  maskedUrl,
  scriptWay,
  type Way,
} from './proxy-address.ts';
import type { PersonSettings } from './proxy-settings.ts';

/** In the order of their hosts. */
export type Ways = readonly Way[];

/** Milliseconds at most, and the share of the whole check's time: together less than all of it. */
const limits = {
  fetch: [5000, 0.4],
  start: [5000, 0.2],
  evaluate: [2000, 0.2],
  probe: [3000, 0.15],
} as const;

/** Milliseconds from which on a script that did come is slow. */
const SLOW = 2000;

/** The same for one part of the check, with the time that this may take. */
export function within(part: keyof typeof limits, context: CheckContext): CheckContext {
  const [most, share] = limits[part];
  return { ...context, timeout: Math.min(most, context.timeout * share) };
}

export function manualWays(manual: ManualProxy | undefined, hosts: readonly string[]): Ways {
  return hosts.map((host) => (manual ? manualWay(manual, host) : DIRECT));
}

/**
 * The ways of hosts where they can be known, and what is the matter with the script. It goes before a proxy that is
 * set by hand; when it fails, Windows takes that one, or none.
 */
export async function personWays(
  { scriptUrl, manual }: PersonSettings,
  hosts: readonly string[],
  context: CheckContext,
): Promise<{ ways: Ways | undefined; sights: Sight<'proxy'>[] }> {
  const byHand = manualWays(manual, hosts);
  if (scriptUrl === undefined) return { ways: byHand, sights: [] };
  const begin = performance.now();
  const fetched = await fetchScript(scriptUrl, within('fetch', context));
  const fetchMs = Math.round(performance.now() - begin);
  const told = (failure: ScriptMeaning, error: string | number) => ({
    ways: byHand,
    sights: [
      sightOf(scriptUrl, failure, { error: typeof error === 'number' ? error : masked(error).slice(0, 200) }),
    ],
  });
  const unknown = (error: string | number) => ({ ...told('not-looked', error), ways: undefined });
  if ('unknown' in fetched) return unknown(fetched.unknown);
  if ('failure' in fetched) return told(fetched.failure, fetched.error);
  const answer = await ask(fetched.script, hosts, context);
  if (answer.end === 'not-started') return unknown('timed-out');
  if (answer.end === 'slow') return told('script-slow', 'timed-out');
  if (answer.end === 'broken') return told('script-broken', answer.error);
  const ways = answer.ways.map(scriptWay).filter((way) => way !== undefined);
  if (ways.length < hosts.length) return told('script-broken', 'no-way');
  const slow = { ...sightOf(scriptUrl, 'script-slow', { fetchMs }), level: 'warning' as const };
  return { ways, sights: fetchMs < SLOW ? [] : [slow] };
}

type ScriptMeaning = Extract<MeaningOf<'proxy'>, `script-${string}` | 'not-looked'>;

function sightOf(
  scriptUrl: string,
  meaning: ScriptMeaning,
  evidence: Record<string, string | number>,
): Sight<'proxy'> {
  return {
    id: 'proxy:script',
    level: meaning === 'not-looked' ? 'unknown' : 'fault',
    meaning,
    subject: maskedUrl(scriptUrl),
    evidence,
  };
}

async function ask(script: string, hosts: readonly string[], context: CheckContext): Promise<PacAnswer> {
  const addresses = await context.machine.addresses();
  const lookUp = (host: string) => addressesOf(host, context);
  const { timeout, signal } = within('evaluate', context);
  const { timeout: startTimeout } = within('start', context);
  return evaluatePac({ script, hosts, addresses, lookUp, startTimeout, timeout, signal });
}

/** Nothing leaves a simulated PC. */
async function addressesOf(host: string, context: CheckContext): Promise<string[]> {
  const route = await routeTo(context, host.toLowerCase());
  if (route.kind === 'simulated') return [];
  if (route.kind === 'connect-to') return [route.address];
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
