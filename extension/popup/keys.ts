/** Enter presses the view's primary button wherever focus is; Esc goes back, or closes. */
import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { isRepeat, trusted } from '../views/trusted.ts';

interface Keys {
  enter: (() => void) | undefined;
  escape: (() => void) | undefined;
}

const KeysContext = createContext<Keys>({ enter: undefined, escape: undefined });
export const KeysProvider = KeysContext.Provider;

/** What the view that is shown does on Enter and Esc. */
export function useViewKeys({ enter, escape }: Partial<Keys>): void {
  const keys = useContext(KeysContext);
  useEffect(() => {
    keys.enter = enter;
    keys.escape = escape;
    return () => {
      keys.enter = undefined;
      keys.escape = undefined;
    };
  });
}

/** Controls that do something of their own on Enter. */
const ownEnter = 'button, a[href], summary, textarea';

/** Listens to the whole page; `close` is what Esc does where a view has nothing of its own. */
export function useKeys(close: () => void): Keys {
  const keys = useRef<Keys>({ enter: undefined, escape: undefined }).current;
  useEffect(() => {
    const onKey = trusted((event: KeyboardEvent) => {
      if (isRepeat(event) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        (keys.escape ?? close)();
      } else if (event.key === 'Enter' && !(event.target as Element).closest(ownEnter)) {
        keys.enter?.();
      }
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys, close]);
  return keys;
}
