/** A page of the extension in a tab, which the extension itself or its browser opened. */
import type { Page } from 'puppeteer-core';
import * as v from 'valibot';
import { contextOf, sendBidi } from './bidi.ts';
import type { TestBrowser } from './browsers.ts';
import { waitFor } from './wait-for.ts';

export const WELCOME = 'extension/pages/welcome/index.html';
export const OPTIONS = 'extension/pages/options/index.html';

const Tree = v.object({ contexts: v.array(v.object({ context: v.string(), url: v.string() })) });

/** Waits until the page is there. */
export function ownPage(browser: TestBrowser, path: string): Promise<Page> {
  return waitFor(async () => (await openPages(browser, browser.extensionUrl(path)))[0], `the page ${path}`);
}

/** All tabs whose address begins so. Firefox tells its tools of no move to a page of an extension, but when asked. */
export async function openPages({ family, browser }: TestBrowser, url: string): Promise<Page[]> {
  const pages = await browser.pages();
  if (family === 'chromium') return pages.filter((page) => page.url().startsWith(url));
  const { contexts } = v.parse(Tree, await sendBidi(browser, 'browsingContext.getTree', {}));
  const there = new Set(contexts.filter((each) => each.url.startsWith(url)).map(({ context }) => context));
  return pages.filter((page) => there.has(contextOf(page)));
}
