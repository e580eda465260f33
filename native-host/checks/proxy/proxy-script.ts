/** Which way hosts go by one proxy script, and what is the matter with it. */
import { lookup } from 'node:dns/promises';
import type { MeaningOf } from '../../../common/findings.ts';
import type { CheckContext, Sight } from '../check.ts';
import { routeTo } from '../endpoints/endpoint-route.ts';
import { evaluatePac, type PacAnswer } from './pac.ts';
import { fetchScript } from './pac-fetch.ts';
import { masked, maskedUrl, scriptWay, type Way } from './proxy-address.ts';
import { within } from './proxy-time.ts';

/** Milliseconds from which on a script that did come is slow. */
const SLOW = 2000;

export interface ScriptWays {
  /** In the order of their hosts; `none` by a script that fails, `unknown` where it could not be tried. */
  ways: readonly Way[] | 'none' | 'unknown';
  sights: Sight<'proxy'>[];
}

/** Fetches a script and asks it for these hosts; `id` is that of what it finds. No `files` as with `fetchScript`. */
export async function waysByScript(
  scriptUrl: string,
  id: string,
  hosts: readonly string[],
  context: CheckContext,
  files = true,
): Promise<ScriptWays> {
  const sightOf = (meaning: ScriptMeaning, evidence: Record<string, string | number>): Sight<'proxy'> => ({
    id,
    level: meaning === 'not-looked' ? 'unknown' : 'fault',
    meaning,
    subject: maskedUrl(scriptUrl),
    evidence,
  });
  const told = (meaning: ScriptMeaning, error: string | number): ScriptWays => ({
    ways: meaning === 'not-looked' ? 'unknown' : 'none',
    sights: [sightOf(meaning, { error: typeof error === 'number' ? error : masked(error).slice(0, 200) })],
  });
  const begin = performance.now();
  const fetched = await fetchScript(scriptUrl, within('fetch', context), files);
  const fetchMs = Math.round(performance.now() - begin);
  if ('unknown' in fetched) return told('not-looked', fetched.unknown);
  if ('failure' in fetched) return told(fetched.failure, fetched.error);
  const answer = await ask(fetched.script, hosts, context);
  if (answer.end === 'not-started') return told('not-looked', 'timed-out');
  if (answer.end === 'slow') return told('script-slow', 'timed-out');
  if (answer.end === 'broken') return told('script-broken', answer.error);
  const ways = answer.ways.map(scriptWay).filter((way) => way !== undefined);
  if (ways.length < hosts.length) return told('script-broken', 'no-way');
  const slow = { ...sightOf('script-slow', { fetchMs }), level: 'warning' as const };
  return { ways, sights: fetchMs < SLOW ? [] : [slow] };
}

type ScriptMeaning = Extract<MeaningOf<'proxy'>, `script-${string}` | 'not-looked'>;

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
