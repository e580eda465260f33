/**
 * The whole story, told by a real browser: sign-in fails, the banner says so, a plan is shown and agreed to, the host
 * repairs and the extension signs in again. Prints each stage with its time and keeps a picture of each.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { BrowserFamily } from '../../native-host/registration/browsers.ts';
import { bannerWith, pressBanner, wordsOf } from '../harness/browser/banner.ts';
import { startBrowser, type TestBrowser } from '../harness/browser/browsers.ts';
import { endings, popupOpened, press, windowAt } from '../harness/browser/our-window.ts';
import { waitFor } from '../harness/wait-for.ts';

export interface StoryOptions {
  family: BrowserFamily;
  standIn: number;
  host: readonly string[];
  code: string;
  /** Folder for pictures; none are made without. */
  pictures?: string;
  /** Opened before all: a page that gives the browser a session which sign-in fails on. */
  first?: string;
  /** Whether sign-in works on the PC by now: a person who does what a guide says goes on when it does. */
  works?: () => Promise<boolean>;
  tell: (line: string) => void;
}

export type Ending = 'signed-in' | 'not-repairable' | 'not-fixed';

/** Drives the story to its end. The browser's own question for permissions is one that only a person can answer. */
export async function tellStory(options: StoryOptions): Promise<Ending> {
  const browser = await startBrowser(options.family, { ...options, permitted: true });
  try {
    return await new Teller(browser, options).tell();
  } finally {
    await browser.close();
  }
}

class Teller {
  readonly #browser: TestBrowser;
  readonly #options: StoryOptions;
  readonly #begin = performance.now();
  #picture = 0;

  constructor(browser: TestBrowser, options: StoryOptions) {
    this.#browser = browser;
    this.#options = options;
  }

  async tell(): Promise<Ending> {
    const page = await this.#browser.browser.newPage();
    if (this.#options.first) await page.goto(this.#options.first);
    await page.goto('https://www.office.com/');
    await this.#stage('page failed', page, page.url().split('?')[0]);
    const banner = await bannerWith(
      this.#browser,
      page,
      ({ text }) => text.includes(this.#options.code),
      'the banner',
    );
    await this.#stage('banner seen', page, banner.text);
    const button = banner.buttons.get('open');
    if (!button || !/fix/i.test(wordsOf(button))) return this.#notRepairable(page);
    await pressBanner(this.#browser, page, 'open');
    await popupOpened(this.#browser);
    const plan = await windowAt(this.#browser, 'plan');
    // The window has its size by the time that it takes consent.
    await plan.waitForSelector('button[data-do="start"]:not([aria-disabled])');
    await this.#stage('plan', plan, await heading(plan));
    await press(plan, 'start');
    return this.#follow(page);
  }

  async #notRepairable(page: Page): Promise<Ending> {
    await pressBanner(this.#browser, page, 'open');
    await popupOpened(this.#browser);
    const details = await windowAt(this.#browser, 'failure');
    await this.#stage('handed on', details, await heading(details));
    return 'not-repairable';
  }

  async #follow(page: Page): Promise<Ending> {
    const ended = await this.#steps();
    const good = (await ended.$eval('main', (main) => main.dataset.tone)) === 'good';
    await this.#stage(good ? 'sign-in verified' : 'not fixed', ended, await heading(ended));
    if (!good) return 'not-fixed';
    await press(ended, 'continue');
    await page.waitForFunction(
      () => location.hostname === 'www.office.com' && document.readyState === 'complete',
    );
    await this.#stage('signed in', page, page.url());
    return 'signed-in';
  }

  /** Tells each step as it ends; gives the window at the run's end. */
  async #steps(): Promise<Page> {
    const run = await windowAt(this.#browser, ['run', 'guide']).catch(() => undefined);
    if (run) await this.#stage('repairing', run);
    const ended = await this.#pastGuides();
    const lines = await ended.$$eval('.step', (steps) =>
      steps.map((step) => {
        const leaves = [...step.querySelectorAll('*')].filter(({ children }) => children.length === 0);
        return leaves.flatMap(({ textContent }) => textContent || []).join(': ');
      }),
    );
    for (const line of lines) this.#say(`step: ${line}`);
    return ended;
  }

  /** Does what each guide says, as a person would. */
  async #pastGuides(): Promise<Page> {
    for (;;) {
      const page = await windowAt(this.#browser, [...endings, 'guide'], 180_000);
      if ((await stageOf(page)) !== 'guide') return page;
      await this.#stage('your turn', page, await heading(page));
      const link = await page.$('.links button:not([data-do="copy"])');
      await link?.click();
      const { works } = this.#options;
      if (link && works) await waitFor(works, 'what the guide says');
      await press(page, 'done');
      await waitFor(async () => (await stageOf(page)) !== 'guide', 'the way on from the guide');
    }
  }

  async #stage(name: string, page: Page, detail = ''): Promise<void> {
    this.#say(`${name}${detail ? `: ${detail}` : ''}`);
    const { pictures } = this.#options;
    if (!pictures) return;
    await mkdir(pictures, { recursive: true });
    this.#picture += 1;
    const file = `${this.#picture}-${name.replaceAll(' ', '-')}.png`;
    await page.screenshot({ path: join(pictures, file) });
  }

  #say(line: string): void {
    const seconds = ((performance.now() - this.#begin) / 1000).toFixed(2);
    this.#options.tell(`${seconds.padStart(7)} s  ${line}`);
  }
}

function stageOf(page: Page): Promise<string | undefined> {
  return page.$eval('main', (main) => main.dataset.stage);
}

function heading(page: Page): Promise<string> {
  return page.$eval('h1', ({ textContent }) => textContent ?? '');
}
