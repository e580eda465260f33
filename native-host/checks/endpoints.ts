/**
 * Whether the servers needed to sign in, and by OneDrive for work or school, can be reached: name, connection,
 * TLS and HTTP, each with its time. The hosts are from Microsoft's list, endpoint sets 31, 35, 36, 56, 59, 97 and
 * 147 (https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges).
 */
import { type Finding, finding } from '../../common/findings.ts';
import { toProblem } from '../../common/problem.ts';
import type { Check, CheckContext, Sight } from './check.ts';
import { probe } from './probe.ts';

export const endpointHosts = [
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'login.live.com',
  'aadcdn.msftauth.net',
  'aadcdn.msauth.net',
  'graph.microsoft.com',
  'www.office.com',
  'onedrive.live.com',
  'g.live.com',
  'oneclient.sfx.ms',
  'admin.onedrive.com',
  'officeclient.microsoft.com',
] as const;

export const endpoints: Check = {
  id: 'endpoints',
  look: (context) => endpointHosts.map(async (host) => [await lookAtHost(host, context)]),
};

type Outcome = Pick<Sight<'endpoints'>, 'meaning'> & Pick<Finding, 'evidence'>;

/** Looks at one host. Keeps the time limit itself, layer by layer, so that it can tell which one held it up. */
export async function lookAtHost(host: string, context: CheckContext): Promise<Finding> {
  const begin = performance.now();
  // One host that cannot be looked at must not take the others' findings with it.
  const { meaning, evidence } = await outcomeOf(host, context).catch(
    (error): Outcome => ({ meaning: 'not-looked', evidence: { error: toProblem(error).kind } }),
  );
  return finding({
    id: `endpoints:${host}`,
    check: 'endpoints',
    level: levelOf(meaning),
    subject: host,
    meaning,
    evidence,
    took: Math.round(performance.now() - begin),
  });
}

async function outcomeOf(host: string, { machine, timeout, signal }: CheckContext): Promise<Outcome> {
  const route = await machine.route(host);
  if (route.kind === 'simulated') {
    return { meaning: route.fault === 'none' ? 'simulated' : route.fault, evidence: {} };
  }
  const { failure = 'reachable', evidence } = await probe(host, route, { timeout, signal });
  return { meaning: failure, evidence };
}

function levelOf(meaning: Outcome['meaning']): Finding['level'] {
  if (meaning === 'not-looked') return 'unknown';
  return meaning === 'reachable' || meaning === 'simulated' ? 'ok' : 'fault';
}
