/** A run: a plan carried out, step by step, with its verifications and its undo. */
import * as v from 'valibot';
import { Code, Count, Id, Text, Time } from './parts.ts';
import { FailureSchema, undoKinds } from './plan.ts';
import { ProblemSchema } from './problem.ts';
import { remedyIds } from './remedies.ts';

const Outcome = v.picklist(['works', 'fails', 'needs-user', 'unknown']);

/** What was looked at after a step, as words under `proof_<id>`. */
export const proofIds = ['sign-in', 'onedrive', 'onedrive-file'] as const;

const ProofSchema = v.strictObject({
  proof: v.picklist(proofIds),
  outcome: Outcome,
  /** An account, a file's name. */
  subject: v.optional(Text),
});

/** Proof after a step: sign-in works, does not, waits for the user (password, MFA), or nobody could tell. */
export const VerificationSchema = v.strictObject({
  outcome: Outcome,
  code: v.optional(Code),
  proofs: v.optional(v.array(ProofSchema)),
});

/** What a step is doing: words under `activity_<id>`. */
const activityIds = [
  'looking',
  'backing-up',
  'removing',
  'moving-aside',
  'closing-app',
  'closing-onedrive',
  'resetting-onedrive',
  'starting-onedrive',
  'opening-setup',
  'waiting-for-you',
  'running-command',
  'clearing-session',
  'signing-in',
  'looking-at-onedrive',
  'putting-back',
] as const;

const ActivitySchema = v.strictObject({ id: v.picklist(activityIds), subject: v.optional(Text) });

/** An item that was left alone: no longer there, or not what it was when the plan was shown. */
const SkippedSchema = v.strictObject({ label: Text, because: v.picklist(['gone', 'changed']) });

const RunStepSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  /** `your-turn`: a guide that waits for the person's word. */
  status: v.picklist([
    'waiting',
    'running',
    'your-turn',
    'verifying',
    'done',
    'skipped',
    'failed',
    'cancelled',
  ]),
  /** Items finished and all items of the step. */
  done: Count,
  total: Count,
  skipped: v.array(SkippedSchema),
  /** What is happening now, or what was done last, and to what. */
  activity: v.optional(ActivitySchema),
  problem: v.optional(ProblemSchema),
  verification: v.optional(VerificationSchema),
  startedAt: v.optional(Time),
  endedAt: v.optional(Time),
  undo: v.picklist(undoKinds),
  /** Something of this step can be put back. */
  canUndo: v.boolean(),
});

/** Why a thing cannot be put back, as words under `impossible_<id>`. */
export const impossibleReasons = ['no-undo', 'backup-missing', 'backup-unreadable', 'failed'] as const;

/** What an undo brought back. */
const UndoneSchema = v.strictObject({
  restored: Count,
  already: Count,
  /** Exists anew since the run: left as it is unless the person says to replace it. */
  conflicts: v.array(v.strictObject({ id: Id, label: Text })),
  impossible: v.array(v.strictObject({ label: Text, why: v.picklist(impossibleReasons) })),
});

/** How a run can end. All else is a run that goes on, or waits for a decision (`interrupted`, `your-turn`). */
export const runEndings = [
  'fixed',
  'not-fixed',
  'needs-user',
  'unverified',
  'failed',
  'cancelled',
  'undone',
] as const;

export const RunSchema = v.strictObject({
  id: Id,
  /** Grows with every change, so that a late message never overwrites a newer one. */
  revision: Count,
  failure: FailureSchema,
  status: v.picklist(['running', 'undoing', 'interrupted', 'your-turn', ...runEndings]),
  steps: v.array(RunStepSchema),
  startedAt: Time,
  endedAt: v.optional(Time),
  /** Something was changed and its backup is still there. */
  canUndo: v.boolean(),
  /** Lines of its journal that could not be read: edited by hand, or damaged. */
  damaged: Count,
  undone: v.optional(UndoneSchema),
});

export const RunIdParams = v.strictObject({ runId: Id });

export const UndoParams = v.strictObject({
  runId: Id,
  /** Only these steps, by their place; all of them when left out. */
  steps: v.optional(v.pipe(v.array(Count), v.maxLength(remedyIds.length))),
  /** Ids of conflicts whose newer thing is to give way. */
  replace: v.optional(v.pipe(v.array(Id), v.maxLength(2000))),
});

export type Verification = v.InferOutput<typeof VerificationSchema>;
export type Proof = v.InferOutput<typeof ProofSchema>;
export type Outcome = Verification['outcome'];
export type Activity = v.InferOutput<typeof ActivitySchema>;
export type RunStep = v.InferOutput<typeof RunStepSchema>;
export type Undone = v.InferOutput<typeof UndoneSchema>;
export type Run = v.InferOutput<typeof RunSchema>;
export type UndoChoice = v.InferOutput<typeof UndoParams>;
