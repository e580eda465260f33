/** Lists that the service has given, kept in the machine's state folder. What is damaged there counts as not there. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { CloudName } from '../../../common/clouds.ts';
import { shippedEndpoints } from './endpoint-data.ts';
import { type EndpointList, EndpointListSchema } from './endpoint-list.ts';

const EntrySchema = v.strictObject({
  /** When the service answered last, well or not; milliseconds since 1970. */
  askedAt: v.number(),
  /** The newest that was of use. */
  list: v.optional(EndpointListSchema),
});

const CacheSchema = v.strictObject({
  /** The service wants one for each machine; random, so that it tells nothing else. */
  clientRequestId: v.pipe(v.string(), v.uuid()),
  lists: v.strictObject({
    worldwide: v.optional(EntrySchema),
    'us-government': v.optional(EntrySchema),
    china: v.optional(EntrySchema),
  }),
});

export type EndpointCache = v.InferOutput<typeof CacheSchema>;

const fileIn = (stateFolder: string) => join(stateFolder, 'endpoints.json');

/** What is kept, or an empty cache with a new id. */
export async function readCache(stateFolder: string): Promise<EndpointCache> {
  try {
    return v.parse(CacheSchema, JSON.parse(await readFile(fileIn(stateFolder), 'utf8')));
  } catch {
    return { clientRequestId: randomUUID(), lists: {} };
  }
}

/** Writes all of it, whole or not at all. */
export async function writeCache(stateFolder: string, cache: EndpointCache): Promise<void> {
  const file = fileIn(stateFolder);
  await writeFile(`${file}.new`, JSON.stringify(cache), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The newest list that is at hand: the service's, or the one that ships. */
export async function newestEndpoints(stateFolder: string, cloud: CloudName): Promise<EndpointList> {
  const shipped = shippedEndpoints[cloud];
  const kept = (await readCache(stateFolder)).lists[cloud]?.list;
  return kept && kept.version > shipped.version ? kept : shipped;
}
