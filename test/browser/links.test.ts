/** Links of ours, followed in real browsers: they show our window at a command, and nothing comes of it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { expect, it, onTestFinished } from 'vitest';
import { FIREFOX_SCHEME, type Link, linkTo, pageOf } from '../../common/link.ts';
import { readSimulatedPc } from '../../native-host/machine/simulated/index.ts';
import type { BrowserFamily } from '../../native-host/registration/browsers.ts';
import { chromeContext, runBidi } from '../harness/browser/bidi.ts';
import { startBrowser, type TestBrowser } from '../harness/browser/browsers.ts';
import { OPTIONS, openPages, ownPage } from '../harness/browser/own-page.ts';
import { simulatedHost } from '../harness/host/host-registration.ts';
import { waitFor } from '../harness/wait-for.ts';
import { makePc } from '../story/story-pc.ts';

const POPUP = 'extension/popup/index.html';

/** With what is chosen in our window then. */
const links: [Link, string][] = [
  [{ command: 'fix' }, 'check'],
  [{ command: 'check' }, 'check'],
  [{ command: 'history' }, 'history'],
  [{ command: 'report' }, 'report'],
  [{ command: 'explain', code: 'AADSTS53003' }, 'code:AADSTS53003'],
];

async function installed(family: BrowserFamily, test: (browser: TestBrowser) => Promise<void>) {
  const pc = await makePc();
  const browser = await startBrowser(family, { standIn: 9, host: simulatedHost(pc.file) });
  try {
    await test(browser);
    expect(readSimulatedPc(pc.file).log).toEqual([]);
  } finally {
    await browser.close();
    await pc.remove();
  }
}

/** Waits for our window at this item, sees that nothing was begun, and closes it. */
async function seeOnly(browser: TestBrowser, item: string): Promise<void> {
  const page = await ownPage(browser, POPUP);
  await page.waitForSelector(`[data-stage=nothing] [data-item="${item}"][aria-selected=true]`);
  expect(await begun(page)).toEqual({ check: null, plan: null, run: null });
  await page.close();
  await waitFor(async () => (await popups(browser)).length === 0, 'our window closed');
}

const popups = (browser: TestBrowser) => openPages(browser, browser.extensionUrl(POPUP));

/** What the background has begun, as it keeps it. */
function begun(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const api = globalThis as unknown as Record<'chrome' | 'browser', typeof chrome | undefined>;
    const stored = await (api.browser ?? api.chrome)?.storage.session.get('memory');
    const { check = null, plan = null, run = null } = Object(Object(stored).memory);
    return { check, plan, run };
  });
}

it('in Chromium the addresses that `open` gives it show our window there, and nothing is done', async () => {
  await installed('chromium', async (browser) => {
    for (const [link, item] of links) {
      const page = await browser.browser.newPage();
      await page.goto(browser.extensionUrl(pageOf(link)));
      await seeOnly(browser, item);
    }
    const page = await browser.browser.newPage();
    await page.goto(browser.extensionUrl(pageOf({ command: 'settings' })));
    await ownPage(browser, OPTIONS);
  });
});

/** A page of the web with a link of ours, and one with the link in a frame. */
async function webSite(link: string): Promise<string> {
  const pages: Record<string, string> = {
    '/link': `<a href="${link}">Free coffee</a>`,
    '/frame': `<iframe src="${link}"></iframe>`,
  };
  const server = createServer(({ url = '' }, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(pages[url] ?? '');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('in Firefox links on its command line show our window there, and nothing is done', async () => {
  await installed('firefox', async (browser) => {
    const context = await chromeContext(browser.browser);
    const start = (link: Link) =>
      runBidi(browser.browser, context, {
        // What a second start hands to the first, as a test's profile takes no second start.
        expression: `Cc['@mozilla.org/browser/final-clh;1'].getService(Ci.nsICommandLineHandler).handle(
          Cu.createCommandLine(['${linkTo(link, FIREFOX_SCHEME)}'], null, Ci.nsICommandLine.STATE_REMOTE_EXPLICIT))`,
      });
    for (const [link, item] of links) {
      await start(link);
      await seeOnly(browser, item);
    }
    await start({ command: 'settings' });
    await ownPage(browser, OPTIONS);
  });
});

it('in Firefox a page’s link opens our window only when the person says so', async () => {
  const site = await webSite(linkTo({ command: 'check' }, FIREFOX_SCHEME));
  await installed('firefox', async (browser) => {
    const context = await chromeContext(browser.browser);
    const question = async () => {
      const { value } = await runBidi(browser.browser, context, {
        expression: `[...document.querySelectorAll('.dialogFrame')]
          .map((frame) => frame.contentDocument?.documentURI).join()`,
      });
      return String(value).includes('permissionDialog');
    };
    for (const path of ['/frame', '/link']) {
      const page = await browser.browser.newPage();
      await page.goto(`${site}${path}`);
      await page.bringToFront();
      if (path === '/link') await page.click('a');
      await waitFor(question, `the question of ${path}`);
      expect(await popups(browser)).toEqual([]);
      await page.close();
      await waitFor(async () => !(await question()), 'the question gone');
    }
  });
});
