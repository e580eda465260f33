/** How soon popup and banner are there, in a real Chromium with the built extension. */
import type { Page } from 'puppeteer-core';
import { startBrowser, type TestBrowser } from '../harness/browser/browsers.ts';
import { stopWorker } from '../harness/browser/service-worker.ts';
import { simulatedHost } from '../harness/host/host-registration.ts';
import { startStandIn } from '../stand-in/index.ts';
import { makePc } from '../story/story-pc.ts';
import { type Effort, type Part, row } from './row.ts';

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

type Moment = 'bare' | 'awake' | 'asleep';

/** Milliseconds, of the extension as it was built last; with a background that runs, and one that the browser had ended. */
async function measure(rounds: number): Promise<Record<Moment, Opened[]> & { banner: number[] }> {
  const pc = await makePc();
  const standIn = await startStandIn({ verdict: pc.verdict });
  const browser = await startBrowser('chromium', { standIn: standIn.port, host: simulatedHost(pc.file) });
  const url = browser.extensionUrl('extension/popup/index.html?tab=-1');
  const ready = 'main[data-stage] .search:focus';
  const found: Record<Moment, Opened[]> = { awake: [], asleep: [], bare: [] };
  const banner: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      found.bare.push(await open(browser, 'data:text/html,<p>word', 'p'));
      found.awake.push(await open(browser, url, ready));
      await stopWorker(browser);
      found.asleep.push(await open(browser, url, ready));
      banner.push(await bannerAfter(browser));
    }
  } finally {
    await browser.close();
    await standIn.close();
    await pc.remove();
  }
  return { ...found, banner };
}

/** The design's: the popup's first paint, and the banner behind what failed. */
const [PAINT, BANNER] = [100, 50];

export async function popupCost({ rounds = 20 }: Effort): Promise<Part> {
  const { bare, awake, asleep, banner } = await measure(rounds);
  const painted = (all: readonly Opened[]) => all.map(({ painted }) => painted);
  const usable = (all: readonly Opened[]) => all.map(({ usable }) => usable);
  const against = { name: 'a page of one word', figures: painted(bare) };
  const goal = { of: 'figure', atMost: PAINT } as const;
  return {
    title: 'Popup and banner in Chromium, from the beginning of the navigation',
    rows: [
      row({ name: 'popup, first paint', ours: painted(awake), against, goal }),
      row({ name: 'the same, background asleep', ours: painted(asleep), against, goal }),
      row({ name: 'popup, search box has the focus', ours: usable(awake), against }),
      row({ name: 'the same, background asleep', ours: usable(asleep), against }),
      row({
        name: 'banner, after the failure was painted',
        ours: banner,
        goal: { of: 'figure', atMost: BANNER },
      }),
    ],
    notes: [],
  };
}
