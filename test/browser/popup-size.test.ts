import { describe, expect, it } from 'vitest';
import { pressBanner } from '../harness/browser/banner.ts';
import { chromeContext, runBidi } from '../harness/browser/bidi.ts';
import type { TestBrowser } from '../harness/browser/browsers.ts';
import { windowAt } from '../harness/browser/our-window.ts';
import { inScene } from '../harness/browser/scene.ts';
import { waitFor } from '../harness/wait-for.ts';

/** CSS px of the toolbar's popup, as the browser has made it: `420 × 504`. */
async function popupSize(browser: TestBrowser): Promise<string> {
  if (browser.family === 'chromium') {
    const page = await windowAt(browser, 'failure');
    return page.evaluate(() => `${innerWidth} × ${innerHeight}`);
  }
  const context = await chromeContext(browser.browser);
  const expression = `(() => {
    const { width, height } = document.querySelector('.webextension-popup-browser').getBoundingClientRect();
    return width + ' × ' + height;
  })()`;
  return String((await runBidi(browser.browser, context, { expression }).catch(() => ({ value: '' }))).value);
}

describe.each(['chromium', 'firefox'] as const)('in %s', (family) => {
  it('the toolbar’s popup is as wide and as high as the launcher wants to be', async () => {
    await inScene(family, { host: null }, async ({ browser, standIn, openOffice }) => {
      standIn.next('fails', 'AADSTS53003');
      const page = await openOffice();
      await pressBanner(browser, page, 'open');
      let size = '';
      // It grows while it is filled.
      const wanted = async () => {
        size = await popupSize(browser);
        return size === '420 × 504';
      };
      await waitFor(wanted, 'the popup', 10_000).catch(() => undefined);
      expect(size).toBe('420 × 504');
    });
  });
});
