import { useState } from 'preact/hooks';
import { say } from '../text.ts';
import { duration, useElapsed } from '../views/clock.ts';
import { StepLine } from '../views/step-line.tsx';
import { runWords } from '../views/words.ts';
import type { ViewProps } from './app.tsx';
import { Screen } from './screen.tsx';

/** A repair, or an undo, in progress. */
export function RunView({ stage: { run }, state, act }: ViewProps<'run'>) {
  const [asked, setAsked] = useState(false);
  const cancelling = asked && !state.problem;
  const elapsed = useElapsed(run.startedAt);
  const { title, next } = runWords(run);
  const undoing = run.status === 'undoing';
  const cancel = {
    does: 'cancel',
    label: say(cancelling ? 'ui_cancelling' : 'ui_cancel'),
    off: cancelling,
    press: () => {
      setAsked(true);
      act({ do: 'cancel' });
    },
  };
  return (
    <Screen
      name="run"
      title={title}
      lead={undoing ? undefined : next}
      busy={undoing ? next : undefined}
      about={run.failure.code}
      state={state}
      others={undoing ? [] : [cancel]}
    >
      <ol class="steps" aria-label={say('ui_steps')}>
        {run.steps.map((step) => (
          <li key={step.remedy}>
            <StepLine step={step} run={run} />
          </li>
        ))}
      </ol>
      {!undoing && (
        <p class="elapsed">
          {say('ui_elapsed')} <span role="timer">{duration(elapsed)}</span>
        </p>
      )}
    </Screen>
  );
}
