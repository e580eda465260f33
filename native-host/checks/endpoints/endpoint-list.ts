/**
 * Which hosts to look at: Microsoft's list in the schema of its own service
 * (https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-ip-web-service), made into host names.
 */
import * as v from 'valibot';
import type { CloudName } from '../../../common/clouds.ts';
import type { Machine } from '../../machine/machine.ts';
import { ONEDRIVE_ACCOUNTS } from '../../machine/onedrive.ts';
import { readText } from '../registry-values.ts';
import { furtherHosts, knownHosts, shippedEndpoints } from './endpoint-data.ts';

/** More hosts than that no list needs; a damaged one must not make us ask thousands. */
const MOST_HOSTS = 60;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** What we read of a record; it may hold more. Wildcards and `<tenant>` stand among the hosts. */
export const EndpointRecordSchema = v.object({
  id: v.pipe(v.number(), v.integer()),
  serviceArea: v.picklist(['Common', 'Exchange', 'SharePoint', 'Skype']),
  urls: v.optional(
    v.pipe(
      v.array(v.unknown()),
      v.maxLength(500),
      v.array(v.pipe(v.string(), v.regex(/^[\w.*<>-]{1,253}$/), v.toLowerCase())),
      v.readonly(),
    ),
    [],
  ),
  /** `80,443`; a record of UDP alone has none. */
  tcpPorts: v.optional(v.pipe(v.string(), v.regex(/^[\d, ]{0,100}$/)), ''),
  category: v.picklist(['Optimize', 'Allow', 'Default']),
  required: v.boolean(),
});

export const VersionSchema = v.pipe(v.string(), v.regex(/^\d{10}$/));

export const EndpointListSchema = v.object({
  version: VersionSchema,
  records: v.pipe(v.array(v.unknown()), v.maxLength(1000), v.array(EndpointRecordSchema), v.readonly()),
});

export type EndpointList = v.InferOutput<typeof EndpointListSchema>;

export interface Endpoint {
  host: string;
  /** The record's id in Microsoft's list. */
  set?: number;
  /** In Microsoft's list, seen on this PC, or neither. */
  source: 'documented' | 'observed' | 'further';
  /** Whether signing in or OneDrive for work fails without it. */
  required: boolean;
}

/** The sets of a list that are shipped for this cloud: of a whole list, what we need. */
export function neededSets(cloud: CloudName, { version, records }: EndpointList): EndpointList {
  const ids = new Set(shippedEndpoints[cloud].records.map(({ id }) => id));
  return {
    version,
    records: records.filter(({ id, tcpPorts }) => ids.has(id) && /\b443\b/.test(tcpPorts)),
  };
}

/**
 * The hosts to look at. Required are those that are so in the list and were known when this was built: a host that
 * a newer list adds may be for something else.
 */
export function endpointsOf(
  cloud: CloudName,
  list: EndpointList = shippedEndpoints[cloud],
): readonly Endpoint[] {
  const built = new Set(documented(cloud, shippedEndpoints[cloud]).map(({ host }) => host));
  const further = furtherHosts[cloud].map((host): Endpoint => ({ host, source: 'further', required: false }));
  const all = documented(cloud, neededSets(cloud, list)).map((each) => ({
    ...each,
    required: each.required && built.has(each.host),
  }));
  return [...all.slice(0, MOST_HOSTS), ...further];
}

function documented(cloud: CloudName, { records }: EndpointList): Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const { id: set, urls, required } of records) {
    for (const host of urls.flatMap((url) => concrete(url, cloud))) {
      const before = found.get(host);
      // A host of two sets is required when one of them is.
      if (before) before.required ||= required;
      else found.set(host, { host, set, source: 'documented', required });
    }
  }
  return [...found.values()];
}

const concrete = (url: string, cloud: CloudName) =>
  HOST.test(url) ? [url] : knownHosts[cloud].filter((host) => covers(url, host));

/** `*.sharepoint.com` covers `contoso-my.sharepoint.com`. */
const covers = (url: string, host: string) => url.startsWith('*.') && host.endsWith(url.slice(1));

/** The hosts of the list that ships for Worldwide. */
export const endpointHosts: readonly string[] = endpointsOf('worldwide').map(({ host }) => host);

/**
 * The tenant's own hosts, such as contoso-my.sharepoint.com, as OneDrive's accounts for work name them. Which values
 * hold them was seen on PCs and is documented nowhere, so only what the list's wildcards cover is believed.
 */
export async function tenantEndpoints(machine: Machine, cloud: CloudName): Promise<Endpoint[]> {
  const names = await machine.registry.keys('HKCU', ONEDRIVE_ACCOUNTS);
  const business = names.filter((name) => /^Business\d+$/i.test(name));
  const hosts = await Promise.all(
    business.map((name) => tenantHost(machine, `${ONEDRIVE_ACCOUNTS}\\${name}`)),
  );
  const { records } = shippedEndpoints[cloud];
  return [...new Set(hosts)].flatMap((host) => {
    const covering = records.find(({ urls }) => urls.some((url) => host && covers(url, host)));
    return host && covering ? [{ host, set: covering.id, source: 'observed', required: true }] : [];
  });
}

async function tenantHost(machine: Machine, key: string): Promise<string | undefined> {
  for (const name of ['SPOResourceId', 'ServiceEndpointUri']) {
    const text = await readText(machine, 'HKCU', key, name);
    const host = text === undefined ? undefined : URL.parse(text)?.hostname;
    if (host && HOST.test(host)) return host;
  }
  return undefined;
}
