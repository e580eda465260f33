/**
 * The simulated PC as its JSON file holds it; docs/SIMULATED.md describes it field by field and a test holds
 * the two together. Every field may be left out; unknown ones are refused, so that a slip of the pen shows.
 */
import * as v from 'valibot';
import { oneDrivePlaces } from '../onedrive.ts';
import { CredentialsSchema } from './credential-schema.ts';
import { FilesSchema, QuarantineSchema } from './files-schema.ts';
import { FaultSchema, LogEntrySchema } from './operations.ts';
import { KeysSchema, ValuesSchema } from './registry-schema.ts';
import { Count, Positive, Time } from './schema-parts.ts';
import { WindowsAnswerSchema } from './windows-answer.ts';

/** Why sign-in fails, and so what makes it work again. */
export const causes = [
  'stale-credentials',
  'identity-cache',
  'browser-session',
  'device-token',
  'kerberos',
  'dns',
  'onedrive-process',
  'onedrive-state',
  'onedrive-link',
  'vpn',
  'settings',
  'elsewhere',
  'none',
] as const;

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

export const ProcessSchema = v.strictObject({
  pid: Positive,
  image: v.pipe(v.string(), v.nonEmpty()),
  onClose: v.exactOptional(v.picklist(['exits', 'asks'])),
});

const OneDriveSchema = v.strictObject({
  installed: v.optional(v.nullable(v.picklist(oneDrivePlaces)), null),
  stale: v.optional(v.boolean(), false),
  shutdown: v.optional(v.picklist(['exits', 'hangs', 'ignores']), 'exits'),
  reset: v.optional(v.picklist(['restarts', 'exits', 'hangs']), 'restarts'),
  start: v.optional(v.picklist(['runs', 'crashes']), 'runs'),
  setup: v.optional(v.picklist(['confirms', 'ignored']), 'confirms'),
  /** By the account's name, the values that its key had before a reset. */
  remembers: v.optional(v.record(v.string(), ValuesSchema), {}),
});

export const AdapterSchema = v.strictObject({
  name: v.string(),
  description: v.optional(v.string(), ''),
  vpn: v.optional(v.boolean(), false),
  mtu: v.optional(Positive),
  defaultRoute: v.optional(v.boolean(), false),
});

/** An entry of Windows' event log. */
const EventSchema = v.strictObject({
  id: v.pipe(Positive, v.maxValue(1000)),
  level: v.picklist(['information', 'warning']),
  text: v.string(),
});

export const SimulatedPcSchema = v.strictObject({
  credentials: v.optional(CredentialsSchema, []),
  registry: v.optional(
    v.strictObject({ HKCU: v.optional(KeysSchema, {}), HKLM: v.optional(KeysSchema, {}) }),
    {},
  ),
  files: v.optional(FilesSchema, []),
  quarantine: v.optional(QuarantineSchema, {}),
  processes: v.optional(v.array(ProcessSchema), []),
  missingTools: v.optional(v.array(v.string()), []),
  toolExit: v.optional(
    v.record(v.string(), v.union([v.pipe(v.number(), v.integer()), v.literal('hangs')])),
    {},
  ),
  /** By image, what a tool writes that is run to look. */
  toolOutput: v.optional(v.record(v.string(), v.string()), {}),
  oneDrive: v.optional(OneDriveSchema, {}),
  adapters: v.optional(v.array(AdapterSchema), []),
  nameServers: v.optional(v.array(v.pipe(v.string(), v.ip())), ['192.168.1.1']),
  addresses: v.optional(v.array(v.pipe(v.string(), v.ip())), ['192.168.1.20']),
  startedAt: v.optional(Time),
  events: v.optional(v.array(EventSchema), []),
  network: v.optional(
    v.strictObject({
      default: v.optional(NetworkFault, 'none'),
      hosts: v.optional(v.record(v.string(), HostSchema), {}),
      /** By host, what Windows' own HTTP stack says where that is not what follows from `hosts`. */
      windows: v.optional(v.record(v.string(), WindowsAnswerSchema), {}),
      /** Where Windows finds a proxy script by itself. */
      wpad: v.optional(v.pipe(v.string(), v.url())),
    }),
    {},
  ),
  signIn: v.optional(
    v.strictObject({
      code: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_:.-]{1,80}$/)), 'AADSTS50173'),
      cause: v.optional(v.picklist(causes), 'stale-credentials'),
    }),
    {},
  ),
  folders: v.optional(
    v.strictObject({
      localAppData: v.optional(v.string(), 'C:\\Users\\ada\\AppData\\Local'),
      programFiles: v.optional(v.string(), 'C:\\Program Files'),
      programFilesX86: v.optional(v.string(), 'C:\\Program Files (x86)'),
      system: v.optional(v.string(), 'C:\\Windows\\System32'),
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
export type Cause = (typeof causes)[number];
