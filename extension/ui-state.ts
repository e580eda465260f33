/**
 * What popup and banner show, and what they may ask of the background. The background owns the state and
 * pushes it whole; the views are functions of it. Both directions are parsed by these schemas.
 */
import * as v from 'valibot';
import { checkScopes, DiagnosisSchema } from '../common/check.ts';
import { categories } from '../common/failures/category.ts';
import { checkIds, FindingSchema } from '../common/findings.ts';
import { HistorySchema } from '../common/history.ts';
import { Time } from '../common/parts.ts';
import { FailureSchema, PlanSchema } from '../common/plan.ts';
import { ProblemSchema } from '../common/problem.ts';
import { linkIds, remedyIds } from '../common/remedies.ts';
import { RunSchema, UndoParams } from '../common/run.ts';

/**
 * How the host stands. `starting` is calm (an antivirus may take seconds over a first start); `silent` is
 * trouble (6 s without a word).
 */
const HostSchema = v.variant('state', [
  v.strictObject({ state: v.literal('idle') }),
  v.strictObject({ state: v.literal('starting') }),
  v.strictObject({ state: v.literal('ready'), version: v.string() }),
  v.strictObject({ state: v.literal('missing') }),
  v.strictObject({ state: v.literal('forbidden') }),
  v.strictObject({ state: v.literal('blocked') }),
  v.strictObject({ state: v.literal('old-host'), version: v.string() }),
  v.strictObject({ state: v.literal('old-extension'), version: v.string() }),
  v.strictObject({ state: v.literal('died') }),
  v.strictObject({ state: v.literal('silent') }),
  v.strictObject({ state: v.literal('garbled') }),
]);

/** What a code means, in the person's language. */
const MeaningSchema = v.strictObject({
  code: v.string(),
  category: v.picklist(categories),
  title: v.string(),
  todo: v.string(),
  /** Something on this PC may help. */
  repairable: v.boolean(),
  /** Where Microsoft writes about it. */
  source: v.nullable(v.string()),
});

/** A text that was asked about, and the codes in it, the most telling first; their meanings stand in the state. */
export const ExplainedSchema = v.strictObject({ text: v.string(), codes: v.array(v.string()) });

/** A look at the connection and this PC: results as they come. */
export const CheckStateSchema = v.strictObject({
  scope: v.picklist(checkScopes),
  /** `partial`: the helper could not be asked, so this is what the browser alone can see. */
  state: v.picklist(['looking', 'done', 'partial', 'cancelled']),
  /** The checks that are still at it. */
  waiting: v.array(v.picklist(checkIds)),
  /** In the order in which they came. */
  findings: v.array(FindingSchema),
  /** Null while it is being looked. */
  diagnosis: v.nullable(DiagnosisSchema),
  /** When it began, and milliseconds that it took. */
  startedAt: Time,
  took: v.nullable(v.number()),
});

export const UiStateSchema = v.strictObject({
  /** What failed in the tab that is looked at; null where nothing is wrong. */
  failure: v.nullable(FailureSchema),
  host: HostSchema,
  /** The PC behind the host is a simulated one; still known when the host rests. */
  simulated: v.boolean(),
  explained: v.nullable(ExplainedSchema),
  /** Address of the organisation's help desk, where its policy names one. */
  helpDesk: v.nullable(v.string()),
  /** How else it is reached, such as by telephone. */
  helpDeskText: v.nullable(v.string()),
  /** Remedies that policy has turned off, or wants to approve first: the host holds to it, views say it. */
  rules: v.array(v.strictObject({ remedy: v.picklist(remedyIds), rule: v.picklist(['approval', 'off']) })),
  /** So many days a repair can be undone. */
  backupDays: v.number(),
  /** What the codes in this state mean. */
  meanings: v.array(MeaningSchema),
  /** What the background is waiting for. */
  busy: v.nullable(v.picklist(['planning', 'starting', 'undoing', 'history'])),
  plan: v.nullable(PlanSchema),
  run: v.nullable(RunSchema),
  /** Null until it is asked for, and when it was closed. */
  check: v.nullable(CheckStateSchema),
  /** Codes that no banner and no notification tells of, as the person wants it. */
  muted: v.array(v.string()),
  /** Whether the connection is looked at after a change of network. */
  watch: v.picklist(['on', 'off', 'forbidden']),
  /** What came before, newest first; null until it is asked for, and when it was closed. */
  history: v.nullable(HistorySchema),
  problem: v.nullable(ProblemSchema),
});

