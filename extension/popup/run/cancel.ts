import { useState } from 'preact/hooks';
import { say } from '../../text.ts';
import type { UiAction, UiState } from '../../ui-state.ts';
import type { Action } from '../screen.tsx';

/** Cancels a run; once asked for it stays pressed, unless that came to grief. */
export function useCancel(state: UiState, act: (action: UiAction) => void): Action {
  const [asked, setAsked] = useState(false);
  const cancelling = asked && !state.problem;
  return {
    does: 'cancel',
    label: say(cancelling ? 'ui_cancelling' : 'ui_cancel'),
    off: cancelling,
    press: () => {
      setAsked(true);
      act({ do: 'cancel' });
    },
  };
}
