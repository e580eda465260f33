/** What a screen reader is told when something changes: the headline, not every tick of a progress bar. */
import type { History } from '../../common/history.ts';
import type { Run } from '../../common/run.ts';
import { messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { UiState } from '../ui-state.ts';
import { checkWords } from './check-words.ts';
import type { Stage } from './stage.ts';
import {
  currentStep,
  failureWords,
  hostWords,
  problemWords,
  remedyWords,
  runWords,
  stepWords,
} from './words.ts';

function ofRun(run: Run): string[] {
  const step = currentStep(run);
  if (!step) return [runWords(run).title];
  return [runWords(run).title, `${remedyWords(step.remedy).title}: ${stepWords(step, run)}`];
}

function ofStage(stage: Stage): string[] {
  switch (stage.at) {
    case 'nothing':
      return [say('ui_nothing')];
    case 'problem':
      return [];
    case 'failure':
      return [failureWords(stage.failure).title];
    case 'plan':
      return [say(stage.plan.steps.length === 0 ? 'ui_plan_empty' : 'ui_plan')];
    case 'host':
      return [hostWords(stage.host).title, hostWords(stage.host).next];
    case 'guide':
      return [runWords(stage.run).title, remedyWords(stage.step.remedy).title, runWords(stage.run).next];
    case 'history':
      return [say('ui_history'), ...(isEmpty(stage.history) ? [say('ui_history_empty')] : [])];
    case 'check':
      return Object.values(checkWords(stage.check)).filter(Boolean);
    case 'run':
      return ofRun(stage.run);
    case 'ended':
      return [runWords(stage.run).title, runWords(stage.run).next];
  }
}

function isEmpty({ runs, incidents }: History): boolean {
  return runs.length === 0 && incidents.length === 0;
}

/** Headlines have no full stop; read aloud one after the other they need it. */
function sentence(text: string): string {
  return /[.…]$/.test(text) ? text : `${text}.`;
}

/** The one text of the live region. */
export function announcement(stage: Stage, state: UiState): string {
  const problem = state.problem ? [problemWords(state.problem).title, problemWords(state.problem).next] : [];
  const busy = busyWords(state);
  return [...problem, ...ofStage(stage), ...(busy ? [busy] : [])].map(sentence).join(' ');
}

/** What is being waited for, in words; undefined when nothing is. */
export function busyWords({ busy, host }: UiState): string | undefined {
  if (host.state === 'starting') return `${hostWords(host).title}. ${hostWords(host).next}`;
  return busy ? `${say(messageKey('ui_busy', busy))}…` : undefined;
}
