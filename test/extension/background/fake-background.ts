/**
 * The browser around the background, as far as a look at the connection needs it: storage, the port to a host that
 * speaks the real contract, events that a test fires, notifications that it reads. Use it as
 * `vi.mock('webextension-polyfill', () => polyfill())`.
 */
import messages from '../../../common/_locales/en/messages.json' with { type: 'json' };
import type { Policy } from '../../../common/policy.ts';
import { noPolicy } from '../../fixtures/no-policy.ts';
import type { FakeHost } from './fake-host.ts';

type Listener = (...values: never[]) => unknown;

class Emitter {
  #listeners: Listener[] = [];
  addListener = (listener: Listener): void => {
    this.#listeners.push(listener);
  };
  fire(...values: unknown[]): void {
    for (const listener of this.#listeners) listener(...(values as never[]));
  }
  forget(): void {
    this.#listeners = [];
  }
}

const area = (values: Map<string, unknown>) => ({
  get: async (key?: string) => {
    if (key === undefined) return structuredClone(Object.fromEntries(values));
    return values.has(key) ? { [key]: structuredClone(values.get(key)) } : ({} as Record<string, unknown>);
  },
  set: async (changes: object) => {
    for (const [key, value] of Object.entries(changes)) values.set(key, structuredClone(value));
  },
});

/** What a test sets and reads. */
export const fake = {
  session: new Map<string, unknown>(),
  local: new Map<string, unknown>(),
  managed: new Map<string, unknown>(),
  notifications: new Map<string, { message: string; contextMessage: string }>(),
  pressed: new Emitter(),
  installed: new Emitter(),
  started: new Emitter(),
  menu: new Map<string, { title: string; contexts: string[] }>(),
  menuPressed: new Emitter(),
  addressBar: { started: new Emitter(), changed: new Emitter(), entered: new Emitter(), first: '' },
  /** What came up before the person, in its order. */
  opened: [] as string[],
  /** Whether the browser lets its popup be opened. */
  popup: true,
  firefox: false,
  tabs: [] as { id: number; windowId: number }[],
  changed: new Emitter(),
  idle: new Emitter(),
  networkError: new Emitter(),
  host: null as null | FakeHost,
  /** What the host says of policy. */
  policy: noPolicy as Policy,
};

function connectNative() {
  const [onMessage, onDisconnect] = [new Emitter(), new Emitter()];
  const { host } = fake;
  const port = {
    onMessage,
    onDisconnect,
    disconnect: () => undefined,
    postMessage: (_: unknown): void => undefined,
  };
  const deliver = (message: unknown) => queueMicrotask(() => onMessage.fire(structuredClone(message)));
  if (host) {
    const take = host.join(deliver, () => fake.policy);
    port.postMessage = (message) => take(structuredClone(message));
  } else {
    const error = { message: 'Specified native messaging host not found.' };
    queueMicrotask(() => onDisconnect.fire({ ...port, error }));
  }
  return port;
}

const runtime = () => ({
  id: 'test',
  connectNative,
  getManifest: () => ({ version: '0.1.0' }),
  getURL: (path: string) => `extension://test/${path}`,
  onInstalled: fake.installed,
  onStartup: fake.started,
  openOptionsPage: async () => fake.opened.push('settings'),
  ...(fake.firefox ? { getBrowserInfo: () => undefined } : {}),
});

const contextMenus = {
  removeAll: async () => fake.menu.clear(),
  create: ({ id, ...entry }: { id: string; title: string; contexts: string[] }, done: () => void) => {
    if (fake.menu.has(id)) throw new Error('told by lastError, and read');
    fake.menu.set(id, entry);
    done();
  },
  onClicked: fake.menuPressed,
};

const omnibox = {
  onInputStarted: fake.addressBar.started,
  onInputChanged: fake.addressBar.changed,
  onInputEntered: fake.addressBar.entered,
  setDefaultSuggestion: ({ description }: { description: string }) => {
    fake.addressBar.first = description;
  },
};

const tabs = {
  TAB_ID_NONE: -1,
  query: async () => fake.tabs.slice(0, 1),
  get: async (id: number) => ({ id, incognito: false }),
  remove: async () => undefined,
  create: async ({ url }: { url: string }) => fake.opened.push(url),
  update: async (id: number) => {
    const tab = fake.tabs.find((each) => each.id === id);
    if (!tab) throw new Error('No tab with that id');
    fake.opened.push(`tab ${id}`);
    return tab;
  },
};

const windows = {
  create: async ({ url }: { url: string }) => fake.opened.push(url),
  update: async (id: number) => fake.opened.push(`window ${id}`),
};

const action = {
  setBadgeText: async () => undefined,
  setBadgeBackgroundColor: async () => undefined,
  openPopup: async () => {
    if (!fake.popup) throw new Error('openPopup requires a user gesture');
    fake.opened.push('popup');
  },
};

export function polyfill() {
  return {
    default: {
      storage: {
        session: area(fake.session),
        local: area(fake.local),
        managed: area(fake.managed),
        onChanged: fake.changed,
      },
      get runtime() {
        return runtime();
      },
      i18n: {
        getMessage: (key: keyof typeof messages, values: string[] = []) =>
          (messages[key]?.message ?? '').replace(/\$([1-9])/g, (_, digit) => values[digit - 1] ?? ''),
      },
      notifications: {
        create: async (id: string, options: { message: string; contextMessage: string }) =>
          fake.notifications.set(id, options),
        clear: async (id: string) => fake.notifications.delete(id),
        onClicked: fake.pressed,
      },
      idle: { onStateChanged: fake.idle },
      webRequest: { onErrorOccurred: fake.networkError },
      contextMenus,
      omnibox,
      tabs,
      windows,
      action,
    },
  };
}

/** As after the browser's start, but for what is said. */
export function reset(host: FakeHost | null): void {
  for (const map of [fake.session, fake.local, fake.managed, fake.notifications, fake.menu]) map.clear();
  const { changed, idle, networkError, pressed, installed, started, menuPressed, addressBar } = fake;
  const { started: began, changed: typed, entered } = addressBar;
  for (const emitter of [changed, idle, networkError, pressed, installed, started, menuPressed])
    emitter.forget();
  for (const emitter of [began, typed, entered]) emitter.forget();
  Object.assign(fake, { policy: noPolicy, opened: [], popup: true, firefox: false, tabs: [] });
  fake.host = host;
}
