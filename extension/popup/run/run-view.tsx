import { codeOf } from '../../../common/by-hand.ts';
import { say } from '../../text.ts';
import { duration, useElapsed } from '../../views/clock.ts';
import { runWords } from '../../views/words.ts';
import type { ViewProps } from '../app.tsx';
import { Screen } from '../screen.tsx';
import { useCancel } from './cancel.ts';
import { RunSteps } from './run-steps.tsx';

/** A repair, or an undo, in progress. */
export function RunView({ stage: { run }, state, act }: ViewProps<'run'>) {
  const cancel = useCancel(state, act);
  const elapsed = useElapsed(run.startedAt);
  const { title, next } = runWords(run);
  const undoing = run.status === 'undoing';
  return (
    <Screen
      name="run"
      title={title}
      lead={undoing ? undefined : next}
      busy={undoing ? next : undefined}
      about={codeOf(run.failure)}
      state={state}
      others={undoing ? [] : [cancel]}
    >
      <RunSteps run={run} />
      {!undoing && (
        <p class="elapsed">
          {say('ui_elapsed')} <span role="timer">{duration(elapsed)}</span>
        </p>
      )}
    </Screen>
  );
}
