/** How a run and its steps stand, in a few words. */
import type { RemedyId } from '../remedies.ts';
import type { Run, RunStep } from '../run.ts';
import { messageKey, type Say } from '../text.ts';

/** How a run stands. */
export function runTitle({ status }: Run, say: Say): string {
  return say(messageKey('run', status));
}

/** What is done by a remedy. */
export function remedyTitle(remedy: RemedyId, say: Say): string {
  return say(messageKey('remedy', remedy));
}

/** How a step stands; its verification's outcome where it has one. */
export function stepTitle(step: RunStep, run: Run, say: Say): string {
  const { status, verification, problem } = step;
  const over = run.status !== 'running' && run.status !== 'your-turn';
  if (status === 'done' && verification) return say(messageKey('verification', verification.outcome));
  if (status === 'failed' && problem) return say(messageKey('problem', problem.kind));
  if (over && (status === 'running' || status === 'verifying' || status === 'your-turn'))
    return say('ui_cut_off');
  if (!over || status !== 'waiting') return say(messageKey('step', status));
  return say(run.status === 'fixed' ? 'ui_not_needed' : 'ui_not_done');
}
