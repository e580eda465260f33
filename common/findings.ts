/** Findings: what a check saw, and what that means. A meaning's words stand under `finding_<check>_<meaning>`. */
import * as v from 'valibot';
import { messageKey, type Say } from './text.ts';

/** Every check with what it can find. */
export const findingMeanings = {
  endpoints: [
    'reachable',
    'name-not-found',
    'sinkholed',
    'private-address',
    'connection-failed',
    'connection-timed-out',
    'tls-failed',
    'certificate-expired',
    'certificate-not-yet-valid',
    'certificate-wrong-name',
    'certificate-unknown',
    'http-failed',
    'simulated',
    'not-looked',
  ],
  'windows-connection': [
    'works',
    'name-not-found',
    'connection-failed',
    'connection-timed-out',
    'secure-channel-failed',
    'certificate-refused',
    'proxy-login',
    'not-looked',
  ],
  stacks: ['agree', 'windows-only', 'windows-fails', 'not-looked'],
  'tls-settings': [
    'fine',
    'tls12-off',
    'tls12-off-winhttp',
    'tls12-off-schannel',
    'ciphers-missing',
    'dotnet-old',
    'not-looked',
  ],
  proxy: [
    'direct',
    'used',
    'unreachable',
    'login-required',
    'refused',
    'script-unreachable',
    'script-broken',
    'script-slow',
    'differs',
    'not-looked',
  ],
  interception: ['none', 'inspected', 'tenant-restricted', 'not-looked'],
  internet: ['open', 'captive-portal', 'no-answer', 'probe-off', 'not-looked'],
  clock: ['right', 'off', 'not-looked'],
  names: ['fine', 'overridden', 'no-server', 'not-looked'],
  mtu: ['fine', 'large-packets-lost', 'not-looked'],
  ipv6: ['fine', 'broken', 'unused', 'not-looked'],
  vpn: ['connected', 'reconnected', 'none', 'not-looked'],
  'network-change': ['recent', 'none', 'not-looked'],
  'windows-update': ['recent', 'none', 'not-looked'],
  device: ['managed', 'joined', 'no-token', 'personal', 'not-looked'],
  onedrive: ['linked', 'not-linked', 'not-running', 'missing', 'not-looked'],
  'onedrive-policy': ['free', 'sync-forbidden', 'organisations-limited', 'personal-forbidden', 'not-looked'],
  'onedrive-files': ['clear', 'offline', 'updating', 'not-uploaded', 'online-only', 'not-looked'],
  'stored-entries': ['some', 'none', 'not-looked'],
  /** What only the browser can see; the one check that the extension makes itself. Subject: a host. */
  browser: ['reachable', 'unreachable', 'no-answer', 'not-looked'],
} as const;

export type CheckId = keyof typeof findingMeanings;
export type MeaningOf<C extends CheckId> = (typeof findingMeanings)[C][number];

export const checkIds = Object.keys(findingMeanings) as [CheckId, ...CheckId[]];

/** Those that the host makes. */
export type HostCheckId = Exclude<CheckId, 'browser'>;
export const hostCheckIds = checkIds.filter((id): id is HostCheckId => id !== 'browser');

const Text = v.pipe(v.string(), v.maxLength(500));

function isMeaningOf(check: CheckId, meaning: string): boolean {
  return findingMeanings[check].some((each) => each === meaning);
}

export const FindingSchema = v.pipe(
  v.strictObject({
    /** `<check>` or `<check>:<subject>`; one of its kind in a list. */
    id: Text,
    check: v.picklist(checkIds),
    level: v.picklist(['ok', 'warning', 'fault', 'unknown']),
    /** What was looked at, `$1` of its sentence: a host name, an adapter, an account. May be empty. */
    subject: Text,
    /** The number in its sentence, `$2`: minutes, days, files. */
    amount: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    meaning: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
    evidence: v.record(v.pipe(v.string(), v.maxLength(40)), v.union([Text, v.number(), v.null()])),
    /** Milliseconds that it took. */
    took: v.pipe(v.number(), v.minValue(0)),
  }),
  v.check(({ check, meaning }) => isMeaningOf(check, meaning), 'No meaning that this check knows'),
);

export type Finding = v.InferOutput<typeof FindingSchema>;

/** Whoever wrote it, a server or a script, it must not move a terminal's cursor. */
const plainText = (text: string) => text.replace(/\p{Cc}/gu, '\uFFFD');

/** A finding with its meaning held to what its check knows, and nothing in it but text. */
export function finding<C extends CheckId>(
  found: Omit<Finding, 'meaning' | 'check' | 'evidence' | 'id'> & {
    check: C;
    meaning: MeaningOf<C>;
    id?: string;
    evidence?: Finding['evidence'];
  },
): Finding {
  const { id = found.check, subject, evidence = {} } = found;
  const shown = Object.entries(evidence).map(([name, value]) => [
    name,
    typeof value === 'string' ? plainText(value) : value,
  ]);
  return { ...found, id: plainText(id), subject: plainText(subject), evidence: Object.fromEntries(shown) };
}

/** Whether a finding says this. */
export function says<C extends CheckId>(found: Finding, check: C, ...meanings: MeaningOf<C>[]): boolean {
  return found.check === check && meanings.some((meaning) => meaning === found.meaning);
}

/** A finding in one sentence. */
export function findingWords({ check, meaning, subject, amount }: Finding, say: Say): string {
  // The schema, or `finding`, has held the two together.
  const key = `${messageKey('finding', check)}_${meaning.replaceAll('-', '_')}`;
  return say(key as Parameters<Say>[0], subject, amount ?? '');
}
