/** Which one thing popup and banner are about, given the whole state. */
import type { Failure, Plan, Run } from '../../common/contract.ts';
import type { Problem } from '../../common/problem.ts';
import type { HostState, UiState } from '../ui-state.ts';
import { canRepair } from './catalogue.ts';

export type HostTrouble = Exclude<HostState, { state: 'idle' | 'starting' | 'ready' }>;

export type Stage =
  | { at: 'nothing' }
  | { at: 'problem'; problem: Problem }
  | { at: 'failure'; failure: Failure; repairable: boolean }
  | { at: 'plan'; plan: Plan }
  | { at: 'run'; run: Run }
  | { at: 'ended'; run: Run }
  | { at: 'host'; host: HostTrouble; failure: Failure | null };

function troubleOf(host: HostState): HostTrouble | null {
  return host.state === 'idle' || host.state === 'starting' || host.state === 'ready' ? null : host;
}

export function isOver(run: Run): boolean {
  return run.status !== 'running' && run.status !== 'undoing';
}

/**
 * A run in progress comes before all, a plan before the run that it follows. A helper in trouble matters only
 * where it is needed: who must ask IT anyway is not told to install it. `closedPlan` is one left with Back.
 */
export function stageOf(state: UiState, closedPlan: string | null = null): Stage {
  const { failure, plan, run, problem } = state;
  const host = troubleOf(state.host);
  const repairable = failure !== null && canRepair(failure);
  if (host && (repairable || !failure || run))
    return { at: 'host', host, failure: failure ?? run?.failure ?? null };
  if (run && !isOver(run)) return { at: 'run', run };
  if (plan && plan.id !== closedPlan) return { at: 'plan', plan };
  if (run) return { at: 'ended', run };
  if (failure) return { at: 'failure', failure, repairable };
  return problem ? { at: 'problem', problem } : { at: 'nothing' };
}

/** The same for the same thing, so that focus moves, and a dismissal ends, only when it is another. */
export function stageKey(stage: Stage): string {
  switch (stage.at) {
    case 'nothing':
      return stage.at;
    case 'problem':
      return `problem ${stage.problem.kind}`;
    case 'failure':
      return `failure ${stage.failure.code} ${stage.failure.time}`;
    case 'plan':
      return `plan ${stage.plan.id}`;
    case 'host':
      return `host ${stage.host.state}`;
    case 'run':
    case 'ended':
      return `run ${stage.run.id} ${stage.run.status}`;
  }
}
