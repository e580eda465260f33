/** Chooses the words for what is shown, so that popup and banner say the same. */

import type { Failure } from '../../common/plan.ts';
import type { Problem } from '../../common/problem.ts';
import { type GuideId, guides, isGuide, type RemedyId } from '../../common/remedies.ts';
import type { Activity, Run, RunStep } from '../../common/run.ts';
import { type MessageKey, messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { HostState } from '../ui-state.ts';
import { meaningOf } from './catalogue.ts';

/** A headline and what to do about it. */
export interface Words {
  title: string;
  next: string;
}

export function failureWords(failure: Pick<Failure, 'code'>): Words {
  const { title = failure.code, todo = '' } = meaningOf(failure) ?? {};
  return { title, next: todo };
}

/** Who can fix it, as a label. */
export function whoLabel(failure: Failure): string {
  return say(messageKey('category', failure.category));
}

/** Who can fix it, as a sentence. */
export function whoSentence(failure: Failure): string {
  return say(messageKey('who', failure.category));
}

export function hostWords(host: HostState): Words {
  const version = 'version' in host ? host.version : '';
  return {
    title: say(messageKey('host', host.state)),
    next: say(`${messageKey('host', host.state)}_todo`, version),
  };
}

export function problemWords({ kind }: Problem): Words {
  const key = messageKey('problem', kind);
  return { title: say(key), next: say(`${key}_todo`) };
}

export function runWords({ status }: Run): Words {
  const key = messageKey('run', status);
  return { title: say(key), next: say(`${key}_next`) };
}

/** What is done by a remedy, as a headline and a sentence. */
export function remedyWords(remedy: RemedyId): Words {
  const key = messageKey('remedy', remedy);
  return { title: say(key), next: say(`${key}_what`) };
}

/** What a guide asks the person to do, sentence by sentence; nothing for a remedy that is no guide. */
export function guideWords(remedy: RemedyId): string[] {
  return isGuide(remedy) ? sentencesOf(remedy) : [];
}

function sentencesOf(guide: GuideId): string[] {
  // How many there are stands beside the guide's id, and a test holds the two together.
  return Array.from({ length: guides[guide].steps }, (_, index) =>
    say(`${messageKey('guide', guide)}_${index + 1}` as MessageKey),
  );
}

/** What is happening now; the subject may be missing. */
export function activityWords({ id, subject = '' }: Activity): string {
  return say(messageKey('activity', id), subject).trim();
}

/** How a step stands, in a few words. */
export function stepWords(step: RunStep, run: Run): string {
  const status = shownStatus(step, run);
  if (status === 'done' && step.verification)
    return say(messageKey('verification', step.verification.outcome));
  if (status === 'failed' && step.problem) return problemWords(step.problem).title;
  if (status !== step.status) return say('ui_cut_off');
  if (status !== 'waiting' || isGoingOn(run)) return say(messageKey('step', status));
  return say(run.status === 'fixed' ? 'ui_not_needed' : 'ui_not_done');
}

/** A step that was under way when its run was cut off is not under way any more. */
export function shownStatus({ status }: RunStep, run: Run): RunStep['status'] {
  return isCurrent(status) && !isGoingOn(run) ? 'cancelled' : status;
}

function isGoingOn({ status }: Run): boolean {
  return status === 'running' || status === 'your-turn';
}

function isCurrent(status: RunStep['status']): boolean {
  return status === 'running' || status === 'verifying' || status === 'your-turn';
}

/** The step that a run is at, if it is at one. */
export function currentStep(run: Run): RunStep | undefined {
  return run.steps.find(({ status }) => isCurrent(status));
}
