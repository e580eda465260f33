/** Axe in every state of the popup: WCAG 2.2 AA and its best practices. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds, bringAxe } from '../../gallery/axe.ts';
import { buildPopup } from '../../gallery/site.ts';
import { dress, openPopup, popupViews, show } from '../../gallery/stage.ts';
import { served } from '../served.ts';

const { browser, origin } = served(buildPopup);
let page: Page;

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  beforeAll(async () => {
    page = await openPopup(browser(), origin());
    await dress(page, scheme);
    await bringAxe(page);
  });
  afterAll(() => page.close());

  test.each(popupViews)('axe finds nothing in %s', async (name) => {
    await show(page, name);
    expect(await axeFinds(page, 'html'), name).toEqual([]);
  });
});
