/** The extension's own window: the toolbar's popup, or the small window where a browser opens none. */
import type { Page } from 'puppeteer-core';
import type { TestBrowser } from './browsers.ts';
import { waitFor } from './wait-for.ts';

const PAGE = 'extension/popup/index.html';

/** The window that is open now; undefined when none is. */
export async function ourWindow({ browser, extensionUrl }: TestBrowser): Promise<Page | undefined> {
  const prefix = extensionUrl(PAGE);
  const target = browser.targets().find((each) => each.url().startsWith(prefix));
  if (!target) return undefined;
  return (await target.page()) ?? (await target.asPage());
}

/** How a run can end, as the view of it is named. */
export const endings = ['fixed', 'not-fixed', 'needs-user', 'unverified', 'failed', 'cancelled', 'interrupted', 'undone'];

/** Waits for the window, and for one of the views in it. */
export async function windowAt(browser: TestBrowser, stages: string | string[], limit = 30_000): Promise<Page> {
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
    throw new Error(`${error instanceof Error ? error.message : error}; last seen: ${seen}`, { cause: error });
  }
}

/** Opens the window for a tab as a page of its own, as the browser would. */
export async function openOurWindow({ browser, extensionUrl }: TestBrowser, tabId?: number): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(extensionUrl(`${PAGE}${tabId === undefined ? '' : `?tab=${tabId}`}`));
  return page;
}

/** Presses a button of the window with the mouse. */
export async function press(page: Page, does: string): Promise<void> {
  const button = await page.waitForSelector(`button[data-do="${does}"]:not([aria-disabled])`);
  await button?.click();
}
