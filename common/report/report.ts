/**
 * The report for IT: what failed, what was found, what was tried, and by which versions. docs/REPORT.md describes
 * every field, and a test holds the two together. A field is only ever added; else the number is raised.
 */
import * as v from 'valibot';
import { checkScopes } from '../check.ts';
import { categories } from '../failures/category.ts';
import { checkIds } from '../findings.ts';
import { Code, Count, Time } from '../parts.ts';
import { patterns } from '../plan.ts';
import { ProblemSchema } from '../problem.ts';
import { remedyIds } from '../remedies.ts';
import { RunSchema, VerificationSchema } from '../run.ts';

/** The number of this form. */
export const REPORT = 1;

const Line = v.string();
/** Words are in the language of who made the report; ids beside them are the same in all. */
const Words = v.string();

const FailedSchema = v.strictObject({
  code: Code,
  words: Words,
  todo: Words,
  category: v.picklist(categories),
  who: Words,
  time: Time,
  seenAt: v.optional(Line),
  tenant: v.optional(Line),
  correlationId: v.optional(v.pipe(v.string(), v.uuid())),
  requestId: v.optional(v.pipe(v.string(), v.uuid())),
  /** Microsoft's page about the code. */
  source: v.optional(v.pipe(v.string(), v.startsWith('https://'))),
});

const FoundSchema = v.strictObject({
  check: v.picklist(checkIds),
  level: v.picklist(['ok', 'warning', 'fault', 'unknown']),
  meaning: v.string(),
  words: Words,
  /** The most probable cause, or what follows from it. */
  part: v.optional(v.picklist(['cause', 'follows'])),
  subject: v.optional(Line),
  amount: v.optional(Count),
  /** For a technician: names and values, not translated. */
  evidence: v.record(v.string(), v.union([v.string(), v.number(), v.null()])),
  took: v.number(),
});

const LookedSchema = v.strictObject({
  time: Time,
  scope: v.picklist(checkScopes),
  state: v.picklist(['looking', 'done', 'partial', 'cancelled']),
  words: Words,
  who: v.optional(Words),
  /** Those that the most probable cause explains. */
  codes: v.array(Code),
  took: v.nullable(v.number()),
  findings: v.array(FoundSchema),
});

const StepSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  name: Words,
  words: Words,
  status: v.string(),
  done: Count,
  total: Count,
  verification: v.optional(
    v.strictObject({
      outcome: VerificationSchema.entries.outcome,
      words: Words,
      code: v.optional(Code),
      proofs: v.array(
        v.strictObject({
          proof: v.string(),
          outcome: VerificationSchema.entries.outcome,
          words: Words,
          subject: v.optional(Line),
        }),
      ),
    }),
  ),
  problem: v.optional(
    v.strictObject({ kind: ProblemSchema.entries.kind, words: Words, detail: v.optional(Line) }),
  ),
  /** Left alone: gone, or changed since the plan was shown. */
  skipped: v.array(Line),
});

const TriedSchema = v.strictObject({
  code: Code,
  status: RunSchema.entries.status,
  words: Words,
  startedAt: Time,
  endedAt: v.optional(Time),
  steps: v.array(StepSchema),
  undone: v.optional(
    v.strictObject({ restored: Count, already: Count, conflicts: v.array(Line), impossible: v.array(Line) }),
  ),
});

const RecursSchema = v.strictObject({
  code: Code,
  /** Within 30 days. */
  count: Count,
  pattern: v.nullable(v.picklist(patterns)),
  words: Words,
  helped: v.array(v.picklist(remedyIds)),
});

const NotAllowedSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  name: Words,
  because: v.picklist(['forbidden', 'needs-approval']),
  words: Words,
});

export const VersionsSchema = v.strictObject({
  /** Null where that side had no part in it, or was not heard. */
  extension: v.nullable(Line),
  helper: v.nullable(Line),
  protocol: Count,
  browser: v.nullable(Line),
  platform: Line,
});

export const ReportSchema = v.strictObject({
  report: v.literal(REPORT),
  madeAt: Time,
  /** Names of people, networks and organisations are shortened. */
  masked: v.boolean(),
  /** All of it is about a PC that does not exist. */
  simulated: v.boolean(),
  /** The one that the report is about first. */
  failures: v.array(FailedSchema),
  check: v.nullable(LookedSchema),
  /** The newest first. */
  tried: v.array(TriedSchema),
  recurrences: v.array(RecursSchema),
  /** Remedies that the organisation has turned off, or has not approved. */
  notAllowed: v.array(NotAllowedSchema),
  versions: VersionsSchema,
});

export type Failed = v.InferOutput<typeof FailedSchema>;
export type Found = v.InferOutput<typeof FoundSchema>;
export type Looked = v.InferOutput<typeof LookedSchema>;
export type TriedStep = v.InferOutput<typeof StepSchema>;
export type Tried = v.InferOutput<typeof TriedSchema>;
export type Recurs = v.InferOutput<typeof RecursSchema>;
export type NotAllowed = v.InferOutput<typeof NotAllowedSchema>;
export type Versions = v.InferOutput<typeof VersionsSchema>;
export type Report = v.InferOutput<typeof ReportSchema>;
