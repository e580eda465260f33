/** Sites that are not Microsoft's, in real browsers: what they get of us, which is nothing. */
import { createServer } from 'node:http';
import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { bannerWith, readBanner } from '../../harness/browser/banner.ts';
import type { TestBrowser } from '../../harness/browser/browsers.ts';
import { openOurWindow } from '../../harness/browser/our-window.ts';
import { OPTIONS, WELCOME } from '../../harness/browser/own-page.ts';
import { sharedScene } from '../../harness/browser/shared-scene.ts';
import { listen } from '../../harness/network/listening.ts';

const SIGN_IN = 'https://login.microsoftonline.com/common/oauth2/authorize';
const pagesOfOurs = ['extension/popup/index.html', OPTIONS, WELCOME];

/** What is as good as Microsoft's to the eye. */
const lookAlikes = [
  'https://login.microsoftonline.com.evil.example/common/oauth2/authorize',
  'https://evil.example/login.microsoftonline.com/common/oauth2/authorize',
  'https://login.microsoftonline.com@evil.example/common/oauth2/authorize',
  'https://login-microsoftonline.com/common/oauth2/authorize',
  'https://xlogin.microsoftonline.com/common/oauth2/authorize',
  // With Cyrillic letters, as a browser asks for them.
  'https://login.microsоftonline.com/common/oauth2/authorize',
  'https://lоgin.live.com/common/oauth2/authorize',
];

/** Answers whatever this page asks for with another page, whoever's name is on it. */
async function answering(browser: TestBrowser, html: string): Promise<Page> {
  const page = await browser.browser.newPage();
  await page.setRequestInterception(true);
  page.on(
    'request',
    (request) => void request.respond({ status: 200, contentType: 'text/html', body: html }),
  );
  return page;
}

/** A site that holds whatever it was given last. */
async function startSite() {
  let body = '';
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(body),
  );
  const { address, close } = await listen(server);
  return {
    open: async ({ browser }: TestBrowser, html: string) => {
      body = html;
      const page = await browser.newPage();
      await page.goto(`http://${address}/`);
      return page;
    },
    close,
  };
}

describe.each<BrowserFamily>(['chromium', 'firefox'])('another site, in %s,', (family) => {
  const scene = sharedScene(family);
  let site: Awaited<ReturnType<typeof startSite>>;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  it('that shows the very page of a failed sign-in under a name like Microsoft’s gets no banner', async () => {
    const { browser, openOffice } = scene();
    const failed = await openOffice();
    await bannerWith(browser, failed, ({ buttons }) => buttons.has('open'), 'the banner');
    const html = await failed.evaluate(async () => (await fetch(location.href)).text());
    expect(html).toContain('AADSTS50173');
    await failed.close();
    const pages: Page[] = [];
    // Chromium goes to the secure one by itself.
    const others = family === 'firefox' ? [...lookAlikes, SIGN_IN.replace('https:', 'http:')] : lookAlikes;
    for (const address of others) {
      const page = await answering(browser, html);
      await page.goto(address);
      expect(page.url()).not.toMatch(/^https:\/\/login\.microsoftonline\.com\//);
      pages.push(page);
    }
    // The same under Microsoft's own name: by then a wrong banner would have been there.
    const real = await answering(browser, html);
    await real.goto(SIGN_IN);
    await bannerWith(browser, real, ({ text }) => text.includes('AADSTS50173'), 'the banner');
    for (const page of pages) {
      expect(await readBanner(browser, page), page.url()).toBeUndefined();
      await page.close();
    }
    await real.close();
  });

  it('can hold none of our pages in a frame, open none by script or link, and load none of our files', async () => {
    const { browser } = scene();
    const urls = [...pagesOfOurs, 'icons/128.png', 'manifest.json'].map((path) => browser.extensionUrl(path));
    const page = await site.open(browser, urls.map(reaching).join(''));
    const fetched = await page.evaluate(async (all) => {
      const tries = all.flatMap((url) => [fetch(url), fetch(url, { mode: 'no-cors' })]);
      for (const url of all) {
        try {
          open(url);
        } catch {
          // Firefox says no at once.
        }
      }
      const answers = await Promise.allSettled(tries);
      return answers.filter(({ status }) => status === 'fulfilled').length;
    }, urls);
    expect(fetched).toBe(0);
    // Nor is there anything by which it could speak to us.
    expect(
      await page.evaluate(() =>
        ['chrome', 'browser'].filter((name) => Object(Reflect.get(globalThis, name)).runtime),
      ),
    ).toEqual([]);
    for (const link of await page.$$('a')) {
      await page.bringToFront();
      await link.click();
    }
    await page.waitForFunction((count) => Reflect.get(globalThis, 'refused') === count, {}, urls.length * 4);
    expect(await page.evaluate(() => Reflect.get(globalThis, 'loaded'))).toEqual([]);
    // One that we open ourselves after all that is there, and none beside it.
    const window = await openOurWindow(browser);
    for (const each of await browser.browser.pages())
      for (const frame of each.frames()) expect(await isOurs(frame), each.url()).toBe(each === window);
    for (const each of (await browser.browser.pages()).slice(1)) await each.close();
  });
});

/** All ways in which a page may load what is at an address; those that are refused are counted. */
function reaching(url: string): string {
  const count = 'onload="loaded.push(this.tagName)" onerror="refused = (globalThis.refused ?? 0) + 1"';
  return [
    '<script>globalThis.loaded ??= []</script>',
    `<iframe src="${url}"></iframe><a href="${url}" target="_blank">Win</a>`,
    `<img src="${url}" ${count}><link rel="stylesheet" href="${url}" ${count}>`,
    `<script src="${url}" ${count}></script><script type="module" src="${url}" ${count}></script>`,
  ].join('');
}

const isOurs = (frame: Frame) =>
  frame
    .evaluate(() => /Signin Rescue|manifest_version/.test(document.title + document.body.innerText))
    .catch(() => false);
