/** Which one thing popup and banner are about, given the whole state. */
import type { History } from '../../common/history.ts';
import type { Failure, Plan } from '../../common/plan.ts';
import type { Problem } from '../../common/problem.ts';
import type { Run, RunStep } from '../../common/run.ts';
import type { CheckState, HostState, UiState } from '../ui-state.ts';
import { canRepair } from './meanings.ts';
import { currentStep } from './words.ts';

export type HostTrouble = Exclude<HostState, { state: 'idle' | 'starting' | 'ready' }>;

export type Stage =
  | { at: 'nothing' }
  | { at: 'problem'; problem: Problem }
  | { at: 'failure'; failure: Failure; repairable: boolean }
  | { at: 'plan'; plan: Plan }
  | { at: 'run'; run: Run }
  | { at: 'guide'; run: Run; step: RunStep }
  | { at: 'ended'; run: Run }
  | { at: 'history'; history: History }
  | { at: 'check'; check: CheckState }
  | { at: 'host'; host: HostTrouble; failure: Failure | null };

/** How the helper is in trouble, if it is. */
export function troubleOf(host: HostState): HostTrouble | null {
  return host.state === 'idle' || host.state === 'starting' || host.state === 'ready' ? null : host;
}

/** Whether a run has come to rest: nothing goes on, and nothing waits for the person's hand. */
export function isOver({ status }: Run): boolean {
  return status !== 'running' && status !== 'undoing' && status !== 'your-turn';
}

/** Whether something goes on that is to end before the next is asked for. */
export function isWaiting({ busy, host }: UiState): boolean {
  return busy !== null || host.state === 'starting';
}

/** What a view knows besides the state. */
export interface Local {
  /** A plan left with Back. */
  closedPlan?: string | null;
  /** The history was asked for here: then the helper is needed, whatever failed. */
  askedHistory?: boolean;
}

/**
 * A run in progress comes before all, a plan before the run that it follows. A helper in trouble matters only
 * where it is needed: who must ask IT anyway is not told to install it, and the browser can look at the connection
 * alone.
 */
export function stageOf(state: UiState, { closedPlan, askedHistory }: Local = {}): Stage {
  const { failure, plan, run, check, history, problem } = state;
  const live = run !== null && !isOver(run);
  if (check && !live) return { at: 'check', check };
  const host = troubleOf(state.host);
  const repairable = failure !== null && canRepair(failure);
  if (host && (repairable || !failure || run || askedHistory))
    return { at: 'host', host, failure: failure ?? run?.failure ?? null };
  if (live) return stageOfLive(run);
  if (history) return { at: 'history', history };
  if (plan && plan.id !== closedPlan) return { at: 'plan', plan };
  if (run) return { at: 'ended', run };
  if (failure) return { at: 'failure', failure, repairable };
  return problem ? { at: 'problem', problem } : { at: 'nothing' };
}

function stageOfLive(run: Run): Stage {
  const step = run.status === 'your-turn' ? currentStep(run) : undefined;
  return step ? { at: 'guide', run, step } : { at: 'run', run };
}

/** The same for the same thing, so that focus moves, and a dismissal ends, only when it is another. */
export function stageKey(stage: Stage): string {
  switch (stage.at) {
    case 'nothing':
    case 'history':
    case 'check':
      return stage.at;
    case 'problem':
      return `problem ${stage.problem.kind}`;
    case 'failure':
      return `failure ${stage.failure.code} ${stage.failure.time}`;
    case 'plan':
      return `plan ${stage.plan.id}`;
    case 'host':
      return `host ${stage.host.state}`;
    case 'guide':
      return `run ${stage.run.id} ${stage.run.status} ${stage.step.remedy}`;
    case 'run':
    case 'ended':
      return `run ${stage.run.id} ${stage.run.status}`;
  }
}
