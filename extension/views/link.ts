/** A view's line to the background: state comes in, actions go out. It outlives a sleeping service worker. */
import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import { type UiAction, type UiState, UiStateSchema } from '../ui-state.ts';
import { setMeanings } from './meanings.ts';

const FIRST_WAIT = 50;
const LONGEST_WAIT = 5000;

interface LinkOptions {
  name: string;
  onState: (state: UiState) => void;
  /** The extension itself is gone (updated or removed): nothing will ever come again. */
  onGone: () => void;
}

/** Opens the line and keeps it open while the page can be seen; gives the way to post. */
export function openLink({ name, onState, onGone }: LinkOptions): (action: UiAction) => void {
  let port: Runtime.Port | undefined;
  let wait = FIRST_WAIT;

  function open(): Runtime.Port | undefined {
    if (port) return port;
    const opened = attempt(() => browser.runtime.connect({ name }));
    if (!opened) {
      onGone();
      return undefined;
    }
    port = opened;
    opened.onMessage.addListener((message: unknown) => {
      const parsed = v.safeParse(UiStateSchema, message);
      if (!parsed.success) return;
      wait = FIRST_WAIT;
      setMeanings(parsed.output.meanings);
      onState(parsed.output);
    });
    opened.onDisconnect.addListener(() => {
      if (port === opened) port = undefined;
      setTimeout(whenSeen, wait, open);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
    return opened;
  }

  open();
  // The back-forward cache closes the line and does not say so: a page that comes back opens a new one.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    attempt(() => port?.disconnect());
    port = undefined;
    open();
  });
  return (action) => {
    if (attempt(() => open()?.postMessage(action) ?? true)) return;
    // The port had died without a word.
    port = undefined;
    attempt(() => open()?.postMessage(action));
  };
}

/** A hidden page does not keep the background awake: it comes back when it is looked at. */
function whenSeen(then: () => void): void {
  if (!document.hidden) then();
  else document.addEventListener('visibilitychange', () => whenSeen(then), { once: true });
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
