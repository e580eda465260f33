/** The details of a failure, to be copied from the popup. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { actions } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

const popup = popupPage();
const { show, clipboard, copied } = popup;
let page: Page;
beforeEach(() => {
  page = popup.page();
});

describe('details', () => {
  test('are copied as they are', async () => {
    await page
      .browser()
      .defaultBrowserContext()
      .setPermission(popup.origin(), {
        permission: { name: 'clipboard-write' },
        state: 'granted',
      });
    await show('failure-policy');
    await page.click('[data-item=details]');
    await page.waitForSelector('main[data-stage=details]');
    await clipboard(true);
    await page.keyboard.press('Enter');
    const text = await copied();
    expect(text).toContain('Code: AADSTS53003\n');
    expect(text).toContain('Who can fix it: Your IT team: a policy\n');
    expect(await page.$eval('.primary', (button) => button.textContent)).toContain('Copied');
    expect(await actions(page)).toEqual([]);
  });

  test('can be copied by hand where the clipboard is refused', async () => {
    await show('failure-policy');
    await page.click('[data-item=details]');
    await page.waitForSelector('main[data-stage=details]');
    await clipboard(false);
    await page.keyboard.press('Enter');
    const box = await page.waitForSelector('textarea');
    expect(await box?.evaluate((each) => (each as HTMLTextAreaElement).value)).toContain('AADSTS53003');
  });
});
