/** Speaks where the page cannot: on the browser's own error pages no banner can stand. */
import browser from 'webextension-polyfill';
import { describeFailure, meaningWords } from '../../common/failures/index.ts';
import type { Failure } from '../../common/plan.ts';
import { say } from '../text.ts';
import { recall } from './memory.ts';
import { openWindowOf } from './open-window.ts';

const PREFIX = 'incident-';
/** Reloading a page that fails is not told again and again. */
const QUIET_MS = 60_000;
/** Who is offline knows it. */
const obvious = new Set(['net::ERR_INTERNET_DISCONNECTED', 'NS_ERROR_OFFLINE']);

const told = new Map<string, number>();

/** One notification for a tab and code; pressing it opens our window for that tab. */
export async function notify(tabId: number, { code, category }: Failure): Promise<void> {
  const key = `${tabId} ${code}`;
  const now = Date.now();
  if (obvious.has(code) || now - (told.get(key) ?? 0) < QUIET_MS) return;
  told.set(key, now);
  const { title, todo } = meaningWords(describeFailure(code), say);
  await browser.notifications
    .create(`${PREFIX}${tabId}`, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('icons/128.png'),
      title,
      message: `${todo} (${code})`,
      contextMessage: say(`category_${category}`),
    })
    .catch(() => undefined);
}

/** A notification stays until somebody presses it: it goes when the tab is well, or its page can speak for itself. */
export async function clearStale(tabId: number): Promise<void> {
  const { failure, source } = (await recall()).tabs[tabId] ?? {};
  if (!failure || source === 'page') await clear(tabId);
}

/** Registers what a press does; call it once, at the start. */
export function listenToNotifications(): void {
  browser.notifications.onClicked.addListener((id) => {
    const tabId = Number(id.slice(PREFIX.length));
    if (!id.startsWith(PREFIX) || !Number.isInteger(tabId)) return;
    void openWindowOf(tabId);
    void clear(tabId);
  });
}

async function clear(tabId: number): Promise<void> {
  await browser.notifications.clear(`${PREFIX}${tabId}`).catch(() => undefined);
}
