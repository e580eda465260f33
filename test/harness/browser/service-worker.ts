/** The extension's service worker, in Chromium: looked into, and put to sleep as the browser may at any time. */
import type { Target, WebWorker } from 'puppeteer-core';
import { waitFor } from '../wait-for.ts';
import type { TestBrowser } from './browsers.ts';

function workerTarget({ browser, extensionUrl }: TestBrowser): Target | undefined {
  const prefix = extensionUrl('');
  return browser.targets().find((each) => each.type() === 'service_worker' && each.url().startsWith(prefix));
}

/** The worker, to be looked into. */
export async function workerOf(browser: TestBrowser): Promise<WebWorker> {
  const target = await waitFor(() => workerTarget(browser), 'the service worker');
  const worker = await target.worker();
  if (!worker) throw new Error('the service worker cannot be looked into');
  return worker;
}

/** Ends the worker; its ports close with it. The next event starts a new one. */
export async function stopWorker(browser: TestBrowser): Promise<void> {
  const target = await waitFor(() => workerTarget(browser), 'the service worker');
  const worker = await target.worker();
  await worker?.close();
  await waitFor(() => workerTarget(browser) !== target, "the service worker's end");
}

/** How many tabs the background remembers something of. */
export async function rememberedTabs(browser: TestBrowser): Promise<number> {
  const worker = await workerOf(browser);
  const stored = await worker.evaluate(() => chrome.storage.session.get('memory'));
  return Object.keys(Object(stored.memory).tabs ?? {}).length;
}

/** Ids of the notifications that are shown. */
export async function notifications(browser: TestBrowser): Promise<string[]> {
  const worker = await workerOf(browser);
  const all = await worker.evaluate(() => chrome.notifications.getAll());
  return Object.keys(all);
}

/** What the toolbar button of the tab with this address shows. */
export async function badgeText(browser: TestBrowser, urlPrefix: string): Promise<string> {
  const worker = await workerOf(browser);
  return worker.evaluate(async (prefix) => {
    const tabs = await chrome.tabs.query({});
    const tab = tabs.find(({ url }) => url?.startsWith(prefix));
    return chrome.action.getBadgeText(tab?.id === undefined ? {} : { tabId: tab.id });
  }, urlPrefix);
}

/** The browser tells the worker that it is online again. */
export async function comeOnline(browser: TestBrowser): Promise<void> {
  const worker = await workerOf(browser);
  await worker.evaluate(() => void dispatchEvent(new Event('online')));
}

/** Whether any tab's coming and going would start the background. */
export async function followsTabs(browser: TestBrowser): Promise<boolean> {
  const worker = await workerOf(browser);
  return worker.evaluate(() => chrome.tabs.onUpdated.hasListeners() || chrome.tabs.onRemoved.hasListeners());
}

/** When the worker that runs began, in milliseconds since 1970. */
export async function workerStart(browser: TestBrowser): Promise<number> {
  const worker = await workerOf(browser);
  return worker.evaluate(() => performance.timeOrigin);
}
