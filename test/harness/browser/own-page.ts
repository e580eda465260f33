/** A page of the extension in a tab, which the extension itself or its browser opened. */
import type { Page } from 'puppeteer-core';
import { waitFor } from '../wait-for.ts';
import { allTabs, contextOf, makeKnown, sendBidi, type Tab } from './bidi.ts';
import type { TestBrowser } from './browsers.ts';

export const WELCOME = 'extension/pages/welcome/index.html';
export const OPTIONS = 'extension/pages/options/index.html';

/** Waits until the page is there. */
export function ownPage(browser: TestBrowser, path: string): Promise<Page> {
  return waitFor(async () => (await openPages(browser, browser.extensionUrl(path)))[0], `the page ${path}`);
}

/** Waits until the page is there, and closes it. */
export async function closeOwnPage(browser: TestBrowser, path: string): Promise<void> {
  if (browser.family === 'chromium') return (await ownPage(browser, path)).close();
  const url = browser.extensionUrl(path);
  const tab = await waitFor(async () => (await tabsAt(browser, url))[0], `the page ${path}`);
  await sendBidi(browser.browser, 'browsingContext.close', { context: tab.context });
}

/** All tabs whose address begins so. */
export async function openPages(browser: TestBrowser, url: string): Promise<Page[]> {
  const pages = () => browser.browser.pages();
  if (browser.family === 'chromium') return (await pages()).filter((page) => page.url().startsWith(url));
  const tabs = await tabsAt(browser, url);
  await makeKnown(browser.browser, tabs);
  const byContext = new Map((await pages()).map((page) => [contextOf(page), page]));
  return tabs.flatMap(({ context }) => byContext.get(context) ?? []);
}

/** Firefox tells its tools of no move to a page of an extension, but when asked. */
async function tabsAt({ browser }: TestBrowser, url: string): Promise<Tab[]> {
  return (await allTabs(browser)).filter((tab) => tab.url.startsWith(url));
}
