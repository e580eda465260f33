/**
 * The journal's records. A run *is* its records: what is shown, finished or undone is worked out from them
 * (state.ts), so a run that was cut off reads exactly like one that is going on.
 */
import * as v from 'valibot';
import { FailureSchema, VerificationSchema } from '../../common/contract.ts';
import { ProblemSchema } from '../../common/problem.ts';
import { remedyIds } from '../../common/remedies.ts';
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
  /** All of the step's backups are on disk and were read back; `gone` names operations with nothing to do. */
  v.strictObject({ type: v.literal('backed-up'), step: index, gone: v.array(index) }),
  v.strictObject({ type: v.literal('acted'), step: index, operation: index }),
  v.strictObject({
    type: v.literal('step-end'),
    step: index,
    status: v.picklist(['done', 'failed', 'cancelled']),
    problem: v.optional(ProblemSchema),
    time,
  }),
  v.strictObject({ type: v.literal('verified'), step: index, verification: VerificationSchema, time }),
  v.strictObject({ type: v.literal('end'), status: v.picklist(endStatuses), time }),
  v.strictObject({ type: v.literal('undo'), time }),
  v.strictObject({
    type: v.literal('reverted'),
    step: index,
    operation: index,
    result: v.picklist(['restored', 'already', 'conflict', 'impossible']),
  }),
  v.strictObject({ type: v.literal('undo-end'), time }),
]);

/** One backup, a line of backups.jsonl beside the journal; that file alone goes when backups expire. */
export const BackupSchema = v.strictObject({ step: index, operation: index, backup: JsonSchema });

export type JournalRecord = v.InferOutput<typeof RecordSchema>;
export type Begin = Extract<JournalRecord, { type: 'begin' }>;
export type Backup = v.InferOutput<typeof BackupSchema>;
