/** Works out from a journal's records how a run stands. Pure, and the only place that knows. */
import type { Run, RunStep } from '../../common/contract.ts';
import type { Begin, JournalRecord } from './records.ts';

/** How far one operation came. */
export interface OperationState {
  backedUp: boolean;
  /** The thing was no longer there when its backup was to be made: nothing to do, nothing to undo. */
  gone: boolean;
  acted: boolean;
  reverted?: 'restored' | 'already' | 'conflict' | 'impossible';
}

export interface RunState {
  begin: Begin;
  run: Run;
  operations: OperationState[][];
}

/** Neither ended nor undone: it goes on somewhere, or was cut off. */
export function isOpen({ status }: Run): boolean {
  return status === 'running' || status === 'undoing';
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
    },
    operations: begin.steps.map(({ operations }) =>
      operations.map(() => ({ backedUp: false, gone: false, acted: false })),
    ),
  };
}

/** Takes one more record in. Records that name steps or operations that are not there change nothing. */
export function advance(state: RunState, record: JournalRecord): void {
  apply(state, record);
  state.run.revision += 1;
  state.run.canUndo = undoable(state);
}

function apply(state: RunState, record: JournalRecord): void {
  const { run } = state;
  const step = 'step' in record ? run.steps[record.step] : undefined;
  switch (record.type) {
    case 'begin':
      return;
    case 'step':
      run.status = 'running';
      if (step) Object.assign(step, { status: 'running', startedAt: step.startedAt ?? record.time });
      return;
    case 'backed-up':
      applyBackups(state, record.step, record.gone);
      return;
    case 'acted':
      applyActed(state, record.step, record.operation);
      return;
    case 'step-end':
      if (step) {
        const verifying = record.status === 'done' ? 'verifying' : record.status;
        Object.assign(step, { status: verifying, endedAt: record.time });
        if (record.problem) step.problem = record.problem;
      }
      return;
    case 'verified':
      if (step) Object.assign(step, { status: 'done', verification: record.verification });
      return;
    case 'end':
      Object.assign(run, { status: record.status, endedAt: record.time });
      for (const each of run.steps) if (each.status === 'verifying') each.status = 'done';
      return;
    case 'undo':
      run.status = 'undoing';
      return;
    case 'reverted': {
      const operation = state.operations[record.step]?.[record.operation];
      if (operation) operation.reverted = record.result;
      return;
    }
    case 'undo-end':
      Object.assign(run, { status: 'undone', endedAt: record.time, undone: summary(state) });
  }
}

function applyBackups(state: RunState, step: number, gone: number[]): void {
  const operations = state.operations[step] ?? [];
  operations.forEach((operation, index) => {
    // What was copied before and is gone now was taken away by this run: its first copy counts.
    operation.gone = gone.includes(index) && !operation.backedUp;
    operation.backedUp = true;
  });
  const view = state.run.steps[step];
  if (view) view.done = operations.filter(({ gone, acted }) => gone || acted).length;
}

function applyActed(state: RunState, step: number, operation: number): void {
  const operations = state.operations[step];
  const at = operations?.[operation];
  const view = state.run.steps[step];
  if (!operations || !at || !view) return;
  at.acted = true;
  // Never acted upon without a copy, even where the line that said so was damaged since.
  at.backedUp = true;
  view.done = operations.filter(({ gone, acted }) => gone || acted).length;
}

/** Whether undoing an operation could bring something back. */
export function revertible(state: RunState, step: number, operation: number): boolean {
  const at = state.operations[step]?.[operation];
  if (!at || state.run.steps[step]?.undo === 'none') return false;
  const settled = at.reverted === 'restored' || at.reverted === 'already' || at.reverted === 'impossible';
  // Backed up but not marked as acted: the host was killed in between, so the thing may be gone.
  return at.backedUp && !at.gone && !settled;
}

function undoable(state: RunState): boolean {
  return state.operations.some((operations, step) =>
    operations.some((_, operation) => revertible(state, step, operation)),
  );
}

function summary(state: RunState): NonNullable<Run['undone']> {
  const results = state.operations.flatMap((operations, step) =>
    operations.map(({ reverted }, operation) => ({
      reverted,
      label: state.begin.steps[step]?.operations[operation]?.label ?? '',
    })),
  );
  const labels = (wanted: string) =>
    results.flatMap(({ reverted, label }) => (reverted === wanted ? [label] : []));
  return {
    restored: labels('restored').length,
    already: labels('already').length,
    conflicts: labels('conflict'),
    impossible: labels('impossible'),
  };
}
