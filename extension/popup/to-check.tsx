import { useEffect } from 'preact/hooks';
import { say } from '../text.ts';
import type { UiAction, UiState } from '../ui-state.ts';
import { Button } from '../views/button.tsx';
import { isWaiting } from '../views/stage.ts';
import { isRepeat, trusted } from '../views/trusted.ts';

/** No letter: those belong to who types or listens (WCAG 2.2, 2.1.4), and browsers leave this key to the page. */
const KEY = 'F8';

/** From views about no decision the look at the connection is one press away, by button and by key. */
export function ToCheck({ state, act }: { state: UiState; act: (action: UiAction) => void }) {
  const off = isWaiting(state);
  const check = () => {
    if (!off) act({ do: 'check' });
  };
  useEffect(() => {
    const onKey = trusted((event: KeyboardEvent) => {
      if (event.key === KEY && !isRepeat(event)) check();
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return (
    <Button does="check" class="quiet" off={off} onPress={check} keycap={KEY}>
      {say('ui_check')}
    </Button>
  );
}
