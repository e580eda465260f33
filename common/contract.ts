/**
 * The contract between extension and host: every message, its schema, and the protocol's number.
 * docs/PROTOCOL.md describes it in prose and a test holds the two together.
 *
 * The browser may choose, never name: nothing here carries a path, a command, a registry key or a
 * credential name *to act on*. Ids of plans, items and runs are made by the host.
 */
import * as v from 'valibot';
import { CheckSchema, checkScopes } from './check.ts';
import { cloudNames } from './clouds.ts';
import { FindingSchema, hostCheckIds } from './findings.ts';
import { HistorySchema } from './history.ts';
import { Code, Count, Id, Version } from './parts.ts';
import { FailureSchema, PlanSchema, StartParams } from './plan.ts';
import { PolicySchema } from './policy.ts';
import { linkIds, remedyIds } from './remedies.ts';
import { RunIdParams, RunSchema, UndoParams, VerificationSchema } from './run.ts';

/** Raised whenever an older peer could misunderstand a newer one. */
export const PROTOCOL = 6;

/** The most that a browser accepts from a host, and may send to it, in bytes of one frame. */
export const MAX_TO_BROWSER = 1024 * 1024;
export const MAX_TO_HOST = 64 * 1024 * 1024;

const Nothing = v.strictObject({});

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
  /** The run in progress, or one that waits for a decision. */
  run: v.nullable(RunSchema),
});

/** What the browser may ask the host. */
export const hostMethods = {
  hello: { params: AnyHelloSchema, result: HelloSchema },
  /** `quick` is what can be told within a few seconds. A second one ends the first with `cancelled`. */
  check: {
    params: v.strictObject({
      scope: v.picklist(checkScopes),
      /** Worldwide unless said otherwise. */
      cloud: v.optional(v.picklist(cloudNames)),
    }),
    result: CheckSchema,
  },
  /** Ends the check of this conversation, if one goes on; that is answered with `cancelled`. */
  'check.cancel': { params: Nothing, result: Nothing },
  plan: {
    params: v.strictObject({
      failure: FailureSchema,
      /** Only these, in this order, as the person chose them by hand. */
      only: v.optional(v.pipe(v.array(v.picklist(remedyIds)), v.maxLength(remedyIds.length))),
      /** Seen in a private window: a plan alone leaves no trace. */
      private: v.optional(v.literal(true)),
    }),
    result: PlanSchema,
  },
  'run.start': { params: StartParams, result: RunSchema },
  'run.get': { params: Nothing, result: v.strictObject({ run: v.nullable(RunSchema) }) },
  'run.cancel': { params: RunIdParams, result: RunSchema },
  'run.finish': { params: RunIdParams, result: RunSchema },
  /** The person did what a guide asked for, or goes on without it. */
  'run.continue': {
    params: v.strictObject({ runId: Id, answer: v.picklist(['done', 'skip']) }),
    result: RunSchema,
  },
  'run.undo': { params: UndoParams, result: RunSchema },
  /** Opens a place in Windows that the guide which waits leads to. */
  'guide.open': { params: v.strictObject({ runId: Id, link: v.picklist(linkIds) }), result: Nothing },
  /** Failures for the history, whether or not anything was done about them. */
  'history.add': {
    params: v.strictObject({ failures: v.pipe(v.array(FailureSchema), v.maxLength(100)) }),
    result: Nothing,
  },
  history: { params: Nothing, result: HistorySchema },
  /** Deletes all that has ended, backups included: after that nothing of it can be undone. */
  'history.clear': { params: Nothing, result: HistorySchema },
} as const;

/** What the host may ask the browser. */
export const browserMethods = {
  verify: { params: v.strictObject({ runId: Id, code: Code }), result: VerificationSchema },
  /** Signs out and removes the sign-in pages' cookies and site data, where the person has allowed it. */
  'session.clear': {
    params: RunIdParams,
    result: v.strictObject({ outcome: v.picklist(['cleared', 'refused']), cookies: Count }),
  },
} as const;

/** What the host tells the browser unasked. */
export const hostNotifications = {
  /** After each `hello`: what the organisation says to the host, which alone holds to it. */
  policy: PolicySchema,
  'run.changed': RunSchema,
  'check.found': FindingSchema,
  /** The checks that are still at it. */
  'check.waiting': v.strictObject({ checks: v.array(v.picklist(hostCheckIds)) }),
} as const;

export type Hello = v.InferOutput<typeof HelloSchema>;
