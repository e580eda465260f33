/** The popup and the background behind it: one that is late, that goes and comes back, and whose helper is missing. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { uiState } from '../../fixtures/ui-states.ts';
import { actions, push } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

const popup = popupPage();
const { show, stage } = popup;
let page: Page;
beforeEach(() => {
  page = popup.page();
});

test('before the background has spoken there is only the frame', async () => {
  expect(await page.$$eval('header', (all) => all.length)).toBe(1);
  expect(await page.$('main')).toBeNull();
  expect(await page.$eval('body', (body) => body.textContent?.trim())).toBe('Signin Rescue');
});

describe('a helper that is missing', () => {
  const greeted = () =>
    page.waitForFunction(() => background.actions.some((each) => (each as { do: string }).do === 'greet'));

  test('is looked for again and again, which leads nowhere', async () => {
    await show('failure-policy');
    await page.click('[data-do=history]');
    // The history was asked for, so the helper is needed, though nobody could repair what failed.
    await show('failure-policy-without-helper');
    expect(await stage()).toBe('missing');
    await greeted();
    expect(await stage()).toBe('missing');
  });

  test('that comes is told of, and what it was wanted for is one press away', async () => {
    await show('host-missing');
    await push(page, { ...uiState('failure'), host: { state: 'ready', version: '0.1.0' } });
    expect(await stage()).toBe('found');
    await page.keyboard.press('Enter');
    expect((await actions(page)).at(-1)).toEqual({ do: 'plan' });
    expect(await stage()).toBe('failure');
  });

  test('that was tried by hand is not told of beside what came of it', async () => {
    await show('host-missing');
    await page.click('[data-do=retry]');
    await show('plan');
    await page.keyboard.press('Escape');
    expect(await stage()).toBe('failure');
  });
});

describe('the background', () => {
  test('may go away and come back: the popup goes on', async () => {
    await show('run-purging');
    await page.evaluate(() => background.drop());
    expect(await stage()).toBe('run');
    await page.waitForFunction(() => background.ports.length === 2);
    await show('fixed');
    expect(await stage()).toBe('fixed');
  });

  test('gets what was pressed while it was away', async () => {
    await show('failure');
    await page.evaluate(() => background.drop());
    await page.keyboard.press('Enter');
    expect(await actions(page)).toEqual([{ do: 'plan' }]);
  });

  test('is not believed when it breaks the contract', async () => {
    await show('failure');
    await page.evaluate(() => background.push({ failure: 1 }));
    expect(await stage()).toBe('failure');
  });

  test('a simulated PC stays marked when the helper rests', async () => {
    await push(page, { ...uiState('failure'), simulated: true });
    expect(await page.$eval('.badge', (badge) => badge.textContent)).toBe('Simulated PC');
    await show('failure-planning');
    expect(await page.$('.badge')).toBeNull();
  });
});
