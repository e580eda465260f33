/**
 * What a fault of the plain way to Microsoft weighs where people do not go that way: on a network that is left by a
 * proxy only, a plain connection fails, and OneDrive and browsers work. Pure.
 */
import { isSignInHost } from '../../common/clouds.ts';
import { type CheckId, type Finding, says } from '../../common/findings.ts';

/** Findings of these tell which way people go, and whether it works. */
export const tellingWays: readonly CheckId[] = ['proxy', 'windows-connection'];

/** Whether a finding may turn out to weigh less. */
export function maybeLighter(found: Finding): boolean {
  if (found.level !== 'fault') return false;
  return found.check === 'endpoints' || isOfPlainWay(found);
}

/** What was seen on the plain way to the sign-in host, or of the network that it goes through. */
function isOfPlainWay(found: Finding): boolean {
  return (
    says(found, 'interception', 'inspected') ||
    says(found, 'internet', 'captive-portal') ||
    says(found, 'names', 'no-server') ||
    says(found, 'mtu', 'large-packets-lost')
  );
}

/**
 * The findings, with those as warnings that stand in nobody's way: faults of a host which the person's proxy is used
 * for and Windows reaches by it, and, where Windows reaches all that it was asked for, of hosts that it was not asked
 * for. `byProxy` in their evidence says which. `known` has what tells the ways; the findings themselves unless said
 * otherwise.
 */
export function weigh(findings: readonly Finding[], known: readonly Finding[] = findings): Finding[] {
  const ofWindows = known.filter(
    ({ check, meaning }) => check === 'windows-connection' && meaning !== 'not-looked',
  );
  const works = new Set(
    ofWindows.filter((found) => says(found, 'windows-connection', 'works')).map(({ subject }) => subject),
  );
  const proven = new Set([...hostsByProxy(known)].filter((host) => works.has(host)));
  if (proven.size === 0) return [...findings];
  const asked = new Set(ofWindows.map(({ subject }) => subject));
  const allWork = asked.size === works.size;
  const signInWorks = [...proven].some(isSignInHost);
  const wayOf = (found: Finding): 'works' | 'not-tried' | undefined => {
    if (isOfPlainWay(found)) return signInWorks ? 'works' : undefined;
    if (proven.has(found.subject)) return 'works';
    return allWork && !asked.has(found.subject) ? 'not-tried' : undefined;
  };
  return findings.map((found) => {
    const byProxy = maybeLighter(found) ? wayOf(found) : undefined;
    if (byProxy === undefined) return found;
    return { ...found, level: 'warning', evidence: { ...found.evidence, byProxy } };
  });
}

/** The hosts for which a proxy comes first, as the proxy check lists them. */
function hostsByProxy(known: readonly Finding[]): Set<string> {
  const lists = known.flatMap(({ check, evidence }) => (check === 'proxy' ? [evidence.hosts] : []));
  return new Set(lists.flatMap((hosts) => (typeof hosts === 'string' ? hosts.split(', ') : [])));
}
