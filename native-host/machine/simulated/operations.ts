/** What can be done to a simulated PC, by name: what its faults are laid on and what its log tells of. */
import * as v from 'valibot';
import type { ProblemKind } from '../../../common/problem.ts';
import { Positive, Time } from './schema-parts.ts';

/** The Machine's methods. */
export const operations = [
  'credentials.list',
  'credentials.protect',
  'credentials.readable',
  'credentials.same',
  'credentials.restore',
  'credentials.remove',
  'registry.read',
  'registry.keys',
  'registry.values',
  'registry.copyKey',
  'registry.writeKey',
  'registry.removeKey',
  'registry.copyValue',
  'registry.writeValue',
  'registry.removeValue',
  'processes.running',
  'processes.output',
  'processes.run',
  'processes.launch',
  'processes.open',
  'processes.close',
  'files.kind',
  'files.setAside',
  'files.isAside',
  'files.putBack',
  'files.forget',
  'files.survey',
  'files.openOne',
  'files.readText',
  'windowsRequest',
  'detectProxyScript',
  'nameServers',
  'addresses',
  'adapters',
  'startedAt',
  'reportEvent',
  'route',
  'signInWorks',
] as const;

/** The problems that a PC itself can raise; the other kinds belong to the host or the port. */
export const faultProblems = [
  'access-denied',
  'disk-full',
  'internal',
  'timed-out',
  'exe-failed',
  'file-in-use',
  'backup-unreadable',
] as const satisfies ProblemKind[];

export const FaultSchema = v.pipe(
  v.strictObject({
    operation: v.picklist(operations),
    match: v.optional(v.string()),
    problem: v.optional(v.picklist(faultProblems)),
    hangs: v.optional(v.literal(true)),
    times: v.optional(Positive),
  }),
  v.check(
    ({ problem, hangs }) => (problem === undefined) !== (hangs === undefined),
    'Needs `problem` or `hangs`',
  ),
);

export const LogEntrySchema = v.strictObject({
  time: Time,
  operation: v.picklist(operations),
  subject: v.string(),
  outcome: v.picklist(['done', 'hangs', ...faultProblems]),
});

export type SimulatedOperation = (typeof operations)[number];
export type Fault = v.InferOutput<typeof FaultSchema>;
export type LogEntry = v.InferOutput<typeof LogEntrySchema>;
