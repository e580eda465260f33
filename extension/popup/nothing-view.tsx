import { say } from '../text.ts';
import { isWaiting } from '../views/stage.ts';
import type { ViewProps } from './app.tsx';
import { Screen } from './screen.tsx';

/** Nothing failed in this tab. */
export function NothingView({ state, act }: ViewProps<'nothing'>) {
  const check = {
    does: 'check',
    label: say('ui_check'),
    press: () => act({ do: 'check' }),
    off: isWaiting(state),
  };
  return (
    <Screen
      name="nothing"
      title={say('ui_nothing')}
      lead={say('ui_nothing_why')}
      state={state}
      primary={check}
    />
  );
}
