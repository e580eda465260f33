/** A popup for the tests of a file: built once, opened anew for each. */
import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach } from 'vitest';
import { buildPopup } from '../../gallery/site.ts';
import { actions, openPopup, show } from '../../gallery/stage.ts';
import { served } from '../served.ts';

/** Hands to look at it and to press it, valid within a test. */
export function popupPage() {
  const { browser, origin } = served(buildPopup);
  let page: Page;
  beforeEach(async () => {
    page = await openPopup(browser(), origin());
  });
  afterEach(() => page.close());

  return {
    page: () => page,
    origin,
    show: (name: string) => show(page, name),
    sent: () => actions(page),
    stage: () => page.$eval('main', (main) => main.dataset.stage),
    focused: () => page.evaluate(() => document.activeElement?.textContent),
    texts: (selector: string) => page.$$eval(selector, (all) => all.map((each) => each.textContent)),
    /** Presses what can be pressed, as soon as it can. */
    press: async (selector: string) => {
      await (await page.waitForSelector(`${selector}:not([aria-disabled])`))?.click();
    },
    /** Has the clipboard take what is copied, or refuse it. */
    clipboard: (writes: boolean) =>
      page.evaluate((may) => {
        navigator.clipboard.writeText = async (text) => {
          if (!may) throw new DOMException('', 'NotAllowedError');
          Object.assign(globalThis, { copied: text });
        };
      }, writes),
    /** What the clipboard took. */
    copied: () => page.evaluate(() => Reflect.get(globalThis, 'copied') as string | undefined),
  };
}
