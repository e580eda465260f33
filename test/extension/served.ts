/** What the tests of a file look at: files served from memory, and a browser to see them in. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import { type Files, type Site, serve } from '../gallery/site.ts';
import { launch } from '../gallery/stage.ts';

/** Both are there within the tests, and are closed behind them. */
export function served(build: () => Files | Promise<Files>) {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await serve(await build());
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  return { origin: () => site.origin, browser: () => browser };
}
