import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInPlace } from '../../../common/pages/address.ts';
import { judgePage } from '../../../native-host/pages/judge-page.ts';
import { type Expected, readExpected, readHtml } from '../../corpus/read.ts';
import { bundle, sentSoon, startBrowser, watch } from './harness.ts';

let browser: Browser;
let watcher = '';
beforeAll(async () => {
  [watcher, browser] = await Promise.all([bundle(), startBrowser()]);
});
afterAll(() => browser?.close());

/** Longer than the watcher waits for a page that does not decide itself. */
const SILENCE = 2600;
const AT_ONCE = 8;

async function compare({ file, url }: Expected): Promise<void> {
  const html = readHtml(file);
  const judged = judgePage(html, url);
  const watched = await watch(browser, watcher, html, url);
  const sent = await sentSoon(watched, 1, judged ? 5000 : signInPlace(url) ? SILENCE : 50);
  expect.soft({ file, sent }).toEqual({ file, sent: judged ? [judged] : [] });
  await watched.page.close();
}

describe('the watcher in Chromium and the reader of saved pages', () => {
  it('say the same of every page of the corpus', { timeout: 300_000 }, async () => {
    // Chromium knows these hosts and goes to https by itself.
    const waiting = readExpected().filter(({ url }) => !url.startsWith('http:'));
    expect(waiting.length).toBeGreaterThan(120);
    const work = async () => {
      for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) await compare(page);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  });
});
