/**
 * The journal's records. A run *is* its records: what is shown, finished or undone is worked out from them
 * (state.ts), so a run that was cut off reads exactly like one that is going on.
 */
import * as v from 'valibot';
import { FailureSchema } from '../../common/plan.ts';
import { ProblemSchema } from '../../common/problem.ts';
import { remedyIds } from '../../common/remedies.ts';
import { impossibleReasons, VerificationSchema } from '../../common/run.ts';
import type { Json } from '../remedies/remedy.ts';

const time = v.pipe(v.string(), v.isoTimestamp());
const index = v.pipe(v.number(), v.integer(), v.minValue(0));

const JsonSchema: v.GenericSchema<Json> = v.lazy(() =>
  v.union([
    v.null(),
    v.boolean(),
    v.number(),
    v.string(),
    v.array(JsonSchema),
    v.record(v.string(), JsonSchema),
  ]),
);

const StepSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  undo: v.picklist(['full', 'partial', 'none']),
  operations: v.array(v.strictObject({ label: v.string(), intent: JsonSchema })),
});

export const endStatuses = ['fixed', 'not-fixed', 'needs-user', 'unverified', 'failed', 'cancelled'] as const;

export const RecordSchema = v.variant('type', [
  /** First line: everything that is intended, before anything is done. */
  v.strictObject({
    type: v.literal('begin'),
    format: v.literal(1),
    id: v.string(),
    failure: FailureSchema,
    steps: v.array(StepSchema),
    time,
  }),
  v.strictObject({ type: v.literal('step'), step: index, time }),
  /** All of the step's backups are on disk and were read back; `gone` and `changed` are left alone. */
  v.strictObject({
    type: v.literal('backed-up'),
    step: index,
    gone: v.array(index),
    changed: v.optional(v.array(index), []),
  }),
  v.strictObject({ type: v.literal('acted'), step: index, operation: index }),
  v.strictObject({
    type: v.literal('step-end'),
    step: index,
    status: v.picklist(['done', 'failed', 'cancelled']),
    problem: v.optional(ProblemSchema),
    time,
  }),
  /** A guide waits for the person, for as long as it takes; nothing runs meanwhile. */
  v.strictObject({ type: v.literal('your-turn'), step: index, time }),
  v.strictObject({ type: v.literal('answered'), step: index, answer: v.picklist(['done', 'skip']), time }),
  v.strictObject({ type: v.literal('verified'), step: index, verification: VerificationSchema, time }),
  v.strictObject({ type: v.literal('end'), status: v.picklist(endStatuses), time }),
  v.strictObject({
    type: v.literal('undo'),
    time,
    steps: v.optional(v.array(index)),
    replace: v.optional(v.array(v.string())),
  }),
  v.strictObject({
    type: v.literal('reverted'),
    step: index,
    operation: index,
    result: v.picklist(['restored', 'already', 'conflict', 'impossible']),
    why: v.optional(v.picklist(impossibleReasons)),
  }),
  v.strictObject({ type: v.literal('undo-end'), time }),
]);

/** One backup, a line of backups.jsonl beside the journal; that file alone goes when backups expire. */
export const BackupSchema = v.strictObject({
  step: index,
  operation: index,
  backup: JsonSchema,
  /** A copy of what came since and had to give way in an undo, at the person's wish. */
  displaced: v.optional(v.literal(true)),
});

export type JournalRecord = v.InferOutput<typeof RecordSchema>;
export type Begin = Extract<JournalRecord, { type: 'begin' }>;
export type Backup = v.InferOutput<typeof BackupSchema>;
