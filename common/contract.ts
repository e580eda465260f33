/**
 * The contract between extension and host: every message, its schema, and the protocol's number.
 * docs/PROTOCOL.md describes it in prose and a test holds the two together.
 *
 * The browser may choose, never name: nothing here carries a path, a command, a registry key or a
 * credential name *to act on*. Ids of plans, items and runs are made by the host.
 */
import * as v from 'valibot';
import { categories } from './failures/category.ts';
import { ProblemSchema } from './problem.ts';
import { remedyIds } from './remedies.ts';

/** Raised whenever an older peer could misunderstand a newer one. */
export const PROTOCOL = 1;

/** The most that a browser accepts from a host, and may send to it, in bytes of one frame. */
export const MAX_TO_BROWSER = 1024 * 1024;
export const MAX_TO_HOST = 64 * 1024 * 1024;

const Id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const Text = v.pipe(v.string(), v.maxLength(500));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** ISO 8601 in UTC, as `Date.toISOString` writes it. */
const Time = v.pipe(v.string(), v.isoTimestamp());
/** Canonical codes only: `AADSTS50173`, `0x8004de40`. */
const Code = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_:.-]{1,80}$/));
const Version = v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/));

/** What the browser saw, as far as the host needs it to plan and to keep a history. */
export const FailureSchema = v.strictObject({
  code: Code,
  category: v.picklist(categories),
  /** Host name of the page where it was seen; absent when a person typed the code. */
  seenAt: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,253}$/))),
  correlationId: v.optional(v.pipe(v.string(), v.uuid())),
  requestId: v.optional(v.pipe(v.string(), v.uuid())),
  time: Time,
});

const UndoKind = v.picklist(['full', 'partial', 'none']);
const Risk = v.picklist(['none', 'low', 'medium']);

/** One thing that a step would change. An optional item may be unticked. */
const ItemSchema = v.strictObject({
  id: Id,
  kind: v.picklist(['credential', 'onedrive-process', 'onedrive-account']),
  label: Text,
  detail: v.optional(Text),
  optional: v.boolean(),
});

const PlannedStepSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  /** Why it stands where it stands. */
  reason: v.picklist(['points-here', 'gentlest-first', 'chosen']),
  /** Whether Microsoft documents this remedy for this code. */
  documented: v.boolean(),
  risk: Risk,
  /** Expected duration in seconds. */
  seconds: Count,
  undo: UndoKind,
  items: v.pipe(v.array(ItemSchema), v.maxLength(2000)),
});

/** A remedy that the plan leaves out, and why. */
const LeftOutSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  because: v.picklist(['nothing-to-change', 'onedrive-missing', 'cannot-look']),
});

export const PlanSchema = v.strictObject({
  id: Id,
  failure: FailureSchema,
  steps: v.array(PlannedStepSchema),
  leftOut: v.array(LeftOutSchema),
});

/** Proof after a step: sign-in works, does not, waits for the user (password, MFA), or nobody could tell. */
export const VerificationSchema = v.strictObject({
  outcome: v.picklist(['works', 'fails', 'needs-user', 'unknown']),
  code: v.optional(Code),
});

/** What a step is doing: words under `activity_<id>`. */
const activityIds = [
  'looking',
  'backing-up',
  'removing',
  'closing-onedrive',
  'resetting-onedrive',
  'starting-onedrive',
  'signing-in',
  'putting-back',
] as const;

const ActivitySchema = v.strictObject({ id: v.picklist(activityIds), subject: v.optional(Text) });

const RunStepSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  status: v.picklist(['waiting', 'running', 'verifying', 'done', 'failed', 'cancelled']),
  /** Items finished and all items of the step. */
  done: Count,
  total: Count,
  /** What is happening now, or what was done last, and to what. */
  activity: v.optional(ActivitySchema),
  problem: v.optional(ProblemSchema),
  verification: v.optional(VerificationSchema),
  startedAt: v.optional(Time),
  endedAt: v.optional(Time),
  undo: UndoKind,
});

/** What an undo brought back. */
const UndoneSchema = v.strictObject({
  restored: Count,
  already: Count,
  /** Exists anew since the run: left as it is. */
  conflicts: v.array(Text),
  /** Could not be put back. */
  impossible: v.array(Text),
});

