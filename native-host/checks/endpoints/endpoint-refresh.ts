/**
 * Asks Microsoft's service whether there is a newer list of endpoints, when a person wants it, at most once a day.
 * https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-ip-web-service
 */
import * as v from 'valibot';
import { type CloudName, clouds } from '../../../common/clouds.ts';
import { type EndpointCache, readCache, writeCache } from './endpoint-cache.ts';
import { serviceInstances, shippedEndpoints } from './endpoint-data.ts';
import {
  type EndpointList,
  EndpointListSchema,
  endpointsOf,
  neededSets,
  VersionSchema,
} from './endpoint-list.ts';

export const ENDPOINT_SERVICE = 'endpoints.office.com';
const DAY = 86_400_000;
const MOST_BYTES = 2 * 1024 * 1024;
/** Milliseconds for both questions together. */
const LIMIT = 10_000;

const LatestSchema = v.object({ latest: VersionSchema });

/** How it went; `version` is of the list that is used from now on. */
export interface Refreshed {
  /** `recent`: asked within a day, so not again. */
  state: 'newer' | 'same' | 'recent' | 'refused' | 'failed';
  version: string;
  /** Why an answer was refused or none came; for a technician, in English. */
  reason?: string;
}

class Refused extends Error {}

export interface RefreshOptions {
  cloud?: CloudName;
  timeout?: number;
  signal?: AbortSignal;
}

/** Asks for the list's version, then for the list if that is newer. Never fails; what was kept stays of use. */
export async function refreshEndpoints(
  stateFolder: string,
  fetch: typeof globalThis.fetch,
  now: Date,
  { cloud = 'worldwide', timeout = LIMIT, signal }: RefreshOptions = {},
): Promise<Refreshed> {
  const cache = await readCache(stateFolder);
  const { askedAt = Number.NEGATIVE_INFINITY, list: kept } = cache.lists[cloud] ?? {};
  const shipped = shippedEndpoints[cloud];
  const current = kept && kept.version > shipped.version ? kept : shipped;
  const age = now.getTime() - askedAt;
  if (age >= 0 && age < DAY) return { state: 'recent', version: current.version };
  const limit = AbortSignal.timeout(timeout);
  const ask = askWith(fetch, cache, cloud, signal ? AbortSignal.any([signal, limit]) : limit);
  try {
    const { latest } = await ask('version', LatestSchema);
    const list = latest > current.version ? await askForList(ask, latest, cloud) : undefined;
    await keep(stateFolder, cache, cloud, now, list ?? kept);
    return { state: list ? 'newer' : 'same', version: (list ?? current).version };
  } catch (error) {
    const refused = error instanceof Refused;
    // One that answers nonsense is not asked again and again; one that could not be reached may be.
    if (refused) await keep(stateFolder, cache, cloud, now, kept).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    return { state: refused ? 'refused' : 'failed', version: current.version, reason: reason.slice(0, 200) };
  }
}

type Ask = <T>(what: 'version' | 'endpoints', schema: v.GenericSchema<unknown, T>) => Promise<T>;

function askWith(
  fetch: typeof globalThis.fetch,
  { clientRequestId }: EndpointCache,
  cloud: CloudName,
  signal: AbortSignal,
): Ask {
  return async (what, schema) => {
    const url = new URL(`https://${ENDPOINT_SERVICE}/${what}/${serviceInstances[cloud]}`);
    url.searchParams.set('ClientRequestId', clientRequestId);
    if (what === 'endpoints') {
      url.searchParams.set('ServiceAreas', 'Common,SharePoint');
      url.searchParams.set('NoIPv6', 'true');
    }
    const answer = await fetch(url, { signal, redirect: 'error', headers: { accept: 'application/json' } });
    if (!answer.ok) throw new Refused(`HTTP ${answer.status}`);
    const parsed = v.safeParse(schema, parseJson(await readAtMost(answer, MOST_BYTES)), {
      abortEarly: true,
    });
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    throw new Refused(`${v.getDotPath(issue) ?? what}: ${issue.message}`);
  };
}

async function askForList(ask: Ask, version: string, cloud: CloudName): Promise<EndpointList> {
  const records = await ask('endpoints', EndpointListSchema.entries.records);
  const list = neededSets(cloud, { version, records });
  const [signIn] = clouds[cloud].signIn;
  if (!endpointsOf(cloud, list).some(({ host }) => host === signIn)) {
    throw new Refused(`endpoints: ${signIn} is not among them`);
  }
  return list;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused('no JSON');
  }
}

async function readAtMost({ body }: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw new Refused(`more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function keep(
  stateFolder: string,
  cache: EndpointCache,
  cloud: CloudName,
  now: Date,
  list: EndpointList | undefined,
): Promise<void> {
  const entry = { askedAt: now.getTime(), ...(list ? { list } : {}) };
  return writeCache(stateFolder, { ...cache, lists: { ...cache.lists, [cloud]: entry } });
}
