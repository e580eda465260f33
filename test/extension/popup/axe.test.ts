/** Axe in every state of the popup: WCAG 2.2 AA and its best practices. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds, bringAxe } from '../../gallery/axe.ts';
import { buildPopup, type Site, serve } from '../../gallery/site.ts';
import { dress, launch, openPopup, popupViews, show } from '../../gallery/stage.ts';

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

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  beforeAll(async () => {
    page = await openPopup(browser, site.origin);
    await dress(page, scheme);
    await bringAxe(page);
  });
  afterAll(() => page.close());

  test.each(popupViews)('axe finds nothing in %s', async (name) => {
    await show(page, name);
    expect(await axeFinds(page, 'html'), name).toEqual([]);
  });
});
