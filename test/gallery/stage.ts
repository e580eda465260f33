/** A headless Chromium with popup or banner in it, and the background's end of their port. */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import messages from '../../common/_locales/en/messages.json' with { type: 'json' };
import type { UiState } from '../../extension/ui-state.ts';
import { presses, uiState } from '../fixtures/ui-states.ts';
import { installFakeBrowser } from './fake-browser.ts';

export function launch(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--lang=en-GB',
    ],
    pipe: true,
  });
}

/** A new page whose scripts find a browser's extension API. */
export async function openPage(browser: Browser, width: number, height: number): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.emulateTimezone('Europe/London');
  await page.evaluateOnNewDocument(installFakeBrowser, messages as Record<string, { message: string }>);
  return page;
}

export async function openPopup(browser: Browser, origin: string, query = ''): Promise<Page> {
  const page = await openPage(browser, query ? 560 : 420, 600);
  await page.goto(`${origin}/extension/popup/index.html${query}`);
  return page;
}

/** The background says how things stand; resolves when it is on screen. */
export async function push(page: Page, state: UiState): Promise<void> {
  await page.evaluate((next) => background.push(next), state as never);
  // Some views of the popup come as a script of their own.
  await page.waitForFunction(() => !document.querySelector('.frame') || document.querySelector('main'));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30))));
}

/** The state of that name, with what is pressed in it. */
export async function show(page: Page, name: string): Promise<void> {
  await push(page, uiState(name));
  const selector = presses.get(name);
  // Shown once more, it is pressed already.
  const button = selector ? await page.$(selector) : null;
  await button?.click();
}

/** What the person's choices have sent so far. */
export function actions(page: Page): Promise<unknown[]> {
  return page.evaluate(() => background.actions);
}

declare global {
  var shadows: ShadowRoot[];
}

/** A page of test/gallery/pages with the banner in it; its closed shadow roots are kept in `shadows`. */
export async function openBanner(browser: Browser, url: string, script: string, width = 1280): Promise<Page> {
  const page = await openPage(browser, width, 720);
  await page.evaluateOnNewDocument(() => {
    globalThis.shadows = [];
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, init);
      shadows.push(root);
      return root;
    };
  });
  await page.goto(url);
  await page.evaluate(script);
  return page;
}
