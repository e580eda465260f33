/** A headless Chromium with popup or banner in it, and the background's end of their port. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import type { UiState } from '../../extension/ui-state.ts';
import { type Messages, meaningIn } from '../fixtures/ui-meanings.ts';
import { presses, uiState, uiStates } from '../fixtures/ui-states.ts';
import { installFakeBrowser } from './fake-browser.ts';
import { type Moment, moments } from './moments.ts';

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

/** What a page is looked at through. */
export interface Glass {
  /** CSS px. */
  width: number;
  height: number;
  /** What the browser's zoom makes of a CSS px: at 2 the page has half the CSS px of its window. */
  zoom?: number;
  /** One of `languages`. */
  language?: string;
  /** English words, written from right to left. */
  mirrored?: boolean;
}

const locales = join(import.meta.dirname, '..', '..', 'common', '_locales');

/** As the browsers name them: `en`, `pt_BR` … */
export const languages: readonly string[] = readdirSync(locales).sort();

function messagesIn(language: string): Messages {
  return JSON.parse(readFileSync(join(locales, language, 'messages.json'), 'utf8'));
}

/** The words that a page was opened with. */
const wordsOf = new WeakMap<Page, Messages>();

/** A new page whose scripts find a browser's extension API. */
export async function openPage(browser: Browser, glass: Glass) {
  const { width, height, zoom = 1, language = 'en', mirrored = false } = glass;
  const page = await browser.newPage();
  await page.setViewport({ width, height, deviceScaleFactor: zoom });
  await page.emulateTimezone('Europe/London');
  const words = messagesIn(language);
  if (mirrored) words.language_direction = { message: 'rtl' };
  wordsOf.set(page, words);
  await page.evaluateOnNewDocument(installFakeBrowser, words);
  return page;
}

/** The popup, as large as browsers make it; with a query, our own window. */
export async function openPopup(browser: Browser, origin: string, query = '', glass: Partial<Glass> = {}) {
  const page = await openPage(browser, { width: query ? 560 : 420, height: 600, ...glass });
  await page.goto(`${origin}/extension/popup/index.html${query}`);
  return page;
}

/** The background says how things stand; resolves when it is on screen. */
export async function push(page: Page, state: UiState): Promise<void> {
  const words = wordsOf.get(page);
  const meanings = state.meanings.map(({ code }) => meaningIn(code, words));
  await page.evaluate((next) => background.push(next), { ...state, meanings } as never);
  // Some views of the popup come as a script of their own.
  await page.waitForFunction(() => !document.querySelector('.frame') || document.querySelector('main'));
  await page.evaluate(untilStill);
}

/** In a page: resolves when a frame has gone by in which nothing changed, in a banner neither. */
function untilStill(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let changed = true;
  const observer = new MutationObserver(() => {
    changed = true;
  });
  for (const root of [document, ...(globalThis.shadows ?? [])])
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  // What is done after a frame is painted, effects among it, is done in the timers behind it.
  const frame = () => requestAnimationFrame(() => setTimeout(look));
  const look = () => {
    if (changed) {
      changed = false;
      frame();
    } else {
      observer.disconnect();
      resolve();
    }
  };
  frame();
  return promise;
}

/** Everything that the popup can show, by its name: the background's states, and what keys lead to. */
export const popupViews: readonly string[] = [...uiStates.keys(), ...moments.keys()];

/** The view of that name, with what is pressed in it. */
export async function show(page: Page, name: string): Promise<void> {
  const moment = moments.get(name);
  if (moment) return showMoment(page, moment);
  await push(page, uiState(name));
  const selector = presses.get(name);
  // Shown once more, it is pressed already.
  const button = selector ? await page.$(selector) : null;
  await button?.click();
}

/** From a new beginning: the popup remembers where a person went. */
async function showMoment(page: Page, { from, go, shows }: Moment): Promise<void> {
  await page.reload();
  await push(page, from);
  await go(page);
  await page.waitForSelector(shows);
}

/** Runs a script in this page and after each of its reloads. */
export async function bring(page: Page, script: string): Promise<void> {
  await page.evaluateOnNewDocument(script);
  await page.evaluate(script);
}

/** The part of the page that the popup would be: as high as its content, up to 600 px. */
export async function popupClip(page: Page) {
  const { width = 0, height = 0 } = page.viewport() ?? {};
  const long = await page.$eval('.frame', (frame) => Math.ceil(frame.getBoundingClientRect().height));
  return { x: 0, y: 0, width, height: Math.min(long, height), isAll: long <= height };
}

/** What the person's choices have sent so far. */
export function actions(page: Page): Promise<unknown[]> {
  return page.evaluate(() => background.actions);
}

declare global {
  /** In a page with a banner. */
  var shadows: ShadowRoot[];
}

export interface BannerGlass extends Partial<Glass> {
  /** For tools that cannot see into a closed shadow root, as it is in the product. */
  mode?: ShadowRootMode;
}

/** A page of test/gallery/pages with the banner in it; its shadow roots are kept in `shadows`. */
export async function openBanner(browser: Browser, url: string, script: string, glass: BannerGlass = {}) {
  const page = await openPage(browser, { width: 1280, height: 720, ...glass });
  await page.evaluateOnNewDocument((mode) => {
    globalThis.shadows = [];
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
      const root = attach.call(this, mode ? { ...init, mode } : init);
      shadows.push(root);
      return root;
    };
  }, glass.mode ?? null);
  await page.goto(url);
  await page.evaluate(script);
  return page;
}

/** Has the banner say what is behind it, where it offers that and does not say it yet. */
export async function askWhy(page: Page): Promise<void> {
  const closed = '[data-do=why][aria-expanded=false]';
  const why = await page.evaluateHandle((part) => shadows.at(-1)?.querySelector(part) ?? null, closed);
  await (why.asElement() as ElementHandle<Element> | null)?.click();
}

/** Light or dark, forced colours (high contrast), and without motion. */
export type Scheme = 'light' | 'dark' | 'forced';

/** Shows the page as a person has set their system; nothing moves, so nothing has to be waited for. */
export async function dress(page: Page, scheme: Scheme): Promise<void> {
  const features = [
    { name: 'prefers-color-scheme', value: scheme === 'light' ? 'light' : 'dark' },
    { name: 'forced-colors', value: scheme === 'forced' ? 'active' : 'none' },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ];
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { features });
}
