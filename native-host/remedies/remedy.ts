/** What every remedy is made of. A remedy is a file beside this one; index.ts is their registry. */
import type { FailureMeaning } from '../../common/failures/index.ts';
import type { Finding } from '../../common/findings.ts';
import type { Failure, Item, LeftOut, PlannedStep } from '../../common/plan.ts';
import type { Objection } from '../../common/policy.ts';
import type { RepairId } from '../../common/remedies.ts';
import type { Activity, Undone } from '../../common/run.ts';
import type { Machine } from '../machine/machine.ts';

/** Plain JSON, as it stands in the journal. What is read back from there is parsed by the remedy's schema. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One thing that a step does: `intent` goes to the journal and is all that is needed to do or undo it. */
export interface Operation {
  item: Item;
  intent: Json;
}

export type Preview =
  | { state: 'ready'; operations: Operation[]; warnings?: readonly Finding[] }
  | { state: 'unsafe-now'; finding: Finding }
  | { state: Exclude<LeftOut['because'], 'unsafe-now' | 'already-tried' | Objection | 'cannot-look'> };

export interface PreviewContext {
  failure: Failure;
  meaning: FailureMeaning;
  /** What the checks found so far. */
  findings: readonly Finding[];
  /** A browser that can be asked to do its part is connected. */
  browser: boolean;
}

export interface BackupContext {
  /** A name for what is moved to the quarantine: the same for the same operation of the same run. */
  place: string;
  /** The copy that was made before the run was cut off. */
  earlier: Json | undefined;
  /** Copy what is there now, whether or not the plan showed it: it is to give way in an undo. */
  asItIs?: boolean;
}

export interface ActContext {
  signal: AbortSignal;
  place: string;
  /** Tells what is happening now. */
  report: (activity: Activity) => void;
  /** Has the browser clear its session. Fails with `browser-missing` or `permission-refused`. */
  clearSession: () => Promise<void>;
}

export interface RevertContext {
  /** The person has said that what came since is to give way; it was backed up before. */
  replace: boolean;
}

/** How putting one thing back ended. */
export type Reverted =
  | { result: 'restored' | 'already' | 'conflict' }
  | { result: 'impossible'; why: Undone['impossible'][number]['why'] };

export interface Remedy {
  id: RepairId;
  risk: PlannedStep['risk'];
  /** Expected duration in seconds, for a person to decide by. */
  seconds: number;
  /** Milliseconds after which one operation of it is stopped, with all that it started. */
  limit: number;
  undo: PlannedStep['undo'];
  /** Where it is documented. */
  source: `https://${string}`;
  /** What is looked at afterwards, besides signing in. */
  proves: 'sign-in' | 'onedrive';
  /** Looks at the machine and says what would be changed; changes nothing. */
  preview(machine: Machine, context: PreviewContext): Promise<Preview>;
  /**
   * All that is needed to put the thing back, proved readable. Null when there is nothing to keep, `gone` when the
   * thing itself is no longer there, `changed` when it is not what the plan showed, `kept` when the earlier copy
   * is still the true one.
   */
  backup(
    machine: Machine,
    intent: Json,
    context: BackupContext,
  ): Promise<{ keep: Json } | 'gone' | 'changed' | 'kept'>;
  /** Does it. Must be safe to do twice, as a run that was cut off is finished this way. */
  act(machine: Machine, intent: Json, context: ActContext): Promise<void>;
  /** Puts it back from its backup; overwrites what came since only with `replace`. Safe to do twice. */
  revert(machine: Machine, intent: Json, backup: Json, context: RevertContext): Promise<Reverted>;
}
