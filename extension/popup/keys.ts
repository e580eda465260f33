/** Enter presses the view's primary button wherever focus is; Esc goes back, or closes. */
import { createContext } from 'preact';
import { useContext, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isRepeat, trusted } from '../views/trusted.ts';

interface Keys {
  enter: (() => void) | undefined;
  leave: (() => void) | undefined;
}

const KeysContext = createContext<Keys>({ enter: undefined, leave: undefined });
export const KeysProvider = KeysContext.Provider;

/** What the view that is shown does on Enter and Esc. */
export function useViewKeys({ enter, leave }: Partial<Keys>): void {
  const keys = useContext(KeysContext);
  // Not after the paint: the very next key must do what is on screen, with the choice as it is now.
  useLayoutEffect(() => {
    keys.enter = enter;
    keys.leave = leave;
    return () => {
      keys.enter = undefined;
      keys.leave = undefined;
    };
  });
}

/** Controls that do something of their own on Enter. */
const ownEnter = 'button, a[href], summary, textarea';

/** Listens to the whole page; `close` is what Esc does where a view has nothing of its own. */
export function useKeys(close: () => void): Keys {
  const keys = useRef<Keys>({ enter: undefined, leave: undefined }).current;
  useEffect(() => {
    const onKey = trusted((event: KeyboardEvent) => {
      if (isRepeat(event) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        (keys.leave ?? close)();
      } else if (event.key === 'Enter' && !(event.target as Element).closest(ownEnter)) {
        keys.enter?.();
      }
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys, close]);
  return keys;
}
