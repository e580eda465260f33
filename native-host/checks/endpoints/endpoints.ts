/**
 * Whether the servers needed to sign in, and by OneDrive for work or school, can be reached: name, connection,
 * TLS and HTTP, each with its time. endpoint-list.ts says which servers.
 */
import { type Finding, finding, type MeaningOf } from '../../../common/findings.ts';
import { toProblem } from '../../../common/problem.ts';
import type { Route } from '../../machine/machine.ts';
import { type Check, type CheckContext, limited } from '../check.ts';
import { type Endpoint, endpointsOf, tenantEndpoints } from './endpoint-list.ts';
import { routeTo } from './endpoint-route.ts';
import { type Probed, probe } from './probe.ts';

export { endpointHosts } from './endpoint-list.ts';

export const endpoints: Check = {
  id: 'endpoints',
  look: (context) => {
    const listed = context.hosts ?? endpointsOf(context.cloud ?? 'worldwide');
    return [
      ...listed.map(async (each) => [await lookAtHost(each.host, context, each)]),
      lookAtTenant(context),
    ];
  },
};

/** The tenant's own hosts, where OneDrive knows them. That it knows none, or cannot be asked, is no finding. */
async function lookAtTenant(context: CheckContext): Promise<Finding[]> {
  const { machine, cloud = 'worldwide', timeout, signal } = context;
  const found = await limited(tenantEndpoints(machine, cloud), timeout, signal).catch((): Endpoint[] => []);
  return Promise.all(found.map((each) => lookAtHost(each.host, context, each)));
}

interface Outcome extends Pick<Finding, 'level' | 'evidence'> {
  meaning: MeaningOf<'endpoints'>;
}

/** Looks at one host. Keeps the time limit itself, layer by layer, so that it can tell which one held it up. */
export async function lookAtHost(
  host: string,
  context: CheckContext,
  endpoint: Endpoint = { host, source: 'documented', required: true },
): Promise<Finding> {
  const begin = performance.now();
  // One host that cannot be looked at must not take the others' findings with it.
  const { level, meaning, evidence } = await seeHost(host, context).then(
    judge,
    (error): Outcome => ({
      level: 'unknown',
      meaning: 'not-looked',
      evidence: { error: toProblem(error).kind },
    }),
  );
  const { source, set } = endpoint;
  return finding({
    id: `endpoints:${host}`,
    check: 'endpoints',
    // Nothing stands in the way of signing in where a host is not needed for it.
    level: level === 'fault' && !endpoint.required ? 'warning' : level,
    subject: host,
    meaning,
    evidence: { ...evidence, source, ...(set === undefined ? {} : { set }) },
    took: Math.round(performance.now() - begin),
  });
}

export type SeenHost = Extract<Route, { kind: 'simulated' }> | ({ kind: 'probed' } & Probed);

const seen = new WeakMap<CheckContext, Map<string, Promise<SeenHost>>>();

/** What is to be seen of a host; asked once for all checks of one context. Fails with a ProblemError. */
export function seeHost(host: string, context: CheckContext): Promise<SeenHost> {
  const hosts = seen.get(context) ?? new Map<string, Promise<SeenHost>>();
  seen.set(context, hosts);
  const seeing = hosts.get(host) ?? seeAnew(host, context);
  hosts.set(host, seeing);
  return seeing;
}

async function seeAnew(host: string, context: CheckContext): Promise<SeenHost> {
  const route = await routeTo(context, host);
  if (route.kind === 'simulated') return route;
  const { timeout, signal, ca } = context;
  return { kind: 'probed', ...(await probe(host, route, { timeout, signal, ca })) };
}

/** What is said of what was seen. */
export function judge(host: SeenHost): Outcome {
  if (host.kind === 'simulated') {
    if (host.fault === 'none') return { level: 'ok', meaning: 'simulated', evidence: {} };
    return { level: 'fault', meaning: host.fault, evidence: {} };
  }
  const { failure, evidence } = host;
  const inside = evidence.private !== undefined;
  if (failure === undefined) {
    return inside
      ? { level: 'warning', meaning: 'private-address', evidence }
      : { level: 'ok', meaning: 'reachable', evidence };
  }
  // That nobody answers there hangs on where the name leads.
  if (inside && (failure === 'connection-failed' || failure === 'connection-timed-out')) {
    return { level: 'fault', meaning: 'private-address', evidence: { ...evidence, failure } };
  }
  return { level: 'fault', meaning: failure, evidence };
}
