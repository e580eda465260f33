/**
 * Carries a run out: step by step, each backed up before it acts, each verified after. Every act stands in the
 * journal before it happens, so the same code begins a run, goes on with one that waited for the person, and
 * finishes one that was cut off.
 */
import { type ProblemKind, toProblem } from '../../common/problem.ts';
import { isGuide } from '../../common/remedies.ts';
import type { Activity, Verification } from '../../common/run.ts';
import type { Machine } from '../machine/machine.ts';
import { refuseUnlessAllowed } from '../policy/remedies.ts';
import { repairOf } from '../remedies/index.ts';
import { within } from './limit.ts';
import type { Backup, endStatuses } from './records.ts';
import { type Journal, placeOf } from './store.ts';

export interface EngineContext {
  machine: Machine;
  /** Aborted when the person cancels; a step that has begun to act is finished, unless it waits for the person. */
  signal: AbortSignal;
  /** Signs in again, looks at OneDrive where that matters, and says how it went; never rejects. */
  verify: (step: number) => Promise<Verification>;
  /** Has the browser clear its session. */
  clearSession: () => Promise<void>;
  /** Called after every change, with what is happening now. */
  changed: (step?: number, activity?: Activity) => void;
}

type EndStatus = (typeof endStatuses)[number];
type StepEnd = EndStatus | 'go-on' | 'your-turn';

const now = () => new Date().toISOString();

/** Runs all steps that have not ended, until one helped or the person is needed. */
export async function carryOut(journal: Journal, context: EngineContext): Promise<void> {
  const { run } = journal.state;
  let ended: StepEnd = 'go-on';
  for (let step = 0; step < run.steps.length && ended === 'go-on'; step++) {
    ended = await stepEnd(journal, step, context);
  }
  if (ended === 'your-turn') return;
  const failed = run.steps.some((step) => step.status === 'failed');
  const status = ended === 'go-on' ? (failed ? 'failed' : 'not-fixed') : ended;
  // Told by whoever waits for the end, once the next run may begin.
  await journal.add({ type: 'end', status, time: now() });
}

/** One step with its verification; `go-on` when it did not help and the next may. */
async function stepEnd(journal: Journal, step: number, context: EngineContext): Promise<StepEnd> {
  const view = journal.state.run.steps[step];
  if (view?.verification) return conclusion(view.verification, journal.state.run.failure.code);
  if (view?.status === 'skipped') return 'go-on';
  if (view?.status === 'failed') return afterFailure(journal, step);
  if (context.signal.aborted) return 'cancelled';
  if (view?.status === 'your-turn') return 'your-turn';
  if (view?.status !== 'verifying') {
    const ended = await perform(journal, step, context);
    if (ended !== 'done') return ended === 'failed' ? afterFailure(journal, step) : ended;
    if (context.signal.aborted) return 'cancelled';
  }
  context.changed(step, { id: 'signing-in' });
  const verification = await context.verify(step);
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

/** Troubles of one step alone: the next one may still help. */
const ofOneStep: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'exe-failed',
  'timed-out',
  'file-in-use',
  'app-open',
  'permission-refused',
  'browser-missing',
]);

/** Policy does not let the step be done, or not now. */
const byPolicy: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['turned-off', 'needs-approval']);

/** A step that failed and can have changed nothing for the worse does not keep the next from being tried. */
function afterFailure(journal: Journal, step: number): EndStatus | 'go-on' {
  const { remedy } = journal.plannedStep(step);
  const problem = journal.state.run.steps[step]?.problem;
  // Refused before it began.
  if (problem?.kind === 'not-safe-now') return 'go-on';
  if (problem && byPolicy.has(problem.kind)) {
    // Half done, as where policy changed while it was cut off, it is for the person to put back.
    const begun = journal.state.operations[step]?.some(({ backedUp }) => backedUp) ?? false;
    return begun ? 'failed' : 'go-on';
  }
  const harmless = !isGuide(remedy) && repairOf(remedy).risk !== 'medium';
  return harmless && problem && ofOneStep.has(problem.kind) ? 'go-on' : 'failed';
}

async function perform(
  journal: Journal,
  step: number,
  context: EngineContext,
): Promise<'done' | 'failed' | 'cancelled' | 'your-turn'> {
  try {
    await journal.add({ type: 'step', step, time: now() });
    // Whoever planned, agreed or cut it off before: what counts is policy as it stands now.
    await refuseUnlessAllowed(context.machine, journal.plannedStep(step).remedy);
    if (isGuide(journal.plannedStep(step).remedy)) {
      await journal.add({ type: 'your-turn', step, time: now() });
      return 'your-turn';
    }
    context.changed(step, { id: 'looking' });
    // Also when it was cut off: since then a copy may have expired, or an entry been renewed.
    await backUp(journal, step, context);
    const status = context.signal.aborted ? 'cancelled' : await act(journal, step, context);
    await journal.add({ type: 'step-end', step, status, time: now() });
    context.changed(step);
    return status;
  } catch (error) {
    const problem = toProblem(error);
    await journal.add({ type: 'step-end', step, status: 'failed', problem, time: now() });
    context.changed(step);
    return 'failed';
  }
}

async function backUp(journal: Journal, step: number, { machine, changed }: EngineContext): Promise<void> {
  const { remedy, operations } = journal.plannedStep(step);
  const earlier = await journal.backupsOf(step);
  const backups: Backup[] = [];
  const gone: number[] = [];
  const different: number[] = [];
  for (const [operation, { label, intent }] of operations.entries()) {
    if (journal.state.operations[step]?.[operation]?.acted) continue;
    changed(step, { id: 'backing-up', subject: label.slice(0, 500) });
    const made = await repairOf(remedy).backup(machine, intent, {
      place: placeOf(journal.state, step, operation),
      earlier: earlier.get(operation),
    });
    if (made === 'gone') gone.push(operation);
    else if (made === 'changed') different.push(operation);
    else if (made !== 'kept') backups.push({ step, operation, backup: made.keep });
  }
  await journal.keep(backups);
  await journal.add({ type: 'backed-up', step, gone, changed: different });
}

/** Acts on everything not yet done. What has begun is not left half-way, also when the person cancels. */
async function act(journal: Journal, step: number, context: EngineContext): Promise<'done' | 'cancelled'> {
  const { remedy, operations } = journal.plannedStep(step);
  const repair = repairOf(remedy);
  for (const [operation, { intent }] of operations.entries()) {
    const state = journal.state.operations[step]?.[operation];
    if (!state || state.acted || state.skipped) continue;
    const ended = await within(repair.limit, context.signal, (signal) =>
      repair.act(context.machine, intent, {
        signal,
        place: placeOf(journal.state, step, operation),
        report: (activity) => context.changed(step, activity),
        clearSession: context.clearSession,
      }),
    );
    if (ended === 'cancelled') return ended;
    // Not flushed: should the record be lost, doing the operation again changes nothing.
    await journal.add({ type: 'acted', step, operation }, false);
    context.changed(step);
  }
  return 'done';
}
