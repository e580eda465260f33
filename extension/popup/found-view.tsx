import { say } from '../text.ts';
import { canRepair } from '../views/meanings.ts';
import type { ViewProps } from './app.tsx';
import { Screen } from './screen.tsx';

interface FoundViewProps extends Pick<ViewProps<'nothing'>, 'state' | 'act'> {
  version: string;
  back: () => void;
}

/** The helper that was missing is there: on with what it was wanted for. */
export function FoundView({ version, state, act, back }: FoundViewProps) {
  const goOn = { does: 'back', label: say('ui_go_on'), press: back };
  const fix = { does: 'plan', label: say('ui_fix'), press: () => act({ do: 'plan' }) };
  return (
    <Screen
      name="found"
      tone="good"
      title={say('helper_found', version)}
      lead={say('helper_found_next')}
      state={state}
      primary={state.failure && canRepair(state.failure) ? fix : goOn}
      leave={{ ...goOn, label: say('ui_back') }}
    />
  );
}
