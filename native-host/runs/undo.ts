/** Undo: puts back what a run changed, the last change first, and says of each thing that stays why. */
import { ProblemError, toProblem } from '../../common/problem.ts';
import { isGuide } from '../../common/remedies.ts';
import type { Activity, UndoChoice } from '../../common/run.ts';
import type { Machine } from '../machine/machine.ts';
import { repairOf } from '../remedies/index.ts';
import type { Json, Reverted } from '../remedies/remedy.ts';
import { isOpen, operationId, revertible } from './state.ts';
import { type Journal, placeOf } from './store.ts';

const now = () => new Date().toISOString();

/** Which part of a run, and what may be overwritten. */
export type UndoPart = Omit<UndoChoice, 'runId'>;

/**
 * Puts back all that can be, or only some steps of it. What exists anew is left as it is, unless its id is in
 * `replace`: then only these are put back, each newer thing copied or set aside before it gives way. Also goes on
 * with an undo that was cut off, and closes a run that was. Fails with `nothing-to-undo` when there is nothing.
 */
export async function undo(
  journal: Journal,
  machine: Machine,
  { steps, replace }: UndoPart,
  changed: (step?: number, activity?: Activity) => void,
): Promise<void> {
  const { state } = journal;
  if (!state.run.canUndo && !isOpen(state.run)) throw new ProblemError('nothing-to-undo');
  await journal.add({ type: 'undo', time: now(), steps, replace });
  for (const [step, { operations }] of [...state.begin.steps.entries()].reverse()) {
    if (steps && !steps.includes(step)) continue;
    const backups = await journal.backupsOf(step);
    for (const [operation, { label }] of [...operations.entries()].reverse()) {
      const replaced = replace?.includes(operationId(step, operation)) ?? false;
      if (!revertible(state, step, operation) || (replace && !replaced)) continue;
      changed(step, { id: 'putting-back', subject: label.slice(0, 500) });
      const backup = backups.get(operation);
      const reverted = await putBack(journal, machine, { step, operation, backup, replaced });
      await journal.add({ type: 'reverted', step, operation, ...reverted });
    }
  }
  await journal.add({ type: 'undo-end', time: now() });
}

interface Which {
  step: number;
  operation: number;
  backup: Json | undefined;
  replaced: boolean;
}

async function putBack(journal: Journal, machine: Machine, which: Which): Promise<Reverted> {
  const { step, operation, backup, replaced } = which;
  const { remedy, operations } = journal.plannedStep(step);
  const planned = operations[operation];
  if (isGuide(remedy) || planned === undefined) return { result: 'impossible', why: 'no-undo' };
  if (backup === undefined) return { result: 'impossible', why: 'backup-missing' };
  try {
    if (replaced) await keepNewer(journal, machine, which, planned.intent);
    return await repairOf(remedy).revert(machine, planned.intent, backup, { replace: replaced });
  } catch (error) {
    // One that cannot be read or written back must not keep the others from coming back.
    const { kind } = toProblem(error);
    if (kind === 'disk-full' || kind === 'access-denied') throw error;
    return { result: 'impossible', why: kind === 'backup-unreadable' ? kind : 'failed' };
  }
}

/** A copy of what is there now and is to give way: nothing is overwritten that is nowhere else. */
async function keepNewer(
  journal: Journal,
  machine: Machine,
  { step, operation }: Which,
  intent: Json,
): Promise<void> {
  const { remedy } = journal.plannedStep(step);
  if (isGuide(remedy)) return;
  const made = await repairOf(remedy).backup(machine, intent, {
    place: `${placeOf(journal.state, step, operation)}-newer`,
    earlier: undefined,
    asItIs: true,
  });
  if (typeof made === 'object') {
    await journal.keep([{ step, operation, backup: made.keep, displaced: true }]);
  }
}
