/** The look at the connection as a person meets it: in our window, and by itself after a change of network. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import type { TestBrowser } from '../harness/browser/browsers.ts';
import { openOurWindow, press, windowAt } from '../harness/browser/our-window.ts';
import { inScene } from '../harness/browser/scene.ts';
import { comeOnline, notifications } from '../harness/browser/service-worker.ts';
import { waitFor } from '../harness/wait-for.ts';

const words = (page: Page) => page.$eval('main', ({ textContent }) => textContent ?? '');

/** What the view of the check says when the look is over. */
async function checked(browser: TestBrowser): Promise<string> {
  const page = await windowAt(browser, 'check');
  await page.waitForSelector('main:not(:has(~ .foot [data-do="cancel-check"]))');
  return words(page);
}

describe.each(['chromium', 'firefox'] as const)('in %s', (family) => {
  it('with nothing in the way, helper and browser both say so', async () => {
    await inScene(family, {}, async ({ browser }) => {
      await browser.browser.newPage();
      const page = await openOurWindow(browser);
      await windowAt(browser, 'nothing');
      await press(page, 'check');
      await checked(browser);
      await page.click('details[data-level=ok] summary');
      await page.waitForSelector('details[data-level=ok][open] li');
      const text = await words(page);
      expect(text).toContain('This browser reaches login.microsoftonline.com.');
      expect(text).toContain('This browser reaches aadcdn.msauth.net.');
      expect(text).toContain('This PC’s clock is right.');
    });
  });

  it('what is broken is named first, and leads to the plan of the failure in the tab', async () => {
    const broken = { 'login.microsoftonline.com': { fault: 'name-not-found' as const } };
    const pc = (machine: { network: { hosts: object } }) => void Object.assign(machine.network.hosts, broken);
    await inScene(family, { pc }, async ({ browser, openOffice }) => {
      await openOffice();
      const page = await openOurWindow(browser);
      await windowAt(browser, 'failure');
      await press(page, 'check');
      await checked(browser);
      expect(await page.$eval('h1', ({ textContent }) => textContent)).toContain('login.microsoftonline.com');
      await press(page, 'plan');
      await windowAt(browser, 'plan');
    });
  });

  it('without a helper the browser’s own half is there', async () => {
    await inScene(family, { host: null }, async ({ browser }) => {
      await browser.browser.newPage();
      const page = await openOurWindow(browser);
      await press(page, 'check');
      expect(await checked(browser)).toContain('This browser reaches login.microsoftonline.com.');
    });
  });

  it('a browser that cannot get there says so', async () => {
    await inScene(family, { host: null }, async ({ browser, standIn }) => {
      await browser.browser.newPage();
      const page = await openOurWindow(browser);
      await standIn.close();
      await press(page, 'check');
      expect(await checked(browser)).toContain('This browser cannot reach login.microsoftonline.com.');
    });
  });
});

describe('after a change of network, in Chromium', () => {
  it('a warning comes before the failure does, and leads to what was found', async () => {
    await inScene('chromium', {}, async ({ browser, pc }) => {
      await pc.change(({ network }) => {
        network.hosts['login.microsoftonline.com'] = { fault: 'name-not-found' };
      });
      await comeOnline(browser);
      await waitFor(async () => (await notifications(browser)).includes('connection-warning'), 'the warning');
      const page = await browser.browser.newPage();
      await page.goto(browser.extensionUrl('extension/popup/index.html?tab=0'));
      expect(await checked(browser)).toContain('login.microsoftonline.com');
    });
  });
});
