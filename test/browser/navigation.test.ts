import { describe, expect, it } from 'vitest';
import { bannerWith, readBanner } from '../harness/browser/banner.ts';
import { openOurWindow, windowAt } from '../harness/browser/our-window.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { badgeText, notifications, rememberedTabs } from '../harness/browser/service-worker.ts';
import { waitFor } from '../harness/wait-for.ts';
import type { AnswerKind } from '../stand-in/index.ts';

/** Opens Microsoft 365 with the sign-in misbehaving; gives the words of our window for that tab. */
async function wordsAfter({ browser, standIn }: Scene, kind: AnswerKind): Promise<string> {
  standIn.next(kind);
  const page = await browser.browser.newPage();
  // An error page of the browser makes the navigation itself fail.
  await page.goto('https://www.office.com/').catch(() => undefined);
  if (browser.family === 'chromium') {
    // Only there tools can look at the toolbar.
    const tabs = ['https://login.microsoftonline.com/', 'https://www.office.com/'];
    const badges = () => Promise.all(tabs.map((address) => badgeText(browser, address)));
    await waitFor(async () => (await badges()).includes('!'), 'the badge');
  }
  await openOurWindow(browser);
  const window = await windowAt(browser, 'failure');
  expect(await readBanner(browser, page).catch(() => undefined)).toBeUndefined();
  return window.$eval('main', ({ textContent }) => textContent ?? '');
}

describe.each(['chromium', 'firefox'] as const)('in %s, where the page cannot speak,', (family) => {
  it.each([
    [
      'a connection that is reset',
      'reset',
      /net::ERR_CONNECTION_RESET|NS_ERROR_NET_RESET|NS_ERROR_NET_EMPTY/,
    ],
    ['a server that answers with an error', 'server-error', /http-500/],
    ['redirects without end', 'redirect-loop', /net::ERR_TOO_MANY_REDIRECTS|NS_ERROR_REDIRECT_LOOP/],
    ['pages that send each other round', 'page-loop', /signin-loop/],
  ] as const)('our window tells of %s', async (_, kind, code) => {
    await inScene(family, {}, async (scene) => {
      expect(await wordsAfter(scene, kind)).toMatch(code);
    });
  });
});

describe('in Chromium', () => {
  it('a notification speaks for the error page of the browser', async () => {
    await inScene('chromium', {}, async ({ browser, standIn }) => {
      const page = await browser.browser.newPage();
      expect(await notifications(browser)).toEqual([]);
      standIn.next('reset');
      await page.goto('https://www.office.com/').catch(() => undefined);
      await waitFor(async () => (await notifications(browser)).length === 1, 'the notification');
    });
  });

  it('a sign-in page whose scripts do not come is told', async () => {
    await inScene('chromium', {}, async ({ browser, standIn }) => {
      standIn.next('sign-in');
      const page = await browser.browser.newPage();
      // The stand-in has no scripts of its own elsewhere, and forbids any.
      await page.setBypassCSP(true);
      await page.goto('https://www.office.com/');
      await page.evaluate(() => {
        for (const host of ['logincdn.msauth.net', 'logincdn.msftauth.net']) {
          const script = document.createElement('script');
          script.src = `https://${host}/shared/1.0/content/js/ConvergedLogin_PCore.js`;
          document.head.append(script);
        }
      });
      await openOurWindow(browser);
      const window = await windowAt(browser, 'failure');
      expect(await window.$eval('main', ({ textContent }) => textContent ?? '')).toContain('AADSTS900001');
    });
  });

  it('a silent sign-in in a frame may fail without a word', async () => {
    await inScene('chromium', {}, async ({ browser, standIn }) => {
      const page = await browser.browser.newPage();
      const silent =
        'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=x&redirect_uri=https%3A%2F%2Fwww.office.com%2Flandingv2';
      await page.setContent(`<iframe src="${silent}"></iframe>`);
      await waitFor(
        () => standIn.requests.some(({ host, status }) => host.startsWith('login') && status === 200),
        'the frame',
      );
      // A failed tab opened after it is told; by then the frame would have been, too.
      const failed = await browser.browser.newPage();
      await failed.goto('https://www.office.com/');
      await waitFor(
        async () => (await badgeText(browser, 'https://login.microsoftonline.com/')) === '!',
        'the badge',
      );
      expect(await badgeText(browser, 'about:blank')).toBe('');
      expect(await readBanner(browser, page)).toBeUndefined();
    });
  });

  it('going on elsewhere ends the incident, and coming back begins it anew', async () => {
    await inScene('chromium', {}, async ({ browser, openOffice }) => {
      const page = await openOffice();
      await waitFor(async () => (await rememberedTabs(browser)) === 1, 'the incident');
      await page.goto('about:blank');
      await waitFor(async () => (await rememberedTabs(browser)) === 0, 'the end of the incident');
      await page.goBack();
      await bannerWith(browser, page, ({ text }) => text.includes('AADSTS50173'), 'the banner again');
      expect(await rememberedTabs(browser)).toBe(1);
    });
  });
});
