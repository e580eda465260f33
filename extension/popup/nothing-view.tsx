import { say } from '../text.ts';
import type { ViewProps } from './app.tsx';
import { Screen } from './screen.tsx';

/** Nothing failed in this tab. */
export function NothingView({ state }: ViewProps<'nothing'>) {
  return <Screen name="nothing" title={say('ui_nothing')} lead={say('ui_nothing_why')} state={state} />;
}
