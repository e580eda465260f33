/** What happens to incidents over time: the back button, sleep, many tabs, answers in the address or a form. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { bannerWith, readBanner } from '../harness/browser/banner.ts';
import { openOurWindow, windowAt } from '../harness/browser/our-window.ts';
import { inScene } from '../harness/browser/scene.ts';
import { badgeText, stopWorker } from '../harness/browser/service-worker.ts';
import { waitFor } from '../harness/wait-for.ts';

const signIn = 'https://login.microsoftonline.com/';
const words = (page: Page) => page.$eval('main', ({ textContent }) => textContent ?? '');

describe.each(['chromium', 'firefox'] as const)('in %s', (family) => {
  it('an error in the answer to the app is told, in the address or behind its #', async () => {
    await inScene(family, {}, async ({ browser }) => {
      const description = encodeURIComponent('AADSTS50105: The signed in user is not assigned to a role.');
      for (const mark of ['?', '#']) {
        const page = await browser.browser.newPage();
        const address = `https://m365.cloud.microsoft/x${mark}error=access_denied&error_description=${description}`;
        await page.goto(address).catch(() => undefined);
        const window = await openOurWindow(browser);
        expect(await words(await windowAt(browser, 'failure')), mark).toContain('AADSTS50105');
        await window.close();
        await page.close();
      }
    });
  });

  it('cookies that are blocked are told, on a page that looks well', async () => {
    await inScene(family, { noCookies: true }, async ({ browser, standIn, openOffice }) => {
      standIn.next('sign-in');
      const page = await openOffice();
      const { text } = await bannerWith(browser, page, () => true, 'the banner');
      expect(text).toContain('cookies-blocked');
    });
  });

  it('a page whose body comes late is told when it is there', async () => {
    await inScene(family, {}, async ({ browser, standIn, openOffice }) => {
      standIn.next('slow');
      const page = await openOffice();
      const { text } = await bannerWith(browser, page, () => true, 'the banner');
      expect(text).toContain('AADSTS50173');
    });
  });

  it('a page that fails in place, and goes on in place, is told and forgotten', async () => {
    await inScene(family, {}, async ({ browser, standIn, openOffice }) => {
      standIn.next('second-factor');
      const page = await openOffice();
      await page.evaluate(() => {
        const denied = '<div id="idDiv_SAASDS_Description">The request was denied.</div>';
        history.pushState({}, '', '#denied');
        document.body.insertAdjacentHTML('beforeend', denied);
      });
      const { text } = await bannerWith(browser, page, () => true, 'the banner');
      expect(text).toContain('AADSTS500121');
      await page.evaluate(() => document.querySelector('#idDiv_SAASDS_Description')?.remove());
      await waitFor(async () => (await readBanner(browser, page)) === undefined, 'the end of the banner');
    });
  });

  it('the page that comes back by the back button is told again', async () => {
    await inScene(family, {}, async ({ browser, openOffice }) => {
      const page = await openOffice();
      await bannerWith(browser, page, () => true, 'the banner');
      await page.goto('about:blank');
      await page.goBack();
      const { text } = await bannerWith(browser, page, () => true, 'the banner again');
      expect(text).toContain('AADSTS50173');
    });
  });
});

describe('in Chromium', () => {
  it('an incident outlives the service worker', async () => {
    await inScene('chromium', {}, async ({ browser, openOffice }) => {
      const page = await openOffice();
      await bannerWith(browser, page, () => true, 'the banner');
      await stopWorker(browser);
      await openOurWindow(browser);
      expect(await words(await windowAt(browser, 'failure'))).toContain('AADSTS50173');
      await bannerWith(browser, page, ({ buttons }) => buttons.has('open'), 'the banner still');
    });
  });

  it('fifty tabs at once have an incident each, and none gets that of another', async () => {
    await inScene('chromium', {}, async ({ browser, standIn }) => {
      const codes = ['AADSTS50173', 'AADSTS50020', 'AADSTS50105', 'AADSTS90033', 'AADSTS700016'];
      const pages = await Promise.all(Array.from({ length: 50 }, () => browser.browser.newPage()));
      for (let index = 0; index < pages.length; index++) standIn.next('fails', codes[index % codes.length]);
      await Promise.all(pages.map((page) => page.goto('https://www.office.com/')));
      for (const page of pages) {
        const shown = await page.$eval(
          'body',
          ({ textContent }) => /AADSTS\d+/.exec(textContent ?? '')?.[0] ?? '',
        );
        expect(codes).toContain(shown);
        await bannerWith(browser, page, ({ text }) => text.includes(shown), `the banner with ${shown}`);
      }
    });
  });

  it('typing on the way tells a person’s own attempts from a loop', async () => {
    await inScene('chromium', {}, async ({ browser, standIn }) => {
      const page = await browser.browser.newPage();
      for (let round = 0; round < 6; round++) {
        standIn.next('sign-in');
        await page.goto('https://www.office.com/');
        await page.keyboard.type('ada');
      }
      expect(await badgeText(browser, signIn)).toBe('');
      expect(await readBanner(browser, page)).toBeUndefined();
      // The same without a key pressed is a loop.
      for (let round = 0; round < 6; round++) {
        standIn.next('sign-in');
        await page.goto('https://www.office.com/');
      }
      await waitFor(async () => (await badgeText(browser, signIn)) === '!', 'the badge');
    });
  });
});
