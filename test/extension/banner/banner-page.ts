/** A banner for the tests of a file: built once, put into a page by each. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterEach, beforeAll } from 'vitest';
import { uiState } from '../../fixtures/ui-states.ts';
import { buildBanner } from '../../gallery/site.ts';
import { type BannerGlass, openBanner, push } from '../../gallery/stage.ts';
import { served } from '../served.ts';

/** Pages to put it into. */
export function bannerSite() {
  const { browser, origin } = served(() => new Map());
  let script: string;
  beforeAll(async () => {
    script = await buildBanner();
  });
  return {
    script: () => script,
    /** A page of test/gallery/pages with the banner in it, or with another script. */
    open: (at: string, glass?: BannerGlass, instead?: string) =>
      openBanner(browser(), `${origin()}/pages/${at}.html`, instead ?? script, glass),
  };
}

/** One page at a time, with hands to look at the banner in it and to press it. */
export function bannerPage() {
  const site = bannerSite();
  let page: Page;
  afterEach(async () => {
    if (!page.isClosed()) await page.close();
  });
  const show = (name: string) => push(page, uiState(name));

  return {
    page: () => page,
    script: site.script,
    show,
    async open(name: string, { at = 'sign-in', width = 1280 } = {}): Promise<void> {
      page = await site.open(at, { width });
      await show(name);
    },
    /** A page that waits for the banner's script. */
    async openBare(): Promise<void> {
      page = await site.open('sign-in', {}, '0');
    },
    count: () => page.$$eval('signin-rescue-banner', (all) => all.length),
    /** Text of a part of the banner, seen past its closed root. */
    text: (selector: string) =>
      page.evaluate((part) => shadows.at(-1)?.querySelector(part)?.textContent ?? null, selector),
    async press(selector: string): Promise<void> {
      const part = await page.evaluateHandle(
        (wanted) => shadows.at(-1)?.querySelector(wanted) ?? null,
        selector,
      );
      await (part.asElement() as ElementHandle<Element> | null)?.click();
    },
  };
}
