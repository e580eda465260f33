/**
 * Lists of endpoints, from the service and from the disk. The oracle: no bytes make the host fail; what comes out is
 * hosts alone, at most sixty and the few of our own, each once, in lower case, none of them an address or a wildcard;
 * required are only hosts that were known when this was built; and after any answer of the service there is a list
 * at hand, no older than the one that ships, which has the host where people sign in.
 */
import { equal, match, ok } from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { cloudNames, clouds } from '../../../common/clouds.ts';
import { newestEndpoints } from '../../../native-host/checks/endpoints/endpoint-cache.ts';
import { furtherHosts, shippedEndpoints } from '../../../native-host/checks/endpoints/endpoint-data.ts';
import {
  type EndpointList,
  EndpointListSchema,
  endpointsOf,
} from '../../../native-host/checks/endpoints/endpoint-list.ts';
import { refreshEndpoints } from '../../../native-host/checks/endpoints/endpoint-refresh.ts';
import { altered, oddValue, spoiled } from '../spoil.ts';
import { type Ground, target } from '../target.ts';

const NEWER = '2026110100';
const OLDER = '2001010100';
const value = fc.oneof(
  oddValue,
  fc.constantFrom(
    '*.example.com',
    'new.example.com',
    '127.0.0.1',
    '::1',
    'LOGIN.live.com',
    'a_b.example',
    56,
    '443',
    '80',
    NEWER,
  ),
);
/** Sometimes more than anybody needs. */
const further = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.nat(999).map((n) => `h${n}.example.com`),
    { minLength: 50, maxLength: 90 },
  ),
);
const input = fc.constantFrom(...cloudNames).chain((cloud) => {
  const { records } = shippedEndpoints[cloud];
  const list = further.chain((urls) => {
    const more = records.map((each, at) => (at === 0 ? { ...each, urls: [...each.urls, ...urls] } : each));
    return altered({ version: NEWER, records: more }, value, 5);
  });
  const cache = fc.constantFrom(NEWER, OLDER).chain((version) => {
    const clientRequestId = '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11';
    const lists = { [cloud]: { askedAt: 0, list: { version, records } } };
    return altered({ clientRequestId, lists }, value);
  });
  const bytesOf = (json: fc.Arbitrary<unknown>) =>
    json.map((each) => Buffer.from(JSON.stringify(each) ?? ''));
  return fc.record({
    cloud: fc.constant(cloud),
    list,
    /** As it lies on the disk. */
    cache: spoiled(bytesOf(cache), 2),
    latest: fc.oneof(
      { weight: 4, arbitrary: fc.constant(Buffer.from(JSON.stringify({ latest: NEWER }))) },
      spoiled(bytesOf(oddValue)),
    ),
    status: fc.constantFrom(200, 200, 200, 200, 404, 500),
  });
});
type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

function hostsAreSound(cloud: Input['cloud'], list: EndpointList): void {
  const endpoints = endpointsOf(cloud, list);
  const built = new Set(endpointsOf(cloud).map(({ host }) => host));
  ok(endpoints.length <= 60 + furtherHosts[cloud].length, `${endpoints.length} hosts`);
  const listed = endpoints.filter(({ source }) => source === 'documented').map(({ host }) => host);
  equal(new Set(listed).size, listed.length);
  for (const { host, required } of endpoints) {
    match(host, /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+$/);
    if (required) ok(built.has(host), host);
  }
}

function service({ latest, list, status }: Input): typeof fetch {
  const serve = async (url: URL | RequestInfo) => {
    const { records }: { records?: unknown } = typeof list === 'object' && list !== null ? list : {};
    const body = String(url).includes('/version/') ? Buffer.from(latest) : JSON.stringify(records);
    return new Response(body ?? '', { status });
  };
  return serve;
}

async function judge(input: Input, { folder, count }: Ground): Promise<void> {
  const { cloud } = input;
  const parsed = v.safeParse(EndpointListSchema, input.list);
  if (parsed.success) hostsAreSound(cloud, parsed.output);
  count(parsed.success ? 'list taken' : 'list refused');
  const file = join(folder, 'endpoints.json');
  writeFileSync(file, input.cache);
  const shipped = shippedEndpoints[cloud];
  const kept = await newestEndpoints(folder, cloud);
  ok(kept.version >= shipped.version);
  hostsAreSound(cloud, kept);
  count(kept === shipped ? 'cache not of use' : 'cache of use');
  rmSync(file);
  const { state, version } = await refreshEndpoints(folder, service(input), new Date(), { cloud });
  count(`refresh ${state}`);
  const newest = await newestEndpoints(folder, cloud);
  equal(newest.version, version);
  hostsAreSound(cloud, newest);
  ok(endpointsOf(cloud, newest).some(({ host }) => host === clouds[cloud].signIn[0]));
}

export const endpointsTarget = target({ name: 'endpoints', batch: 500, input, judge });
