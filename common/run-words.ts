/** How a run and its steps stand, in the same few words on screen and in a report. */
import type { Problem } from './problem.ts';
import type { RemedyId } from './remedies.ts';
import type { Run, RunStep } from './run.ts';
import { messageKey, type Say } from './text.ts';

/** A headline and what to do about it. */
export interface Words {
  title: string;
  next: string;
}

export function problemWords({ kind }: Pick<Problem, 'kind'>, say: Say): Words {
  const key = messageKey('problem', kind);
  return { title: say(key), next: say(`${key}_todo`) };
}

export function runWords({ status }: Run, say: Say): Words {
  const key = messageKey('run', status);
  return { title: say(key), next: say(`${key}_next`) };
}

/** What is done by a remedy, as a headline and a sentence. */
export function remedyWords(remedy: RemedyId, say: Say): Words {
  const key = messageKey('remedy', remedy);
  return { title: say(key), next: say(`${key}_what`) };
}

/** How a step stands; its verification's outcome where it has one. */
export function stepWords(step: RunStep, run: Run, say: Say): string {
  const status = shownStatus(step, run);
  if (status === 'done' && step.verification)
    return say(messageKey('verification', step.verification.outcome));
  if (status === 'failed' && step.problem) return problemWords(step.problem, say).title;
  if (status !== step.status) return say('ui_cut_off');
  if (status !== 'waiting' || isGoingOn(run)) return say(messageKey('step', status));
  return say(run.status === 'fixed' ? 'ui_not_needed' : 'ui_not_done');
}

/** A step that was under way when its run was cut off is not under way any more. */
export function shownStatus({ status }: RunStep, run: Run): RunStep['status'] {
  return isCurrent(status) && !isGoingOn(run) ? 'cancelled' : status;
}

/** The step that a run is at, if it is at one. */
export function currentStep(run: Run): RunStep | undefined {
  return run.steps.find(({ status }) => isCurrent(status));
}

function isGoingOn({ status }: Run): boolean {
  return status === 'running' || status === 'your-turn';
}

function isCurrent(status: RunStep['status']): boolean {
  return status === 'running' || status === 'verifying' || status === 'your-turn';
}
