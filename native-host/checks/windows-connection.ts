/**
 * Whether Windows' own HTTP stack reaches Microsoft: by Schannel, with Windows' certificates and the user's proxy,
 * as OneDrive goes. The endpoints are looked at with a stack of our own, so where the two disagree the fault lies in
 * Windows' settings.
 */
import { type CloudName, clouds } from '../../common/clouds.ts';
import { type Finding, finding, type MeaningOf } from '../../common/findings.ts';
import { toProblem } from '../../common/problem.ts';
import type { WindowsAnswer } from '../machine/machine.ts';
import type { Check, CheckContext } from './check.ts';

/** OneDrive's own, from Microsoft's endpoint lists (sets 35 and 36 and their like); 21Vianet's names none. */
const oneDriveHosts: Readonly<Record<CloudName, readonly string[]>> = {
  worldwide: ['admin.onedrive.com', 'oneclient.sfx.ms'],
  'us-government': ['admin.onedrive.us', 'oneclient.sfx.ms'],
  china: [],
};

/** A cloud's sign-in, the two that its pages' scripts come from, and OneDrive's. */
export function windowsHosts(cloud: CloudName = 'worldwide'): string[] {
  const { signIn, cdn } = clouds[cloud];
  return [...signIn.slice(0, 1), ...cdn.slice(0, 2), ...oneDriveHosts[cloud]];
}

export const windowsConnection: Check = {
  id: 'windows-connection',
  look: (context) => lookAtWindows(windowsHosts(context.cloud), context),
};

/** Looks at these hosts, all at once, each within the time limit. Never fails. */
export function lookAtWindows(hosts: readonly string[], context: CheckContext): Promise<Finding[]>[] {
  return hosts.map(async (host) => [await lookAtHost(host, context)]);
}

async function lookAtHost(host: string, context: CheckContext): Promise<Finding> {
  const begin = performance.now();
  const { meaning, evidence } = await askWindows(host, context).then(
    outcomeBy,
    (error): Outcome => ({ meaning: 'not-looked', evidence: { error: toProblem(error).kind } }),
  );
  return finding({
    id: `windows-connection:${host}`,
    check: 'windows-connection',
    level: levelOf(meaning),
    subject: host,
    meaning,
    evidence,
    took: Math.round(performance.now() - begin),
  });
}

const asked = new WeakMap<CheckContext, Map<string, Promise<WindowsAnswer>>>();

/**
 * What Windows' own stack says of a host; asked once for all checks of one context. `not-here` also for a host that is
 * directed elsewhere: Windows goes to the host itself only, and that is not what was asked for.
 */
export function askWindows(host: string, context: CheckContext): Promise<WindowsAnswer> {
  const hosts = asked.get(context) ?? new Map<string, Promise<WindowsAnswer>>();
  asked.set(context, hosts);
  const asking = hosts.get(host) ?? askAnew(host, context);
  hosts.set(host, asking);
  return asking;
}

async function askAnew(
  host: string,
  { machine, timeout, signal, connectTo = [] }: CheckContext,
): Promise<WindowsAnswer> {
  const isDirected = connectTo.some((way) => (way.host ?? host) === host && (way.port ?? 443) === 443);
  return isDirected ? { end: 'not-here' } : machine.windowsRequest(host, { timeout, signal });
}

interface Outcome {
  meaning: MeaningOf<'windows-connection'>;
  evidence: Finding['evidence'];
}

/** What is said of what Windows said. */
export function outcomeBy(answer: WindowsAnswer): Outcome {
  if (answer.end === 'not-here') return { meaning: 'not-looked', evidence: {} };
  if (answer.end === 'answered') return { meaning: 'works', evidence: { status: answer.status } };
  // What has no word of its own is still no connection; the number tells a technician which.
  const meaning = answer.end === 'failed' ? 'connection-failed' : answer.end;
  return { meaning, evidence: { error: answer.error } };
}

function levelOf(meaning: Outcome['meaning']): Finding['level'] {
  if (meaning === 'not-looked') return 'unknown';
  return meaning === 'works' ? 'ok' : 'fault';
}
