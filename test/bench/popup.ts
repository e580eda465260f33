/** How soon popup and banner are there, in a real Chromium with the built extension. */
import type { Page } from 'puppeteer-core';
import { startBrowser, type TestBrowser } from '../harness/browsers.ts';
import { simulatedHost } from '../harness/host-registration.ts';
import { stopWorker } from '../harness/service-worker.ts';
import { startStandIn } from '../stand-in/index.ts';
import { makePc } from '../story/story-pc.ts';
import { ratios, type Summary, summary, told } from './figures.ts';

const rounds = 20;

interface Opened {
  /** Milliseconds from the beginning of the navigation. */
  painted: number;
  /** The view is there and can be used by keyboard. */
  usable: number;
}

declare global {
  var seenAt: Record<string, number>;
}

/** Notes when an element first stands in the page. */
function note(selector: string): void {
  globalThis.seenAt = {};
  const look = () => {
    if (selector in seenAt || !document.querySelector(selector)) return;
    seenAt[selector] = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
}

async function paintOf(page: Page): Promise<number> {
  const entry = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  return Number(await entry.jsonValue());
}

/** Opens a page in a new tab and says how long that took. */
async function open(browser: TestBrowser, url: string, ready: string): Promise<Opened> {
  const page = await browser.browser.newPage();
  await page.evaluateOnNewDocument(note, ready);
  await page.goto(url);
  await page.waitForSelector(ready);
  const opened = {
    painted: await paintOf(page),
    usable: await page.evaluate((each) => seenAt[each] ?? Number.NaN, ready),
  };
  await page.close();
  return opened;
}

/** From the first paint of a page that says what failed to the banner's place in it. */
async function bannerAfter(browser: TestBrowser): Promise<number> {
  const page = await browser.browser.newPage();
  await page.evaluateOnNewDocument(note, 'signin-rescue-banner');
  await page.goto('https://www.office.com/');
  await page.waitForSelector('signin-rescue-banner');
  const painted = await paintOf(page);
  const seen = await page.evaluate(() => seenAt['signin-rescue-banner'] ?? Number.NaN);
  await page.close();
  return Math.max(0, seen - painted);
}

interface Cost {
  painted: Summary;
  usable: Summary;
}

export interface PopupCost {
  rounds: number;
  awake: Cost;
  /** With a background that the browser had ended. */
  asleep: Cost;
  /** First paint against that of a page with one word in it. */
  ratio: Summary;
  banner: Summary;
}

const costOf = (all: readonly Opened[]): Cost => ({
  painted: summary(all.map(({ painted }) => painted)),
  usable: summary(all.map(({ usable }) => usable)),
});

/** Milliseconds, of the extension as it was built last. */
export async function popupCost(): Promise<PopupCost> {
  const pc = await makePc();
  const standIn = await startStandIn({ verdict: pc.verdict });
  const browser = await startBrowser('chromium', { standIn: standIn.port, host: simulatedHost(pc.file) });
  const url = browser.extensionUrl('extension/popup/index.html?tab=-1');
  const found: Record<'awake' | 'asleep' | 'bare', Opened[]> = { awake: [], asleep: [], bare: [] };
  const banner: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      found.bare.push(await open(browser, 'data:text/html,<p>word', 'p'));
      found.awake.push(await open(browser, url, 'main[data-stage] .search:focus'));
      await stopWorker(browser);
      found.asleep.push(await open(browser, url, 'main[data-stage] .search:focus'));
      banner.push(await bannerAfter(browser));
    }
  } finally {
    await browser.close();
    await standIn.close();
    await pc.remove();
  }
  return {
    rounds,
    awake: costOf(found.awake),
    asleep: costOf(found.asleep),
    ratio: ratios(
      found.awake.map(({ painted }) => painted),
      found.bare.map(({ painted }) => painted),
    ),
    banner: summary(banner),
  };
}

/** The same for a person to read. */
export function tellPopup({ rounds, awake, asleep, ratio, banner }: PopupCost): string[] {
  const line = (label: string, cost: Summary) => `  ${label.padEnd(34)} ${told(cost)}`;
  return [
    `Popup in Chromium, ${rounds} rounds, milliseconds: goal for the first paint 100`,
    line('first paint', awake.painted),
    line('first paint, background asleep', asleep.painted),
    line('search box has the focus', awake.usable),
    line('the same, background asleep', asleep.usable),
    line('first paint ÷ that of one word', ratio),
    'Banner, milliseconds after the failure was painted: goal 50',
    line('banner in the page', banner),
  ];
}
