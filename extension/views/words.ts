/** Chooses the words for what is shown, so that popup and banner say the same. */

import type { Failure } from '../../common/plan.ts';
import type { Problem } from '../../common/problem.ts';
import { type GuideId, guides, isGuide, type RemedyId } from '../../common/remedies.ts';
import type { Activity, Run, RunStep } from '../../common/run.ts';
import * as common from '../../common/run-words.ts';
import { type MessageKey, messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { HostState } from '../ui-state.ts';
import { meaningOf } from './meanings.ts';

export { currentStep, shownStatus, type Words } from '../../common/run-words.ts';

export function failureWords(failure: Pick<Failure, 'code'>): common.Words {
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

export function hostWords(host: HostState): common.Words {
  const version = 'version' in host ? host.version : '';
  return {
    title: say(messageKey('host', host.state)),
    next: say(`${messageKey('host', host.state)}_todo`, version),
  };
}

export const problemWords = (problem: Problem) => common.problemWords(problem, say);

export const runWords = (run: Run) => common.runWords(run, say);

/** What is done by a remedy, as a headline and a sentence. */
export const remedyWords = (remedy: RemedyId) => common.remedyWords(remedy, say);

/** How a step stands, in a few words. */
export const stepWords = (step: RunStep, run: Run) => common.stepWords(step, run, say);

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
