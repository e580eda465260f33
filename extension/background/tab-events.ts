/**
 * What browsers tell of tabs. They start the background for it whatever the site, so it is listened to only while there
 * is a tab to follow: beside other sites nothing of ours runs. Firefox starts it all the same: it forgets no listener
 * that was there when the background started (https://bugzilla.mozilla.org/show_bug.cgi?id=1899767).
 */
import browser, { type Tabs } from 'webextension-polyfill';
import { type Memory, recall, whenRemembered } from './memory.ts';

type Updated = (tabId: number, changes: Tabs.OnUpdatedChangeInfoType, tab: Tabs.Tab) => void;
type Removed = (tabId: number) => void;

let handlers: { updated: Updated; removed: Removed } | undefined;
/** How much is being taken in that may be of a tab to follow. */
let busy = 0;

/** Registers the listeners at once, as one of their events may be what started the background; call it at the start. */
export function listenToTabs(updated: Updated, removed: Removed): void {
  handlers = { updated, removed };
  listen(true);
  whenRemembered(settle);
  void recall().then(settle);
}

/** Listens while something of a tab is taken in, and goes on where the tab is remembered after it. */
export async function following(work: () => Promise<void>): Promise<void> {
  busy += 1;
  listen(true);
  try {
    await work();
  } finally {
    busy -= 1;
    settle(await recall());
  }
}

function settle({ tabs, ownTab }: Memory): void {
  listen(busy > 0 || ownTab !== null || Object.keys(tabs).length > 0);
}

/** A listener that is there already is not added twice. */
function listen(on: boolean): void {
  if (!handlers) return;
  const { updated, removed } = handlers;
  if (on) {
    browser.tabs.onUpdated.addListener(updated);
    browser.tabs.onRemoved.addListener(removed);
  } else {
    browser.tabs.onUpdated.removeListener(updated);
    browser.tabs.onRemoved.removeListener(removed);
  }
}
