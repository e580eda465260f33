/**
 * What an administrator's collector may read of this PC, line by line: codes, categories, ids of remedies, how steps
 * ended, durations. There is no room in it for a name, an address, a path, a host or a token, and what does not fit is
 * not written. docs/EVIDENCE.md describes every field; a change that an older reader could misunderstand raises `format`.
 */
import * as v from 'valibot';
import { clouds } from '../../common/clouds.ts';
import { categories } from '../../common/failures/category.ts';
import { canonicalCode } from '../../common/failures/parse.ts';
import { checkIds, findingMeanings } from '../../common/findings.ts';
import { Count, Id, Time, Version } from '../../common/parts.ts';
import { leftOutReasons } from '../../common/plan.ts';
import { ProblemSchema } from '../../common/problem.ts';
import { remedyIds } from '../../common/remedies.ts';
import { RunSchema, runEndings, VerificationSchema } from '../../common/run.ts';
import { furtherHosts, knownHosts, shippedEndpoints } from '../checks/endpoints/endpoint-data.ts';

export const EVIDENCE_FORMAT = 1;

/** Only what is written like a code: a failure's own field would take a short name, too. */
const KnownCode = v.pipe(
  v.string(),
  v.check((code) => code === 'other' || canonicalCode(code) === code, 'No code'),
);

const common = { format: v.literal(EVIDENCE_FORMAT), time: Time, version: Version };
const failed = { code: KnownCode, category: v.picklist(categories) };
/** Only where details are wanted: Microsoft's id, by which an administrator finds the sign-in in the Entra log. */
const detailed = { correlationId: v.optional(v.pipe(v.string(), v.uuid())) };

const Remedy = v.picklist(remedyIds);
const meanings: ReadonlySet<string> = new Set(Object.values(findingMeanings).flat());
const Meaning = v.pipe(
  v.string(),
  v.check((meaning) => meanings.has(meaning), 'No meaning'),
);
const Meant = { check: v.picklist(checkIds), meaning: Meaning };

/** Microsoft's own hosts by full name. One that was seen on this PC may begin with the organisation's name. */
const hosts = [
  ...Object.values(clouds).flatMap(({ signIn, homes, cdn }) => [...signIn, ...homes, ...cdn]),
  ...Object.values(shippedEndpoints).flatMap(({ records }) => records.flatMap(({ urls }) => urls)),
  ...[...Object.values(knownHosts), ...Object.values(furtherHosts)].flat(),
];
export const microsoftHosts: ReadonlySet<string> = new Set(hosts.filter((host) => !host.includes('*')));

const FindingLine = v.strictObject({
  ...Meant,
  level: v.picklist(['ok', 'warning', 'fault', 'unknown']),
  host: v.optional(
    v.pipe(
      v.string(),
      v.check((host) => microsoftHosts.has(host), 'Not one of Microsoft’s'),
    ),
  ),
  /** The number in its sentence: minutes, days, files. */
  amount: v.optional(Count),
});
const findings = v.optional(v.array(FindingLine));

const StepLine = v.strictObject({
  remedy: Remedy,
  status: RunSchema.entries.steps.item.entries.status,
  /** What the sign-in after it gave. */
  verification: v.optional(VerificationSchema.entries.outcome),
  problem: v.optional(ProblemSchema.entries.kind),
  /** Things dealt with, of all of them. */
  done: Count,
  total: Count,
  ms: v.optional(Count),
});

export const runOutcomes = [
  ...runEndings.filter((each) => each !== 'undone'),
  'your-turn',
  'interrupted',
] as const;

/** One line of the log, and the text of one event. */
export const EvidenceSchema = v.variant('event', [
  /** Seen in a browser, and new to the history. */
  v.strictObject({ ...common, event: v.literal('failure'), ...failed, seen: Time, ...detailed }),
  v.strictObject({
    ...common,
    event: v.literal('plan'),
    ...failed,
    steps: v.array(Remedy),
    leftOut: v.array(v.strictObject({ remedy: Remedy, because: v.picklist(leftOutReasons) })),
    /** How often this failure was seen within 30 days, where it comes back. */
    recurrence: v.nullable(Count),
    ...detailed,
    findings,
  }),
  v.strictObject({
    ...common,
    event: v.literal('run'),
    run: Id,
    ...failed,
    outcome: v.picklist(runOutcomes),
    steps: v.array(StepLine),
    ms: v.optional(Count),
    ...detailed,
  }),
  v.strictObject({
    ...common,
    event: v.literal('undo'),
    run: Id,
    ...failed,
    outcome: v.picklist(['whole', 'in-part']),
    restored: Count,
    already: Count,
    conflicts: Count,
    impossible: Count,
  }),
  /** A look at the connection that found a fault. */
  v.strictObject({
    ...common,
    event: v.literal('check'),
    cause: v.nullable(v.strictObject(Meant)),
    who: v.nullable(v.picklist(categories)),
    codes: v.array(KnownCode),
    faults: Count,
    warnings: Count,
    ms: Count,
    findings,
  }),
  /** Policy kept remedies from being offered, or from being carried out. */
  v.strictObject({ ...common, event: v.literal('refused'), ...failed, remedies: v.array(Remedy) }),
]);

export type Evidence = v.InferOutput<typeof EvidenceSchema>;
