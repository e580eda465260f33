/** Works out from a journal's records how a run stands. Pure, and the only place that knows. */
import type { Run, RunStep, UndoChoice, Undone } from '../../common/run.ts';
import type { Begin, JournalRecord } from './records.ts';

/** How far one operation came. */
export interface OperationState {
  backedUp: boolean;
  /** Left alone: no longer there when its backup was to be made, or not what the plan showed. */
  skipped?: 'gone' | 'changed';
  acted: boolean;
  reverted?: 'restored' | 'already' | 'conflict' | 'impossible';
  why?: Undone['impossible'][number]['why'];
}

export interface RunState {
  begin: Begin;
  run: Run;
  operations: OperationState[][];
  /** Of an undo that was begun: which steps, and what was to be replaced. */
  undoPart: Omit<UndoChoice, 'runId'>;
}

/** Neither ended nor undone: it goes on somewhere, waits for the person, or was cut off. */
export function isOpen({ status }: Pick<Run, 'status'>): boolean {
  return status === 'running' || status === 'undoing' || status === 'your-turn';
}

/** The id by which a person names one operation of a run, as in a conflict. */
export function operationId(step: number, operation: number): string {
  return `${step}-${operation}`;
}

/** The state right after the journal's first record. */
export function firstState(begin: Begin): RunState {
  const steps = begin.steps.map(
    ({ remedy, undo, operations }): RunStep => ({
      remedy,
      undo,
      status: 'waiting',
      done: 0,
      total: operations.length,
      skipped: [],
      canUndo: false,
    }),
  );
  return {
    begin,
    run: {
      id: begin.id,
      revision: 0,
      failure: begin.failure,
      status: 'running',
      steps,
      startedAt: begin.time,
      canUndo: false,
      damaged: 0,
    },
    operations: begin.steps.map(({ operations }) =>
      operations.map(() => ({ backedUp: false, acted: false })),
    ),
    undoPart: {},
  };
}

/** Takes one more record in. Records that name steps or operations that are not there change nothing. */
export function advance(state: RunState, record: JournalRecord): void {
  apply(state, record);
  state.run.revision += 1;
  for (const [step, view] of state.run.steps.entries()) {
    view.canUndo = canUndo(state, step, record);
  }
  state.run.canUndo = state.run.steps.some(({ canUndo }) => canUndo);
}

/** What is acted upon can only add to what can be undone: a long journal is not looked through for each of its lines. */
function canUndo(state: RunState, step: number, record: JournalRecord): boolean {
  if (record.type === 'acted') {
    const added = record.step === step && revertible(state, step, record.operation);
    return added || (state.run.steps[step]?.canUndo ?? false);
  }
  return state.operations[step]?.some((_, operation) => revertible(state, step, operation)) ?? false;
}

function apply(state: RunState, record: JournalRecord): void {
  const { run } = state;
  switch (record.type) {
    case 'begin':
      return;
    case 'backed-up':
      applyBackups(state, record);
      return;
    case 'acted':
      applyActed(state, record.step, record.operation);
      return;
    case 'end':
      Object.assign(run, { status: record.status, endedAt: record.time });
      for (const each of run.steps) {
        if (each.status === 'verifying') each.status = 'done';
        if (each.status === 'your-turn') each.status = 'cancelled';
      }
      return;
    case 'undo':
      run.status = 'undoing';
      state.undoPart = { steps: record.steps, replace: record.replace };
      return;
    case 'reverted': {
      const operation = state.operations[record.step]?.[record.operation];
      if (operation) Object.assign(operation, { reverted: record.result, why: record.why });
      return;
    }
    case 'undo-end':
      Object.assign(run, { status: 'undone', endedAt: record.time, undone: summary(state) });
      return;
    default:
      applyToStep(run, record);
  }
}

type StepRecord = Extract<
  JournalRecord,
  { type: 'step' | 'step-end' | 'your-turn' | 'answered' | 'verified' }
>;

function applyToStep(run: Run, record: StepRecord): void {
  const step = run.steps[record.step];
  if (!step) return;
  switch (record.type) {
    case 'step':
      run.status = 'running';
      Object.assign(step, { status: 'running', startedAt: step.startedAt ?? record.time });
      return;
    case 'step-end':
      Object.assign(step, {
        status: record.status === 'done' ? 'verifying' : record.status,
        endedAt: record.time,
      });
      if (record.problem) step.problem = record.problem;
      return;
    case 'your-turn':
      run.status = 'your-turn';
      step.status = 'your-turn';
      return;
    case 'answered':
      run.status = 'running';
      Object.assign(step, {
        status: record.answer === 'done' ? 'verifying' : 'skipped',
        endedAt: record.time,
      });
      return;
    case 'verified':
      Object.assign(step, { status: 'done', verification: record.verification });
  }
}

function applyBackups(state: RunState, record: Extract<JournalRecord, { type: 'backed-up' }>): void {
  const operations = state.operations[record.step] ?? [];
  operations.forEach((operation, index) => {
    const changed = record.changed.includes(index);
    // What was copied before and is gone now was taken away by this run: its first copy counts.
    const gone = record.gone.includes(index) && !operation.backedUp;
    if (changed || gone) operation.skipped = changed ? 'changed' : 'gone';
    else operation.backedUp = true;
  });
  count(state, record.step);
  const step = state.run.steps[record.step];
  if (!step) return;
  step.skipped = operations.flatMap(({ skipped }, index) => {
    const label = labelOf(state, record.step, index);
    return skipped ? [{ label, because: skipped }] : [];
  });
}

function applyActed(state: RunState, step: number, operation: number): void {
  const at = state.operations[step]?.[operation];
  if (!at) return;
  const view = state.run.steps[step];
  if (view && !at.acted && !at.skipped) view.done += 1;
  at.acted = true;
  // Never acted upon without a copy, even where the line that said so was damaged since.
  at.backedUp = true;
}

function count(state: RunState, step: number): void {
  const view = state.run.steps[step];
  const operations = state.operations[step] ?? [];
  if (view) view.done = operations.filter(({ skipped, acted }) => skipped || acted).length;
}

/** Whether undoing an operation could bring something back. */
export function revertible(state: RunState, step: number, operation: number): boolean {
  const at = state.operations[step]?.[operation];
  if (!at || state.run.steps[step]?.undo === 'none') return false;
  // What only failed, as a file in use does, may be tried again.
  const never = at.reverted === 'impossible' && at.why !== 'failed';
  const settled = at.reverted === 'restored' || at.reverted === 'already' || never;
  // Backed up but not marked as acted: the host was killed in between, so the thing may be gone.
  return at.backedUp && !settled;
}

function labelOf({ begin }: RunState, step: number, operation: number): string {
  return (begin.steps[step]?.operations[operation]?.label ?? '').slice(0, 500);
}

function summary(state: RunState): Undone {
  const results = state.operations.flatMap((operations, step) =>
    operations.map(({ reverted, why }, operation) => ({
      reverted,
      id: operationId(step, operation),
      label: labelOf(state, step, operation),
      why: why ?? ('failed' as const),
    })),
  );
  const which = (wanted: string) => results.filter(({ reverted }) => reverted === wanted);
  return {
    restored: which('restored').length,
    already: which('already').length,
    conflicts: which('conflict').map(({ id, label }) => ({ id, label })),
    impossible: which('impossible').map(({ label, why }) => ({ label, why })),
  };
}
