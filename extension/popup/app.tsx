/** The frame around every view, and the choice among them. */
import { useState } from 'preact/hooks';
import { say } from '../text.ts';
import type { UiAction, UiState } from '../ui-state.ts';
import { announcement } from '../views/announcement.ts';
import { Button } from '../views/button.tsx';
import { Mark } from '../views/icon.tsx';
import { meaningOf } from '../views/meanings.ts';
import { isWaiting, type Stage, stageKey, stageOf } from '../views/stage.ts';
import { useFound } from './found.ts';
import { HomeView } from './home-view.tsx';
import { KeysProvider, useKeys } from './keys.ts';
import type { Detail } from './launcher/items.ts';
import { lazily } from './lazily.tsx';
import { type OpenReport, useReporting } from './report/reporting.ts';
import { ToCheck } from './to-check.tsx';
import { ToCommands } from './to-commands.tsx';

// They load while the background is asked how things stand, so what is shown first does not wait for the others.
const FailureView = lazily(async () => (await import('./failure-view.tsx')).FailureView);
const CheckView = lazily(async () => (await import('./check/check-view.tsx')).CheckView);
const EndedView = lazily(async () => (await import('./run/ended-view.tsx')).EndedView);
const FoundView = lazily(async () => (await import('./found-view.tsx')).FoundView);
const GuideView = lazily(async () => (await import('./run/guide-view.tsx')).GuideView);
const HistoryView = lazily(async () => (await import('./history/history-view.tsx')).HistoryView);
const HostView = lazily(async () => (await import('./host-view.tsx')).HostView);
const PlanView = lazily(async () => (await import('./plan/plan-view.tsx')).PlanView);
const MeaningView = lazily(async () => (await import('./meaning-view.tsx')).MeaningView);
const ProblemView = lazily(async () => (await import('./problem-view.tsx')).ProblemView);
const ReportView = lazily(async () => (await import('./report/report-view.tsx')).ReportView);
const RunView = lazily(async () => (await import('./run/run-view.tsx')).RunView);

interface AppProps {
  /** Null until the background has spoken: then only the frame is there, never an empty view. */
  state: UiState | null;
  act: (action: UiAction) => void;
  close: () => void;
  /** The command that our window was opened for: it is chosen, and nothing is done by itself. */
  command?: string | undefined;
}

export interface ViewProps<At extends Stage['at']> {
  stage: Extract<Stage, { at: At }>;
  state: UiState;
  act: (action: UiAction) => void;
  close: () => void;
}

/** Of views from which the report is one press away. */
export interface Reporting {
  report: OpenReport;
}

/** Views that are about no decision: from them the history is one press away. */
const atRest: readonly Stage['at'][] = ['nothing', 'problem', 'failure', 'ended'];

/** From these the look at the connection is, too; where nothing failed it is the main thing to do. */
const checkable: readonly Stage['at'][] = ['problem', 'failure', 'ended', 'host'];

/** The launcher stands before these, where it is asked for; in the others it is what is shown. */
const coverable: readonly Stage['at'][] = ['problem', 'ended', 'host'];
const isHome = ({ at }: Stage) => at === 'nothing' || at === 'failure';

/** What does not lead away from where it was done. */
const staying: readonly UiAction['do'][] = ['explain', 'watch'];

