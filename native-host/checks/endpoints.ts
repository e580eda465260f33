/**
 * Whether the servers needed to sign in, and by OneDrive for work or school, can be reached: name, connection,
 * TLS and HTTP, each with its time. The hosts are from Microsoft's list, endpoint sets 31, 35, 36, 56, 59, 97 and
 * 147 (https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges).
 */
import type { Finding } from '../../common/contract.ts';
import type { Route } from '../machine/machine.ts';
import type { Check, CheckContext } from './check.ts';
import { type Evidence, type ProbeFailure, probe } from './probe.ts';

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
  look: (context) => endpointHosts.map((host) => lookAt(host, context)),
};

async function lookAt(host: string, { machine, timeout, signal }: CheckContext): Promise<Finding> {
  const begin = performance.now();
  const route = await machine.route(host);
  const { failure, evidence } =
    route.kind === 'simulated' ? simulated(route) : await probe(host, route, { timeout, signal });
  return {
    id: `endpoints:${host}`,
    check: 'endpoints',
    level: failure === undefined || failure === 'simulated' ? 'ok' : 'fault',
    subject: host,
    meaning: failure ?? 'reachable',
    evidence,
    took: Math.round(performance.now() - begin),
  };
}

function simulated({ fault }: Extract<Route, { kind: 'simulated' }>): {
  failure: ProbeFailure | 'simulated';
  evidence: Evidence;
} {
  return { failure: fault === 'none' ? 'simulated' : fault, evidence: {} };
}
