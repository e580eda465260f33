/** Failure, plan and choice: what failed, what could be done about it in which order and why, and what was agreed to. */
import * as v from 'valibot';
import { categories } from './failures/category.ts';
import { FindingSchema } from './findings.ts';
import { Code, Count, Id, Text, Time } from './parts.ts';
import { remedyIds } from './remedies.ts';

/** What the browser saw, as far as the host needs it to plan and to keep a history. */
export const FailureSchema = v.strictObject({
  code: Code,
  category: v.picklist(categories),
  /** Host name of the page where it was seen; absent when a person typed the code. */
  seenAt: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,253}$/))),
  /** The organisation's id, where the page's address had one: says whose stored sign-ins are meant. */
  tenant: v.optional(v.pipe(v.string(), v.uuid())),
  correlationId: v.optional(v.pipe(v.string(), v.uuid())),
  requestId: v.optional(v.pipe(v.string(), v.uuid())),
  time: Time,
});

export const undoKinds = ['full', 'partial', 'none'] as const;

/** What an item is, as words under `item_<kind>`. */
export const itemKinds = [
  'credential',
  'onedrive-process',
  'onedrive-account',
  'registry-key',
  'registry-value',
  'folder',
  'file',
  'open-app',
  'site',
  'command',
] as const;

/** One thing that a step would change. */
const ItemSchema = v.strictObject({
  id: Id,
  kind: v.picklist(itemKinds),
  label: Text,
  detail: v.optional(Text),
  /** May be unticked. */
  optional: v.boolean(),
  /** Part of the step unless the person decides otherwise; false where a tick is the consent. */
  ticked: v.boolean(),
});

/** Why a step stands where it stands; the words are under `reason_<id>`. */
const reasons = ['found', 'points-here', 'gentlest-first', 'by-hand', 'chosen'] as const;

/** Where remedies are documented. People follow that link: whoever speaks as the host leads nobody elsewhere. */
const MICROSOFTS_WORD = /^https:\/\/(learn|support)\.microsoft\.com\//;

const PlannedStepSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  reason: v.picklist(reasons),
  /** For `found`: the id of the plan's finding that points here. */
  finding: v.optional(Text),
  /** Whether Microsoft documents this remedy for this code. */
  documented: v.boolean(),
  /** Where the remedy itself is written. */
  source: v.pipe(v.string(), v.url(), v.regex(MICROSOFTS_WORD)),
  risk: v.picklist(['none', 'low', 'medium']),
  /** Expected duration in seconds. */
  seconds: Count,
  undo: v.picklist(undoKinds),
  /** Ids of the plan's findings to know before one agrees. */
  warnings: v.array(Text),
  items: v.pipe(v.array(ItemSchema), v.maxLength(2000)),
});

/** Why a remedy is left out; the words are under `left_<id>`. */
export const leftOutReasons = [
  'nothing-to-change',
  'onedrive-missing',
  'cannot-look',
  'already-tried',
  'not-joined',
  'tool-missing',
  'needs-browser',
  'unsafe-now',
  'forbidden',
  'needs-approval',
] as const;

const LeftOutSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  because: v.picklist(leftOutReasons),
  /** For `unsafe-now`: the id of the finding that makes it so. */
  finding: v.optional(Text),
});

/** What is often the case when a failure comes back; the words are under `pattern_<id>` and `prevent_<id>`. */
export const patterns = ['network-change', 'vpn', 'windows-update', 'start'] as const;

/** That this failure came before: how often, after what, and what helped. */
export const RecurrenceSchema = v.strictObject({
  code: Code,
  /** Within the last 30 days, the newest included. */
  count: Count,
  pattern: v.nullable(v.picklist(patterns)),
  /** Remedies after which sign-in worked, the latest first. */
  helped: v.array(v.picklist(remedyIds)),
});

export const PlanSchema = v.strictObject({
  id: Id,
  failure: FailureSchema,
  /** What was looked at to make the plan. */
  findings: v.array(FindingSchema),
  steps: v.array(PlannedStepSchema),
  leftOut: v.array(LeftOutSchema),
  recurrence: v.nullable(RecurrenceSchema),
});

export const StartParams = v.strictObject({
  planId: Id,
  /** Ids of the items to change, step by step; a step that is not named is left out. */
  chosen: v.pipe(
    v.array(v.strictObject({ remedy: v.picklist(remedyIds), items: v.array(Id) })),
    v.maxLength(remedyIds.length),
  ),
});

export type Failure = v.InferOutput<typeof FailureSchema>;
export type Item = v.InferOutput<typeof ItemSchema>;
export type PlannedStep = v.InferOutput<typeof PlannedStepSchema>;
export type LeftOut = v.InferOutput<typeof LeftOutSchema>;
export type Pattern = (typeof patterns)[number];
export type Recurrence = v.InferOutput<typeof RecurrenceSchema>;
export type Plan = v.InferOutput<typeof PlanSchema>;
export type StartChoice = v.InferOutput<typeof StartParams>;
