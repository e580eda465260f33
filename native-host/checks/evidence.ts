/** What a plan is made from: the checks that are quick, and of the others those that its failure asks for. */
import { cloudOf, clouds, isSignInHost } from '../../common/clouds.ts';
import type { FailureMeaning } from '../../common/failures/index.ts';
import { isOneDriveCode } from '../../common/failures/onedrive-code.ts';
import { type Finding, says } from '../../common/findings.ts';
import type { Failure } from '../../common/plan.ts';
import type { RemedyId } from '../../common/remedies.ts';
import type { Machine } from '../machine/machine.ts';
import { defaultCloud } from '../policy/settings.ts';
import type { Check, CheckContext } from './check.ts';
import { device } from './device.ts';
import { lookAtHost } from './endpoints/endpoints.ts';
import { networkChange } from './network-change.ts';
import { onedrive } from './onedrive.ts';
import { lookAtFiles } from './onedrive-files.ts';
import { vpn } from './vpn.ts';
import { weigh } from './weigh.ts';
import { windowsUpdate } from './windows-update.ts';

const always: readonly Check[] = [vpn, networkChange, windowsUpdate, device, onedrive];

/** Milliseconds for one server to answer, while a person waits for the plan. */
const PROBE_LIMIT = 3_000;
/** Milliseconds for all else, the survey of OneDrive's folders among it. */
const LOOK_LIMIT = 5_000;

/** After these OneDrive has to sync anew, so what is in its folders matters. */
const disconnecting: readonly RemedyId[] = ['reset-onedrive', 'relink-onedrive'];

/** Looks at what the plan for this failure needs to know; changes nothing and never fails. */
export async function gatherEvidence(
  machine: Machine,
  failure: Failure,
  meaning: FailureMeaning,
  signal: AbortSignal = new AbortController().signal,
): Promise<Finding[]> {
  const context: CheckContext = { machine, timeout: LOOK_LIMIT, signal };
  const oneDrives =
    isOneDriveCode(meaning.code) || disconnecting.some((remedy) => meaning.remedies.includes(remedy));
  const byNetwork = meaning.category === 'network' || meaning.category === 'unknown';
  // One context, so that what looks at the same server does so once.
  const way =
    oneDrives || byNetwork
      ? lookAtWay(await signInHost(machine, failure), { ...context, timeout: PROBE_LIMIT })
      : none;
  const findings = await Promise.all([
    way.server,
    ...always.flatMap((check) => check.look(context)),
    ...(oneDrives ? [lookAtFiles(context, () => way.online)] : []),
    way.rest,
  ]);
  return weigh(findings.flat());
}

interface Way {
  server: Promise<Finding[]>;
  /** Whether the server can be reached; undefined where it cannot be told. */
  online: Promise<boolean | undefined>;
  rest: Promise<Finding[]>;
}

const none: Way = {
  server: Promise.resolve([]),
  online: Promise.resolve(undefined),
  rest: Promise.resolve([]),
};

/** The server, and what may stand between this PC and it. */
function lookAtWay(host: string, context: CheckContext): Way {
  const server = lookAtHost(host, context);
  const rest = lookBetween(host, context);
  const online = Promise.all([server, rest]).then(([found, between]) => isOnline(found, between));
  return { server: server.then((found) => [found]), online, rest };
}

/** Loaded only for failures that ask for it. */
async function lookBetween(host: string, context: CheckContext): Promise<Finding[]> {
  const [{ tlsSettings }, { proxy }, { clock }, { lookAtWindows }, { compareStacks }] = await Promise.all([
    import('./tls-settings.ts'),
    import('./proxy/proxy.ts'),
    import('./clock.ts'),
    import('./windows-connection.ts'),
    import('./stacks.ts'),
  ]);
  const looks = [tlsSettings, proxy, clock].flatMap((check) => check.look(context));
  const ofHost = [...lookAtWindows([host], context), ...compareStacks([host], context)];
  return (await Promise.all([...looks, ...ofHost])).flat();
}

/** OneDrive goes by Windows' own stack: what this reaches is no farther than a proxy. */
function isOnline(server: Finding, between: readonly Finding[]): boolean | undefined {
  return between.some((found) => says(found, 'windows-connection', 'works')) || reachable(server);
}

/** The server to sign in at: that of the failing page, or the first of its cloud; where no page tells, policy does. */
export async function signInHost(machine: Machine, { seenAt = '' }: Failure): Promise<string> {
  const cloud = seenAt ? cloudOf(seenAt) : clouds[await defaultCloud(machine)];
  const [first] = cloud.signIn;
  return isSignInHost(seenAt) || first === undefined ? seenAt : first;
}

/** Undefined where it cannot be told: a server that answers with an error was reached all the same. */
export function reachable(found: Finding): boolean | undefined {
  if (found.level === 'ok' || (found.level === 'warning' && says(found, 'endpoints', 'private-address'))) {
    return true;
  }
  return found.level === 'fault' && found.meaning !== 'http-failed' ? false : undefined;
}
