/** The frame around every view, and the choice among them. */
import { useState } from 'preact/hooks';
import { say } from '../text.ts';
import type { UiAction, UiState } from '../ui-state.ts';
import { announcement } from '../views/announcement.ts';
import { Mark } from '../views/icon.tsx';
import { type Stage, stageKey, stageOf } from '../views/stage.ts';
import { EndedView } from './ended-view.tsx';
import { FailureView } from './failure-view.tsx';
import { HostView } from './host-view.tsx';
import { KeysProvider, useKeys } from './keys.ts';
import { NothingView } from './nothing-view.tsx';
import { PlanView } from './plan-view.tsx';
import { ProblemView } from './problem-view.tsx';
import { RunView } from './run-view.tsx';

interface AppProps {
  /** Null until the background has spoken: then only the frame is there, never an empty view. */
  state: UiState | null;
  act: (action: UiAction) => void;
  close: () => void;
}

export interface ViewProps<At extends Stage['at']> {
  stage: Extract<Stage, { at: At }>;
  state: UiState;
  act: (action: UiAction) => void;
  close: () => void;
}

export function App({ state, act, close }: AppProps) {
  const [closedPlan, closePlan] = useState<string | null>(null);
  const keys = useKeys(close);
  const stage = state && stageOf(state, closedPlan);
  const send = (action: UiAction) => {
    // A plan asked for anew is shown even if it is the one that was left.
    if (action.do === 'plan') closePlan(null);
    act(action);
  };
  const back = () => closePlan(state?.plan?.id ?? null);
  return (
    <div class="frame">
      <header class="top">
        <Mark />
        <span class="product">{say('product')}</span>
        {state?.simulated && <span class="badge">{say('ui_simulated')}</span>}
      </header>
      <p class="unseen" role="status">
        {state && stage && announcement(stage, state)}
      </p>
      <KeysProvider value={keys}>
        {state && stage && <View key={stageKey(stage)} {...{ stage, state, act: send, close, back }} />}
      </KeysProvider>
    </div>
  );
}

interface AnyViewProps extends Omit<ViewProps<'nothing'>, 'stage'> {
  stage: Stage;
  back: () => void;
}

function View({ stage, back, ...rest }: AnyViewProps) {
  switch (stage.at) {
    case 'nothing':
      return <NothingView stage={stage} {...rest} />;
    case 'problem':
      return <ProblemView stage={stage} {...rest} />;
    case 'failure':
      return <FailureView stage={stage} {...rest} />;
    case 'plan':
      return <PlanView stage={stage} back={back} {...rest} />;
    case 'run':
      return <RunView stage={stage} {...rest} />;
    case 'ended':
      return <EndedView stage={stage} {...rest} />;
    case 'host':
      return <HostView stage={stage} {...rest} />;
  }
}
