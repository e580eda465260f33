/**
 * Carries a run out: step by step, each backed up before it acts, each verified after. Every act stands in the
 * journal before it happens, so the same code begins a run and finishes one that was cut off.
 */
import type { Activity, Verification } from '../../common/contract.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import { remedies } from '../remedies/index.ts';
import type { Backup, endStatuses } from './records.ts';
import { isOpen, revertible } from './state.ts';
import type { Journal } from './store.ts';

export interface EngineContext {
  machine: Machine;
  /** Aborted when the person cancels; takes effect between operations. */
  signal: AbortSignal;
  /** Signs in again and says how it went; never rejects. */
  verify: () => Promise<Verification>;
  /** Called after every change, with what is happening now. */
  changed: (step?: number, activity?: Activity) => void;
}

type EndStatus = (typeof endStatuses)[number];

const now = () => new Date().toISOString();

/** Runs all steps that have not ended, until one helped, failed, or the person is needed. */
export async function carryOut(journal: Journal, context: EngineContext): Promise<void> {
  const { run } = journal.state;
  let status: EndStatus = 'not-fixed';
  for (let step = 0; step < run.steps.length; step++) {
    const ended = await stepEnd(journal, step, context);
    if (ended !== 'go-on') {
      status = ended;
      break;
    }
  }
  // Told by whoever waits for the end, once the next run may begin.
  await journal.add({ type: 'end', status, time: now() });
}

/** One step with its verification; `go-on` when it did not help and the next may. */
async function stepEnd(journal: Journal, step: number, context: EngineContext): Promise<EndStatus | 'go-on'> {
  const view = journal.state.run.steps[step];
  if (view?.verification) return conclusion(view.verification, journal.state.run.failure.code);
  if (view?.status === 'failed') return 'failed';
  if (context.signal.aborted) return 'cancelled';
  if (view?.status !== 'verifying') {
    const ended = await perform(journal, step, context);
    if (ended !== 'done') return ended;
  }
  context.changed(step, { id: 'signing-in' });
  const verification = await context.verify();
  await journal.add({ type: 'verified', step, verification, time: now() });
  context.changed(step);
  const next = conclusion(verification, journal.state.run.failure.code);
  return next === 'go-on' && context.signal.aborted ? 'cancelled' : next;
}

/** What a verification means for the run. Another failure than before is for a new plan, not for this one. */
function conclusion({ outcome, code }: Verification, failed: string): EndStatus | 'go-on' {
  if (outcome === 'works') return 'fixed';
  if (outcome === 'needs-user') return 'needs-user';
  if (outcome === 'unknown') return 'unverified';
  return code === undefined || code === failed ? 'go-on' : 'not-fixed';
}

async function perform(
  journal: Journal,
  step: number,
  context: EngineContext,
): Promise<'done' | 'failed' | 'cancelled'> {
  try {
    await journal.add({ type: 'step', step, time: now() });
    context.changed(step, { id: 'looking' });
    // Also when it was cut off: since then a copy may have expired, or an entry been renewed.
    await backUp(journal, step, context);
    const finished = await act(journal, step, context);
    const status = finished ? 'done' : 'cancelled';
    await journal.add({ type: 'step-end', step, status, time: now() });
    context.changed(step);
    return status;
  } catch (error) {
    await journal.add({ type: 'step-end', step, status: 'failed', problem: toProblem(error), time: now() });
    context.changed(step);
    return 'failed';
  }
}

async function backUp(journal: Journal, step: number, { machine, changed }: EngineContext): Promise<void> {
  const { remedy, operations } = planned(journal, step);
  const backups: Backup[] = [];
  const gone: number[] = [];
  for (const [operation, { label, intent }] of operations.entries()) {
    if (journal.state.operations[step]?.[operation]?.acted) continue;
    changed(step, { id: 'backing-up', subject: label.slice(0, 500) });
    const backup = await remedies[remedy].backup(machine, intent);
    if (backup === 'gone') gone.push(operation);
    else backups.push({ step, operation, backup });
  }
  await journal.keep(backups);
  await journal.add({ type: 'backed-up', step, gone });
}

/** Acts on everything not yet done; false when the person cancelled before the end. */
async function act(journal: Journal, step: number, context: EngineContext): Promise<boolean> {
  const { remedy, operations } = planned(journal, step);
  for (const [operation, { intent }] of operations.entries()) {
    const state = journal.state.operations[step]?.[operation];
    if (!state || state.acted || state.gone) continue;
    if (context.signal.aborted) return false;
    await remedies[remedy].act(context.machine, intent, {
      signal: context.signal,
      report: (activity) => context.changed(step, activity),
    });
    // Not flushed: should the record be lost, doing the operation again changes nothing.
    await journal.add({ type: 'acted', step, operation }, false);
    context.changed(step);
  }
  return true;
}

/**
 * Puts back all that can be, the last change first. What exists anew is left as it is. Also goes on with an undo
 * that was cut off, and closes a run that was. Fails with `nothing-to-undo` when an ended run has nothing to undo.
 */
export async function undo(
  journal: Journal,
  machine: Machine,
  changed: (step?: number, activity?: Activity) => void,
): Promise<void> {
  const { state } = journal;
  if (!state.run.canUndo && !isOpen(state.run)) throw new ProblemError('nothing-to-undo');
  const backups = new Map(
    (await journal.backups()).map((each) => [`${each.step}/${each.operation}`, each.backup]),
  );
  await journal.add({ type: 'undo', time: now() });
  for (const [step, { operations }] of [...state.begin.steps.entries()].reverse()) {
    for (const [operation, { label, intent }] of [...operations.entries()].reverse()) {
      if (!revertible(state, step, operation)) continue;
      changed(step, { id: 'putting-back', subject: label.slice(0, 500) });
      const result = await putBack(
        machine,
        journal,
        step,
        operation,
        intent,
        backups.get(`${step}/${operation}`),
      );
      await journal.add({ type: 'reverted', step, operation, result });
    }
  }
  await journal.add({ type: 'undo-end', time: now() });
}

type Intent = Parameters<(typeof remedies)['purge-credentials']['act']>[1];

async function putBack(
  machine: Machine,
  journal: Journal,
  step: number,
  operation: number,
  intent: Intent,
  backup: Intent | undefined,
) {
  if (backup === undefined) return 'impossible' as const;
  try {
    const result = await remedies[planned(journal, step).remedy].revert(machine, intent, backup);
    // Never removed in the first place: the run ended before its turn.
    const untouched = result === 'conflict' && !journal.state.operations[step]?.[operation]?.acted;
    return untouched ? ('already' as const) : result;
  } catch (error) {
    // One that cannot be read or written back must not keep the others from coming back.
    const { kind } = toProblem(error);
    if (kind === 'disk-full' || kind === 'access-denied') throw error;
    return 'impossible' as const;
  }
}

function planned(journal: Journal, step: number) {
  const found = journal.state.begin.steps[step];
  if (!found) throw new ProblemError('internal', `the run has no step ${step}`);
  return found;
}
