/** A popup for the tests of a file: built once, opened anew for each. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { buildPopup, type Site, serve } from '../../gallery/site.ts';
import { actions, launch, openPopup, show } from '../../gallery/stage.ts';

/** Hands to look at it and to press it, valid within a test. */
export function popupPage() {
  let site: Site;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    site = await serve(await buildPopup());
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(async () => {
    page = await openPopup(browser, site.origin);
  });
  afterEach(() => page.close());

  return {
    page: () => page,
    /** Another one beside it, to be closed by who opened it. */
    open: (query: string) => openPopup(browser, site.origin, query),
    origin: () => site.origin,
    show: (name: string) => show(page, name),
    sent: () => actions(page),
    stage: () => page.$eval('main', (main) => main.dataset.stage),
    focused: () => page.evaluate(() => document.activeElement?.textContent),
    texts: (selector: string) => page.$$eval(selector, (all) => all.map((each) => each.textContent)),
    /** Presses what can be pressed, as soon as it can. */
    press: async (selector: string) => {
      await (await page.waitForSelector(`${selector}:not([aria-disabled])`))?.click();
    },
  };
}
