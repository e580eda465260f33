/** The extension's own window: the toolbar's popup, or a page of its own where tools cannot see into the popup. */
import type { Page } from 'puppeteer-core';
import { runEndings } from '../../../common/run.ts';
import { waitFor } from '../wait-for.ts';
import { chromeContext, contextOf, runBidi, sendBidi } from './bidi.ts';
import type { TestBrowser } from './browsers.ts';

const PAGE = 'extension/popup/index.html';

/** How a run can end, as the view of it is named. */
export const endings: string[] = [...runEndings, 'interrupted'];

/** Firefox's tools do not list its popup, nor see that a page went to an address of an extension. */
const pages = new WeakMap<TestBrowser, Page>();

/** The window that is open now; undefined when none is. */
async function ourWindow(browser: TestBrowser): Promise<Page | undefined> {
  const opened = pages.get(browser);
  if (opened && !opened.isClosed()) return opened;
  const prefix = browser.extensionUrl(PAGE);
  const target = browser.browser.targets().find((each) => each.url().startsWith(prefix));
  return target && ((await target.page()) ?? (await target.asPage()));
}

/** After the banner or the toolbar opened the popup: sees that it is there, and makes it drivable. */
export async function popupOpened(browser: TestBrowser): Promise<void> {
  if (browser.family === 'chromium') return;
  const context = await chromeContext(browser.browser);
  const expression = `document.querySelector('.webextension-popup-browser')?.currentURI?.spec ?? ''`;
  await waitFor(async () => {
    const { value } = await runBidi(browser.browser, context, { expression });
    return String(value).startsWith(browser.extensionUrl(PAGE));
  }, "Firefox's popup");
  await openOurWindow(browser);
}

/** Opens the window for the tab that was opened last, as a page of its own. */
export async function openOurWindow(browser: TestBrowser): Promise<Page> {
  const page = await browser.browser.newPage();
  pages.set(browser, page);
  await goTo(browser, page, browser.extensionUrl(PAGE));
  const tab = await waitFor(() => tabBefore(page), 'the tab with the sign-in');
  await goTo(browser, page, browser.extensionUrl(`${PAGE}?tab=${tab}`));
  return page;
}

async function goTo({ family, browser }: TestBrowser, page: Page, url: string): Promise<void> {
  if (family === 'chromium') await page.goto(url);
  else
    await sendBidi(browser, 'browsingContext.navigate', { context: contextOf(page), url, wait: 'complete' });
}

/** Asked from within the extension's own page: the id of the tab that was opened before it. */
function tabBefore(page: Page): Promise<number | undefined> {
  return page
    .evaluate(async () => {
      const api = globalThis as unknown as Record<'chrome' | 'browser', typeof chrome | undefined>;
      const tabs = (api.browser ?? api.chrome)?.tabs;
      const own = (await tabs?.getCurrent())?.id ?? 0;
      const ids = ((await tabs?.query({})) ?? []).map(({ id }) => id ?? 0);
      return ids
        .filter((id) => id < own)
        .sort((a, b) => a - b)
        .at(-1);
    })
    .catch(() => undefined);
}

/** Waits for the window, and for one of the views in it. */
export async function windowAt(
  browser: TestBrowser,
  stages: string | string[],
  limit = 20_000,
): Promise<Page> {
  let seen = 'no window';
  try {
    return await waitFor(
      async () => {
        const page = await ourWindow(browser);
        const main = await page?.$eval('main', (element) => element.dataset.stage).catch(() => undefined);
        seen = main ?? seen;
        return page && main && [stages].flat().includes(main) ? page : undefined;
      },
      `the view ${stages}`,
      limit,
    );
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}; last seen: ${seen}`, {
      cause: error,
    });
  }
}

/** Presses a button of the window with the mouse. */
export async function press(page: Page, does: string): Promise<void> {
  const button = await page.waitForSelector(`button[data-do="${does}"]:not([aria-disabled])`);
  await button?.click();
}