/** How a run can end. All else is a run that goes on, or waits for a decision (`interrupted`). */
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
  status: v.picklist(['running', 'undoing', 'interrupted', ...runEndings]),
  steps: v.array(RunStepSchema),
  startedAt: Time,
  endedAt: v.optional(Time),
  /** Something was changed and its backup is still there. */
  canUndo: v.boolean(),
  undone: v.optional(UndoneSchema),
});

const FindingSchema = v.strictObject({
  id: Text,
  check: v.picklist(['endpoints']),
  level: v.picklist(['ok', 'warning', 'fault', 'unknown']),
  /** What was looked at: a host name. */
  subject: Text,
  /** What it means, as a message key's last part under `finding_<check>_`. */
  meaning: v.picklist([
    'reachable',
    'name-not-found',
    'connection-failed',
    'connection-timed-out',
    'tls-failed',
    'http-failed',
    'simulated',
    'not-looked',
  ]),
  evidence: v.record(v.pipe(v.string(), v.maxLength(40)), v.union([Text, v.number(), v.null()])),
  /** Milliseconds that it took. */
  took: v.pipe(v.number(), v.minValue(0)),
});

const CheckSchema = v.strictObject({ findings: v.array(FindingSchema), took: v.number() });

const Nothing = v.strictObject({});
const RunId = v.strictObject({ runId: Id });

/**
 * The part of `hello` that every protocol keeps for ever, both ways: by it two sides of different versions can
 * still tell which of them is to be updated. The only message where further fields are let pass.
 */
export const AnyHelloSchema = v.looseObject({ protocol: Count, version: Version });

export const HelloSchema = v.strictObject({
  protocol: Count,
  version: Version,
  platform: v.pipe(v.string(), v.maxLength(20)),
  machine: v.picklist(['windows', 'simulated']),
  /** The run in progress, or one that was cut off and waits for a decision. */
  run: v.nullable(RunSchema),
});

const StartParams = v.strictObject({
  planId: Id,
  /** Ids of the items to change, step by step; a step without items is left out. */
  chosen: v.pipe(
    v.array(v.strictObject({ remedy: v.picklist(remedyIds), items: v.array(Id) })),
    v.maxLength(remedyIds.length),
  ),
});

/** What the browser may ask the host. */
export const hostMethods = {
  hello: { params: AnyHelloSchema, result: HelloSchema },
  check: { params: Nothing, result: CheckSchema },
  plan: { params: v.strictObject({ failure: FailureSchema }), result: PlanSchema },
  'run.start': { params: StartParams, result: RunSchema },
  'run.get': { params: Nothing, result: v.strictObject({ run: v.nullable(RunSchema) }) },
  'run.cancel': { params: RunId, result: RunSchema },
  'run.finish': { params: RunId, result: RunSchema },
  'run.undo': { params: RunId, result: RunSchema },
  history: { params: Nothing, result: v.strictObject({ runs: v.array(RunSchema) }) },
} as const;

/** What the host may ask the browser. */
export const browserMethods = {
  verify: { params: v.strictObject({ runId: Id, code: Code }), result: VerificationSchema },
} as const;

/** What the host tells the browser unasked. */
export const hostNotifications = {
  'run.changed': RunSchema,
  'check.found': FindingSchema,
} as const;

export type Failure = v.InferOutput<typeof FailureSchema>;
export type Item = v.InferOutput<typeof ItemSchema>;
export type PlannedStep = v.InferOutput<typeof PlannedStepSchema>;
export type LeftOut = v.InferOutput<typeof LeftOutSchema>;
export type Plan = v.InferOutput<typeof PlanSchema>;
export type Verification = v.InferOutput<typeof VerificationSchema>;
export type Activity = v.InferOutput<typeof ActivitySchema>;
export type RunStep = v.InferOutput<typeof RunStepSchema>;
export type Undone = v.InferOutput<typeof UndoneSchema>;
export type Run = v.InferOutput<typeof RunSchema>;
export type Finding = v.InferOutput<typeof FindingSchema>;
export type CheckResult = v.InferOutput<typeof CheckSchema>;
export type Hello = v.InferOutput<typeof HelloSchema>;
export type StartChoice = v.InferOutput<typeof StartParams>;
