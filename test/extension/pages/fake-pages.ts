/** What the extension's pages in tabs use of the browser, beside what popup and banner do. */
import manifest from '../../../manifest.json' with { type: 'json' };

export interface FakePages {
  /** What came up before the person, in its order. */
  opened: string[];
  shortcut: string;
  /** What is allowed, and whether the browser lets that be changed. */
  allowed: { sites: boolean; session: boolean; change: boolean };
  managed: Record<string, unknown>;
  /** What is allowed was changed elsewhere. */
  changed: () => void;
  /** Time passes: all that comes again and again comes once. */
  pass: () => void;
}

declare global {
  var pages: FakePages;
}

export type Setting = Partial<Pick<FakePages, 'shortcut' | 'managed'>> & {
  allowed?: Partial<FakePages['allowed']>;
};

/** Self-contained: its source is sent to the page, after that of the fake browser. */
export function installFakePages({ declared, setting }: { declared: object; setting: Setting }): void {
  const listeners = new Set<() => void>();
  const event = {
    addListener: (each: () => void) => listeners.add(each),
    removeListener: (each: () => void) => listeners.delete(each),
  };
  const intervals = new Map<number, () => void>();
  let last = 0;
  Object.assign(globalThis, {
    setInterval: (each: () => void) => {
      last += 1;
      intervals.set(last, each);
      return last;
    },
    clearInterval: (id: number) => intervals.delete(id),
  });
  const pages: FakePages = {
    opened: [],
    shortcut: setting.shortcut ?? 'Ctrl+Shift+Y',
    allowed: { sites: true, session: false, change: true, ...setting.allowed },
    managed: setting.managed ?? {},
    changed: () => {
      for (const each of listeners) each();
    },
    pass: () => {
      for (const each of [...intervals.values()]) each();
    },
  };
  const { browser } = globalThis as unknown as { browser: Record<string, object> };
  const which = ({ origins }: { origins?: string[] }) => (origins ? 'sites' : 'session');
  const change = (to: boolean) => async (what: { origins?: string[] }) => {
    if (!navigator.userActivation.isActive) throw new Error('may only be called from a user input handler');
    if (!pages.allowed.change) return false;
    pages.allowed[which(what)] = to;
    pages.changed();
    return true;
  };
  Object.assign(browser, {
    commands: { getAll: async () => [{ name: '_execute_action', shortcut: pages.shortcut }] },
    tabs: {
      TAB_ID_NONE: -1,
      getCurrent: async () => ({ id: 12 }),
      create: async ({ url }: { url: string }) => pages.opened.push(url),
    },
    windows: { create: async ({ url }: { url: string }) => pages.opened.push(url) },
    action: { openPopup: async () => pages.opened.push('popup') },
    permissions: {
      contains: async (what: { origins?: string[] }) => pages.allowed[which(what)],
      request: change(true),
      remove: change(false),
      onAdded: event,
      onRemoved: event,
    },
    storage: { managed: { get: async () => pages.managed }, onChanged: event },
  });
  Object.assign(browser.runtime as object, {
    getManifest: () => declared,
    getURL: (path: string) => `${location.origin}/${path}`,
  });
  Object.assign(globalThis, { pages });
}

export const declared: object = manifest;