export const UiActionSchema = v.variant('do', [
  /** The banner's button: open the extension's own window, where consent is given. */
  v.strictObject({ do: v.literal('open') }),
  /**
   * What could be done about the failure in the tab, or about a code that was typed, or only by these remedies, which
   * the person chose by hand.
   */
  v.strictObject({
    do: v.literal('plan'),
    code: v.optional(v.pipe(v.string(), v.maxLength(80))),
    only: v.optional(v.array(v.picklist(remedyIds))),
  }),
  /** What a code or an error text means; an empty text closes it. */
  v.strictObject({ do: v.literal('explain'), text: v.string() }),
  v.strictObject({
    do: v.literal('start'),
    planId: v.string(),
    chosen: v.array(v.strictObject({ remedy: v.picklist(remedyIds), items: v.array(v.string()) })),
  }),
  v.strictObject({ do: v.literal('cancel') }),
  v.strictObject({ do: v.literal('finish') }),
  /**
   * Of the run shown, or of that in the history: all of it, or only these steps, by their place; `replace` names
   * conflicts that give way.
   */
  v.strictObject({
    do: v.literal('undo'),
    runId: v.optional(UndoParams.entries.runId),
    steps: UndoParams.entries.steps,
    replace: UndoParams.entries.replace,
  }),
  /** The person did what the guide asks for, or goes on without it. */
  v.strictObject({ do: v.literal('answer'), answer: v.picklist(['done', 'skip']) }),
  /** Opens a place in Windows that the guide leads to. */
  v.strictObject({ do: v.literal('guide'), link: v.picklist(linkIds) }),
  /** Look at the connection and this PC. */
  v.strictObject({ do: v.literal('check') }),
  v.strictObject({ do: v.literal('cancel-check') }),
  v.strictObject({ do: v.literal('close-check') }),
  /** Look, or do not, after a change of network. */
  v.strictObject({ do: v.literal('watch'), on: v.boolean() }),
  /** No banner any more for the code that the tab failed with; again for this one. */
  v.strictObject({ do: v.literal('mute') }),
  v.strictObject({ do: v.literal('unmute'), code: v.string() }),
  v.strictObject({ do: v.literal('history') }),
  /** Deletes all that has ended, backups included. */
  v.strictObject({ do: v.literal('clear-history') }),
  v.strictObject({ do: v.literal('close-history') }),
  /** See whether the host is there, and nothing else. */
  v.strictObject({ do: v.literal('greet') }),
  /** Try the host again after a trouble. */
  v.strictObject({ do: v.literal('retry') }),
  /** Go on to Microsoft 365 in the failed tab. */
  v.strictObject({ do: v.literal('continue') }),
]);

/**
 * All that a banner may ask, as it stands in somebody else's page: nothing that changes the PC. What is offered
 * there and what the background takes from there are both held to this list.
 */
export const bannerActions = ['open', 'continue', 'mute'] as const satisfies readonly UiAction['do'][];
export type BannerAction = (typeof bannerActions)[number];

export type HostState = v.InferOutput<typeof HostSchema>;
export type CheckState = v.InferOutput<typeof CheckStateSchema>;
export type Meaning = v.InferOutput<typeof MeaningSchema>;
export type UiState = v.InferOutput<typeof UiStateSchema>;
export type UiAction = v.InferOutput<typeof UiActionSchema>;

/** Names of the runtime ports over which state is pushed. */
export const POPUP_PORT = 'popup';
export const BANNER_PORT = 'banner';
/** Of the extension's pages in tabs, such as its settings: nobody waits there for a look or a run. */
export const PAGE_PORT = 'page';
