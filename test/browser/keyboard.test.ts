/** No mouse at all: from a typed code to the repair and its undo. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { bannerWith } from '../harness/browser/banner.ts';
import { openOurWindow, windowAt } from '../harness/browser/our-window.ts';
import { inScene } from '../harness/browser/scene.ts';

const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.do ?? '');

/** Goes back with Shift and Tab, as the main action is the last, until a button has the focus. */
async function backTo(page: Page, does: string): Promise<void> {
  await page.keyboard.down('Shift');
  for (let presses = 0; presses < 20 && (await focused(page)) !== does; presses++)
    await page.keyboard.press('Tab');
  await page.keyboard.up('Shift');
  expect(await focused(page)).toBe(does);
}

describe.each(['chromium', 'firefox'] as const)('in %s, by keyboard alone,', (family) => {
  it('a code is explained, the failure looked into and repaired, and the repair undone', async () => {
    await inScene(family, {}, async ({ browser, openOffice, pc }) => {
      const before = pc.read().credentials.length;
      const page = await openOffice();
      await bannerWith(browser, page, () => true, 'the banner');
      const window = await openOurWindow(browser);
      await windowAt(browser, 'failure');
      await window.keyboard.type('aadsts53003');
      await window.waitForSelector('[data-item="code:AADSTS53003"][aria-selected=true]');
      await window.keyboard.press('Enter');
      await windowAt(browser, 'meaning');
      await window.keyboard.press('Escape');
      await windowAt(browser, 'failure');
      // What was typed is still there, and goes first.
      await window.keyboard.press('Escape');
      await window.waitForSelector('[data-item=fix][aria-selected=true]');
      await window.keyboard.press('ArrowDown');
      await window.waitForSelector('[data-item=details][aria-selected=true]');
      await window.keyboard.press('Enter');
      await windowAt(browser, 'details');
      await window.keyboard.press('Enter');
      await windowAt(browser, 'plan');
      await window.waitForSelector('button[data-do="start"]:not([aria-disabled])');
      await window.keyboard.press('Enter');
      await windowAt(browser, 'fixed');
      expect(pc.read().credentials.length).toBeLessThan(before);
      await backTo(window, 'undo');
      await window.keyboard.press('Enter');
      await windowAt(browser, 'undone');
      expect(pc.read().credentials).toHaveLength(before);
    });
  });
});
