/** What every remedy is made of. A remedy is a file beside this one; index.ts is their registry. */
import type { Activity, Item, PlannedStep } from '../../common/contract.ts';
import type { RemedyId } from '../../common/remedies.ts';
import type { Machine } from '../machine/machine.ts';

/** Plain JSON, as it stands in the journal. What is read back from there is parsed by the remedy's schema. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One thing that a step does: `intent` goes to the journal and is all that is needed to do or undo it. */
export interface Operation {
  item: Item;
  intent: Json;
}

export type Preview =
  | { state: 'ready'; operations: Operation[] }
  | { state: 'nothing-to-change' | 'onedrive-missing' };

export interface ActContext {
  signal: AbortSignal;
  /** Tells what is happening now. */
  report: (activity: Activity) => void;
}

/** How putting one thing back ended; `impossible` with the reason that a person is told. */
export type Reverted = 'restored' | 'already' | 'conflict' | 'impossible';

export interface Remedy {
  id: RemedyId;
  risk: PlannedStep['risk'];
  /** Expected duration in seconds, for a person to decide by. */
  seconds: number;
  undo: PlannedStep['undo'];
  /** Looks at the machine and says what would be changed; changes nothing. */
  preview(machine: Machine): Promise<Preview>;
  /**
   * All that is needed to put the thing back, proved readable. Null when there is nothing to keep,
   * `gone` when the thing itself is no longer there.
   */
  backup(machine: Machine, intent: Json): Promise<Json | 'gone'>;
  /** Does it. Must be safe to do twice, as a run that was cut off is finished this way. */
  act(machine: Machine, intent: Json, context: ActContext): Promise<void>;
  /** Puts it back from its backup; never overwrites what came since. */
  revert(machine: Machine, intent: Json, backup: Json): Promise<Reverted>;
}
