/** What the banner says and offers, by state. It never takes consent: that is done in the extension's window. */
import { codeOf } from '../../common/by-hand.ts';
import type { Run, RunStep } from '../../common/run.ts';
import type { MessageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { BannerAction, UiState } from '../ui-state.ts';
import { announcement, busyWords } from '../views/announcement.ts';
import { canRepair } from '../views/meanings.ts';
import { isOver, type Stage, stageKey, stageOf } from '../views/stage.ts';
import { currentStep, failureWords, hostWords, runWords, whoSentence } from '../views/words.ts';

export interface Offer {
  does: BannerAction;
  label: string;
}

export interface Banner {
  /** The same as long as it is about the same: what was dismissed stays away. */
  key: string;
  tone: 'warn' | 'calm' | 'good' | 'bad';
  title: string;
  detail: string;
  code: string;
  simulated: boolean;
  /** The first is the main one. */
  offers: Offer[];
  /** What is behind it, for who asks; empty where there is no more to say. */
  why: string;
  /** It can be wished away for this code for good. */
  mutable: boolean;
  /** A repair in progress, with the step that it is at. */
  live?: { run: Run; step: RunStep | undefined };
  announcement: string;
}

type Content = Pick<Banner, 'tone' | 'title' | 'detail' | 'code' | 'offers'> &
  Partial<Pick<Banner, 'live' | 'why'>>;

const offer = (does: Offer['does'], label: MessageKey): Offer => ({ does, label: say(label) });

/** The banner for a state; null where there is nothing to say. */
export function bannerOf(state: UiState): Banner | null {
  // The history, and a look at the connection, are shown in the extension's window only.
  const stage = stageOf({ ...state, history: null, check: null });
  const content = contentOf(stage, state);
  if (!content) return null;
  return {
    why: '',
    ...content,
    mutable: isAboutFailure(stage),
    key: keyOf(stage, state),
    simulated: state.simulated,
    announcement: announcement(stage, state),
  };
}

const isAboutFailure = ({ at }: Stage) => at === 'failure' || at === 'plan' || at === 'host';

/** A plan, or a helper in trouble, is no news to someone who dismissed the failure. */
function keyOf(stage: Stage, { failure }: UiState): string {
  const aboutFailure = isAboutFailure(stage) ? failure : null;
  return aboutFailure
    ? stageKey({ at: 'failure', failure: aboutFailure, repairable: true })
    : stageKey(stage);
}

function contentOf(stage: Stage, state: UiState): Content | null {
  const { failure } = state;
  if (stage.at === 'run') return ofLiveRun(stage.run);
  if (stage.at === 'guide') return ofWaitingRun(stage);
  if (stage.at === 'ended') return ofEndedRun(stage.run);
  if (!failure || failure.category === 'none') return null;
  const { title, next } = failureWords(failure);
  const why = isReported(failure.code) ? `${say('ui_why_reported', failure.code)} ${next}` : next;
  const main = offer('open', canRepair(failure) && stage.at !== 'host' ? 'ui_fix' : 'ui_details');
  const detail =
    stage.at === 'host' ? hostWords(stage.host).title : (busyWords(state) ?? whoSentence(failure));
  return { tone: 'warn', title, detail, why, code: failure.code, offers: [main] };
}

/** Whether the code is Microsoft's own, and not our name for what the browser or a page did. */
const isReported = (code: string) => /^(?:AADSTS|0x)/.test(code);

function ofLiveRun(run: Run): Content {
  const { title, next } = runWords(run);
  const detail = run.status === 'undoing' ? next : '';
  const live = { run, step: currentStep(run) };
  return {
    tone: 'calm',
    title,
    detail,
    code: codeOf(run.failure) ?? '',
    offers: [offer('open', 'ui_details')],
    live,
  };
}

/** A guide's steps stand in the extension's window, and so does the way on. */
function ofWaitingRun({ run, step }: Extract<Stage, { at: 'guide' }>): Content {
  const { title, next } = runWords(run);
  const offers = [offer('open', 'ui_your_steps')];
  return { tone: 'warn', title, detail: next, code: codeOf(run.failure) ?? '', offers, live: { run, step } };
}

function ofEndedRun(run: Run): Content {
  const { title, next } = runWords(run);
  const going = run.status === 'fixed' || run.status === 'needs-user' || run.status === 'unverified';
  const offers = [
    ...(going ? [offer('continue', 'ui_continue')] : []),
    // Undo stands there.
    offer('open', 'ui_details'),
  ];
  return {
    tone: toneOf(run),
    title,
    detail: next,
    code: codeOf(run.failure) ?? '',
    offers,
  };
}

function toneOf(run: Run): Banner['tone'] {
  if (run.status === 'fixed') return 'good';
  if (run.status === 'failed' || run.status === 'not-fixed') return 'bad';
  return isOver(run) && run.status !== 'undone' ? 'warn' : 'calm';
}