export function App({ state, act, close, command }: AppProps) {
  const [closedPlan, closePlan] = useState<string | null>(null);
  const [askedHistory, askHistory] = useState(false);
  const [covered, cover] = useState(false);
  const [detail, open] = useState<Detail | null>(null);
  const keys = useKeys(close);
  const stage = state && stageOf(state, { closedPlan, askedHistory });
  const home = stage !== null && (isHome(stage) || (covered && coverable.includes(stage.at)));
  const reporting = useReporting(home ? 'home' : stage?.at);
  const found = useFound(stage, state);
  const send = (action: UiAction) => {
    // Done by itself: it leads nowhere.
    if (action.do === 'greet') return act(action);
    // A plan asked for anew is shown even if it is the one that was left.
    if (action.do === 'plan') closePlan(null);
    // A helper that was in trouble is tried again with what it was wanted for.
    const again = action.do === 'retry' && askedHistory;
    askHistory(action.do === 'history' || again);
    if (!staying.includes(action.do)) {
      cover(false);
      open(null);
      reporting.leave();
      found.goOn();
    }
    act(again ? { do: 'history' } : action);
  };
  const arrived = reporting.about ? undefined : found.version;
  const atHome = home && !reporting.about && arrived === undefined;
  const back = { plan: () => closePlan(state?.plan?.id ?? null), history: () => askHistory(false) };
  return (
    <div class="frame" data-home={atHome && detail === null}>
      <header class="top">
        <Mark />
        <span class="product">{say('product')}</span>
        {state?.simulated && <span class="badge">{say('ui_simulated')}</span>}
        {stage && !home && coverable.includes(stage.at) && <ToCommands open={() => cover(true)} />}
        {state && stage && checkable.includes(stage.at) && <ToCheck state={state} act={send} />}
        {state && stage && atRest.includes(stage.at) && <ToHistory state={state} act={send} />}
      </header>
      <p class="unseen" role="status">
        {state && stage && announcement(stage, state)}
      </p>
      <KeysProvider value={keys}>
        {state && reporting.about && (
          <ReportView state={state} about={reporting.about} back={reporting.back} />
        )}
        {state && arrived !== undefined && (
          <FoundView {...{ version: arrived, state, act: send, back: found.goOn }} />
        )}
        {state && stage && atHome && (
          <Home
            key={stageKey(stage)}
            {...{ state, act: send, detail, open, report: reporting.open, command }}
            leave={isHome(stage) ? undefined : () => cover(false)}
          />
        )}
        {state && stage && !home && !reporting.about && (
          <View
            key={stageKey(stage)}
            {...{ stage, state, act: send, close, back, askedHistory }}
            report={reporting.open}
            returned={reporting.returned}
          />
        )}
      </KeysProvider>
    </div>
  );
}

interface HomeProps extends Pick<ViewProps<'nothing'>, 'state' | 'act'>, Reporting {
  detail: Detail | null;
  open: (detail: Detail | null) => void;
  command: string | undefined;
  leave: (() => void) | undefined;
}

/** The launcher, or the view that it led to. */
function Home({ state, act, detail, open, report, command, leave }: HomeProps) {
  const back = () => open(null);
  const lead = (to: Detail) => (to.at === 'report' ? report() : open(to));
  const meaning = detail?.at === 'meaning' ? meaningOf(detail) : undefined;
  if (meaning) return <MeaningView {...{ meaning, state, act, back }} />;
  if (detail?.at === 'details' && state.failure)
    return <FailureView {...{ failure: state.failure, state, act, back, report }} />;
  return <HomeView {...{ state, act, open: lead, first: command, leave }} />;
}

function ToHistory({ state, act }: Pick<ViewProps<'nothing'>, 'state' | 'act'>) {
  return (
    <Button does="history" class="quiet" off={isWaiting(state)} onPress={() => act({ do: 'history' })}>
      {say('ui_history')}
    </Button>
  );
}

interface AnyViewProps extends Omit<ViewProps<'nothing'>, 'stage'>, Reporting {
  stage: Stage;
  back: { plan: () => void; history: () => void };
  askedHistory: boolean;
  returned: number;
}

function View({ stage, back, askedHistory, report, returned, ...rest }: AnyViewProps) {
  switch (stage.at) {
    case 'problem':
      return <ProblemView stage={stage} {...rest} />;
    case 'nothing':
    case 'failure':
      return null;
    case 'plan':
      return <PlanView stage={stage} back={back.plan} {...rest} />;
    case 'guide':
      return <GuideView stage={stage} {...rest} />;
    case 'run':
      return <RunView stage={stage} {...rest} />;
    case 'ended':
      return <EndedView stage={stage} report={report} {...rest} />;
    case 'check':
      return <CheckView stage={stage} report={report} {...rest} />;
    case 'history':
      return <HistoryView stage={stage} {...{ report, returned }} {...rest} />;
    case 'host':
      return <HostView stage={stage} back={askedHistory ? back.history : undefined} {...rest} />;
  }
}
