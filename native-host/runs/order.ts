/**
 * Which remedies, in which order, and why: a pure function of the failure, what was found, what was tried, and what
 * the organisation allows. Evidence goes first; where nothing points anywhere, the gentlest does.
 */
import { beyondThisPc } from '../../common/failures/category.ts';
import type { FailureMeaning } from '../../common/failures/index.ts';
import { isOneDriveCode } from '../../common/failures/onedrive-code.ts';
import { type Finding, type MeaningOf, says } from '../../common/findings.ts';
import type { LeftOut, PlannedStep } from '../../common/plan.ts';
import type { Objection } from '../../common/policy.ts';
import { isGuide, type RemedyId } from '../../common/remedies.ts';

export interface Situation {
  meaning: FailureMeaning;
  findings: readonly Finding[];
  /** Done for this failure before, and it still failed after. */
  tried: ReadonlySet<RemedyId>;
  /** What the organisation does not allow, or not yet. */
  objections: ReadonlyMap<RemedyId, Objection>;
  /** A person's own choice, in their order, in place of ours. */
  only?: readonly RemedyId[] | undefined;
}

export interface Ordered {
  remedy: RemedyId;
  reason: PlannedStep['reason'];
  finding?: string;
}

interface Order {
  wanted: Ordered[];
  leftOut: LeftOut[];
}

type Pointer = (finding: Finding, meaning: FailureMeaning) => readonly RemedyId[];

const ofConnection = ({ category, code }: FailureMeaning) => category === 'network' || isOneDriveCode(code);

/** A server that is a fault: on a network that is left by a proxy only, what fails without it points nowhere. */
const fails = (found: Finding, ...meanings: MeaningOf<'endpoints'>[]) =>
  found.level === 'fault' && says(found, 'endpoints', ...meanings);

/** Where Windows fails by TLS, its proxy settings are not the matter. */
const ofTls: readonly unknown[] = [
  'secure-channel-failed',
  'certificate-refused',
] satisfies MeaningOf<'windows-connection'>[];

/**
 * What a finding points to, the most telling first. The guide's scenarios are here: after a VPN reconnect (without
 * the VPN, then linking anew), after a Windows update (reset, then install again). A third, the managed device under
 * Conditional Access, is a category that is never repaired.
 */
const pointers: readonly Pointer[] = [
  (found) => (says(found, 'clock', 'off') ? ['check-clock'] : []),
  (found) => (fails(found, 'certificate-expired', 'certificate-not-yet-valid') ? ['check-clock'] : []),
  (found) =>
    says(found, 'tls-settings', 'tls12-off', 'tls12-off-winhttp', 'tls12-off-schannel') ? ['check-tls'] : [],
  (found) => (says(found, 'tls-settings', 'ciphers-missing') ? ['check-ciphers'] : []),
  (found) =>
    says(found, 'windows-connection', 'secure-channel-failed') ? ['check-tls', 'check-ciphers'] : [],
  (found) =>
    says(
      found,
      'proxy',
      'unreachable',
      'login-required',
      'refused',
      'script-unreachable',
      'script-broken',
      'script-slow',
    )
      ? ['check-proxy']
      : [],
  (found) =>
    says(found, 'stacks', 'windows-fails') && !ofTls.includes(found.evidence.windows) ? ['check-proxy'] : [],
  (found) => (fails(found, 'tls-failed') ? ['check-clock', 'check-tls', 'check-ciphers'] : []),
  (found, meaning) => {
    if (!says(found, 'vpn', 'connected', 'reconnected') || !ofConnection(meaning)) return [];
    return isOneDriveCode(meaning.code) ? ['disconnect-vpn', 'relink-onedrive'] : ['disconnect-vpn'];
  },
  (found) => (fails(found, 'name-not-found') ? ['flush-dns', 'check-proxy'] : []),
  (found) => (fails(found, 'connection-failed', 'connection-timed-out') ? ['check-proxy'] : []),
  (found, meaning) => {
    if (!says(found, 'network-change', 'recent') || !ofConnection(meaning)) return [];
    return isOneDriveCode(meaning.code) ? ['flush-dns', 'restart-onedrive'] : ['flush-dns'];
  },
  (found, { remedies }) =>
    says(found, 'windows-update', 'recent') && remedies.includes('reset-onedrive')
      ? ['reset-onedrive', 'reinstall-onedrive']
      : [],
  (found, { code }) =>
    says(found, 'onedrive', 'not-running') && isOneDriveCode(code) ? ['restart-onedrive'] : [],
  (found, { code }) =>
    says(found, 'onedrive', 'not-linked') && isOneDriveCode(code) ? ['relink-onedrive'] : [],
];

/** Looking changes nothing, but takes a hand: after what runs by itself, before what disconnects OneDrive. */
const gentlestFirst: readonly RemedyId[] = [
  'clear-browser-session',
  'flush-dns',
  'purge-kerberos',
  'refresh-device-token',
  'restart-onedrive',
  'purge-credentials',
  'clear-identity-cache',
  'disconnect-vpn',
  'check-clock',
  'check-proxy',
  'check-tls',
  'check-ciphers',
  'rejoin-device',
  'reset-onedrive',
  'relink-onedrive',
  'reinstall-onedrive',
  'contact-it',
];

/** Puts the remedies in order, and says which are left out. */
export function orderRemedies(situation: Situation): Order {
  const { only, objections, tried } = situation;
  const all = only ? only.map((remedy): Ordered => ({ remedy, reason: 'chosen' })) : evidence(situation);
  const order: Order = { wanted: [], leftOut: [] };
  for (const each of all) {
    const { remedy } = each;
    const objection = objections.get(remedy);
    if (objection) order.leftOut.push({ remedy, because: objection });
    // Who names it wants it again.
    else if (!only && tried.has(remedy)) order.leftOut.push({ remedy, because: 'already-tried' });
    else order.wanted.push(each);
  }
  return order;
}

function evidence({ meaning, findings }: Situation): Ordered[] {
  // Not repaired on this PC, or nothing is known that helps: then no finding makes it otherwise.
  if (beyondThisPc.has(meaning.category) || meaning.remedies.length === 0) return [];
  const found = pointed(meaning, findings);
  const named = new Set(found.map(({ remedy }) => remedy));
  const rest = gentlestFirst.filter((id) => meaning.remedies.includes(id) && !named.has(id));
  const documented = (id: RemedyId) => meaning.documented.includes(id);
  const as =
    (reason: Ordered['reason']) =>
    (remedy: RemedyId): Ordered => ({ remedy, reason });
  const others = rest.filter((id) => !documented(id));
  return [
    ...found,
    ...rest.filter(documented).map(as('points-here')),
    ...others.filter((id) => !isGuide(id)).map(as('gentlest-first')),
    ...others.filter(isGuide).map(as('by-hand')),
  ];
}

/** What findings point to, each remedy once, with the first finding that does. */
function pointed(meaning: FailureMeaning, findings: readonly Finding[]): Ordered[] {
  const found = new Map<RemedyId, Ordered>();
  for (const pointer of pointers) {
    for (const finding of findings) {
      for (const remedy of pointer(finding, meaning)) {
        if (!found.has(remedy)) found.set(remedy, { remedy, reason: 'found', finding: finding.id });
      }
    }
  }
  return [...found.values()];
}
