import { say } from '../text.ts';
import { problemWords } from '../views/words.ts';
import type { ViewProps } from './app.tsx';
import { Technical } from './problem-box.tsx';
import { Screen } from './screen.tsx';

/** Something went wrong, and there is nothing else to show. */
export function ProblemView({ stage, state, act }: ViewProps<'problem'>) {
  const { title, next } = problemWords(stage.problem);
  const retry = {
    does: 'retry',
    label: say('ui_retry'),
    press: () => act({ do: 'retry' }),
    off: state.busy !== null,
  };
  return (
    <Screen name="problem" title={title} lead={next} tone="bad" state={state} primary={retry}>
      <Technical detail={stage.problem.detail} />
    </Screen>
  );
}
