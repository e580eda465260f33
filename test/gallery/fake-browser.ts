/**
 * A browser's extension API, as far as popup and banner use it. Runs in the page before its scripts; the test
 * holds the background's end of the port through `globalThis.background`.
 */
export interface FakeBackground {
  ports: { name: string; open: boolean }[];
  actions: unknown[];
  /** What was asked of the person, and what is answered; `later` leaves it open. */
  asked: unknown[];
  permission: 'granted' | 'refused' | 'later';
  push: (state: unknown) => void;
  drop: () => void;
  /** From now on every connect fails, as after the extension was updated. */
  invalidate: () => void;
}

declare global {
  var background: FakeBackground;
}

/** Self-contained: its source is sent to the page. */
export function installFakeBrowser(messages: Record<string, { message: string }>): void {
  type Listener = (value: unknown) => void;
  const ports: { name: string; open: boolean; message: Listener[]; disconnect: Listener[] }[] = [];
  const actions: unknown[] = [];
  let state: unknown = null;
  let valid = true;
  const deliver = (port: (typeof ports)[number]) => {
    if (state && port.open) for (const each of port.message) each(structuredClone(state));
  };
  const connect = ({ name }: { name: string }) => {
    if (!valid) throw new Error('Extension context invalidated.');
    const port = { name, open: true, message: [] as Listener[], disconnect: [] as Listener[] };
    ports.push(port);
    queueMicrotask(() => deliver(port));
    return {
      name,
      onMessage: { addListener: (each: Listener) => port.message.push(each) },
      onDisconnect: { addListener: (each: Listener) => port.disconnect.push(each) },
      postMessage: (action: unknown) => {
        if (!port.open) throw new Error('Attempting to use a disconnected port object');
        actions.push(action);
      },
    };
  };
  const getMessage = (key: string, values: string[] = []) => {
    const text = messages[key]?.message ?? '';
    return text.replace(/\$([1-9])/g, (_, digit) => values[digit - 1] ?? '');
  };
  const asked: unknown[] = [];
  const permissions = {
    request: async (what: unknown) => {
      // As browsers do: only within a press.
      if (!navigator.userActivation.isActive)
        throw new Error('This function must be called during a user gesture');
      asked.push(what);
      if (background.permission === 'later') await new Promise(() => undefined);
      return background.permission === 'granted';
    },
  };
  const api = { runtime: { id: 'test', connect }, i18n: { getMessage }, permissions };
  Object.assign(globalThis, {
    browser: api,
    chrome: api,
    background: {
      ports,
      actions,
      asked,
      permission: 'granted',
      push: (next: unknown) => {
        state = next;
        for (const port of ports) deliver(port);
      },
      drop: () => {
        for (const port of ports.filter(({ open }) => open)) {
          port.open = false;
          for (const each of port.disconnect) each(port);
        }
      },
      invalidate: () => {
        valid = false;
      },
    },
  });
}
