/**
 * The simulated PC as its JSON file holds it; docs/SIMULATED.md describes it field by field and a test holds
 * the two together. Every field may be left out; unknown ones are refused, so that a slip of the pen shows.
 */
import * as v from 'valibot';
import type { ProblemKind } from '../../../common/problem.ts';
import { oneDrivePlaces } from '../onedrive.ts';

/** What faults can be laid on and what the log tells of: the Machine's methods. */
export const operations = [
  'credentials.list',
  'credentials.protect',
  'credentials.readable',
  'credentials.restore',
  'credentials.remove',
  'registry.read',
  'registry.keys',
  'processes.running',
  'processes.run',
  'processes.launch',
  'processes.open',
  'exists',
  'route',
  'signInWorks',
] as const;

/** The problems that a PC itself can raise; the other kinds belong to the host or the port. */
const faultProblems = [
  'access-denied',
  'disk-full',
  'internal',
  'timed-out',
  'exe-failed',
  'backup-unreadable',
] as const satisfies ProblemKind[];

const Base64 = v.pipe(v.string(), v.base64());
const Time = v.pipe(v.string(), v.isoTimestamp());
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A text as it stands, or any bytes as `{"base64": "…"}`. A blob has at most 2,560 bytes. */
const SecretSchema = v.union([
  v.pipe(v.string(), v.maxBytes(2_560)),
  v.strictObject({ base64: v.pipe(Base64, v.maxLength(3_416)) }),
]);

export const SimulatedCredentialSchema = v.strictObject({
  target: v.pipe(v.string(), v.nonEmpty()),
  type: v.optional(v.picklist(['generic', 'domain-password', 'other']), 'generic'),
  user: v.optional(v.string(), ''),
  comment: v.optional(v.string(), ''),
  targetAlias: v.optional(v.string(), ''),
  flags: v.optional(Count, 0),
  persist: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3)), 2),
  attributes: v.optional(
    v.array(v.strictObject({ keyword: v.string(), flags: v.optional(Count, 0), value: Base64 })),
    [],
  ),
  lastWritten: v.optional(Time, '2026-01-01T00:00:00.000Z'),
  secret: v.optional(SecretSchema, ''),
  stale: v.optional(v.boolean(), false),
});

const identity = (entry: { target: string; type: string }) => `${entry.type}:${entry.target.toLowerCase()}`;

const CredentialsSchema = v.pipe(
  v.array(SimulatedCredentialSchema),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const names = dataset.value.map(identity);
    const twice = dataset.value.find((entry, index) => names.indexOf(identity(entry)) !== index);
    if (twice) addIssue({ message: `Two ${twice.type} entries are named "${twice.target}"` });
  }),
);

const RegistryValueSchema = v.variant('type', [
  v.strictObject({ type: v.picklist(['REG_SZ', 'REG_EXPAND_SZ']), value: v.string() }),
  v.strictObject({
    type: v.literal('REG_DWORD'),
    value: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  }),
  v.strictObject({ type: v.literal('other'), value: v.null() }),
]);
const KeysSchema = v.record(v.string(), v.record(v.string(), RegistryValueSchema));

const NetworkFault = v.picklist(['none', 'name-not-found', 'connection-failed', 'tls-failed']);

/** `address:port`, an IPv6 address in brackets. */
export const ADDRESS = /^(?:\[([0-9a-f:]+)\]|([^\s:[\]]+)):(\d{1,5})$/i;

// One object rather than a union of two: a union's error would not say which field is wrong.
const HostSchema = v.pipe(
  v.strictObject({
    connectTo: v.optional(v.pipe(v.string(), v.regex(ADDRESS))),
    ca: v.optional(v.string()),
    fault: v.optional(NetworkFault),
  }),
  v.check(
    (host) => (host.connectTo === undefined) !== (host.fault === undefined),
    'Needs `connectTo` or `fault`',
  ),
  v.check((host) => host.ca === undefined || host.fault === undefined, '`ca` goes with `connectTo` only'),
);

const FaultSchema = v.strictObject({
  operation: v.picklist(operations),
  match: v.optional(v.string()),
  problem: v.picklist(faultProblems),
  times: v.optional(Positive),
});

const LogEntrySchema = v.strictObject({
  time: Time,
  operation: v.picklist(operations),
  subject: v.string(),
  outcome: v.picklist(['done', ...faultProblems]),
});

export const SimulatedPcSchema = v.strictObject({
  credentials: v.optional(CredentialsSchema, []),
  registry: v.optional(
    v.strictObject({ HKCU: v.optional(KeysSchema, {}), HKLM: v.optional(KeysSchema, {}) }),
    {},
  ),
  files: v.optional(v.array(v.string()), []),
  processes: v.optional(
    v.array(v.strictObject({ pid: Positive, image: v.pipe(v.string(), v.nonEmpty()) })),
    [],
  ),
  oneDrive: v.optional(
    v.strictObject({
      installed: v.optional(v.nullable(v.picklist(oneDrivePlaces)), null),
      stale: v.optional(v.boolean(), false),
      shutdown: v.optional(v.picklist(['exits', 'hangs', 'ignores']), 'exits'),
      reset: v.optional(v.picklist(['restarts', 'exits', 'hangs']), 'restarts'),
      start: v.optional(v.picklist(['runs', 'crashes']), 'runs'),
    }),
    {},
  ),
  network: v.optional(
    v.strictObject({
      default: v.optional(NetworkFault, 'none'),
      hosts: v.optional(v.record(v.string(), HostSchema), {}),
    }),
    {},
  ),
  signIn: v.optional(
    v.strictObject({
      code: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_:.-]{1,80}$/)), 'AADSTS50173'),
      cause: v.optional(
        v.picklist(['stale-credentials', 'onedrive-state', 'elsewhere']),
        'stale-credentials',
      ),
    }),
    {},
  ),
  folders: v.optional(
    v.strictObject({
      localAppData: v.optional(v.string(), 'C:\\Users\\ada\\AppData\\Local'),
      programFiles: v.optional(v.string(), 'C:\\Program Files'),
      programFilesX86: v.optional(v.string(), 'C:\\Program Files (x86)'),
    }),
    {},
  ),
  stateFolder: v.optional(v.pipe(v.string(), v.nonEmpty())),
  paceMs: v.optional(v.pipe(Count, v.maxValue(600_000)), 0),
  faults: v.optional(v.array(FaultSchema), []),
  log: v.optional(v.array(LogEntrySchema), []),
});

/** As a person writes it: all may be left out. */
export type SimulatedPcInput = v.InferInput<typeof SimulatedPcSchema>;
/** As it is read: everything filled in. */
export type SimulatedPc = v.InferOutput<typeof SimulatedPcSchema>;
export type SimulatedCredential = v.InferOutput<typeof SimulatedCredentialSchema>;
export type SimulatedOperation = (typeof operations)[number];
export type LogEntry = SimulatedPc['log'][number];
