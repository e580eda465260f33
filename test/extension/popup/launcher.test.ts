/** The launcher under a person's hands: a search box that keeps the focus, and a list that is chosen from. */
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

const titles = () => page.$$eval('.item-title', (all) => all.map(({ textContent }) => textContent));
const chosen = () => page.$eval('[aria-selected=true]', (option) => (option as HTMLElement).dataset.item);
const query = () => page.$eval('.search', (box) => (box as HTMLInputElement).value);
const hasFocus = () => page.$eval('.search', (box) => box === document.activeElement);
const lastAction = async () => (await actions(page)).at(-1);

async function control(key: 'k' | 'Enter' | '1' | '2'): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}

describe('the launcher', () => {
  test.each([
    ['failure', 'fix', { do: 'plan' }],
    ['nothing', 'check', { do: 'check' }],
  ])('has the right thing on top for %s, and Enter does it', async (name, first, action) => {
    await show(name);
    expect([await hasFocus(), await chosen()]).toEqual([true, first]);
    await page.keyboard.press('Enter');
    expect(await actions(page)).toEqual([action]);
  });

  test('has the report on top where only others can help', async () => {
    await show('failure-policy');
    expect(await chosen()).toBe('report');
    expect(await titles()).not.toContain('Fix sign-in');
  });

  test('says which repairs the organisation has turned off, and lets nobody press these', async () => {
    await show('failure-ruled');
    const off = (id: string) =>
      page.$eval(`[data-item=${id}]`, (option) => [option.ariaDisabled, option.textContent ?? '']);
    const desk = 'Your help desk: Call 555 0100 · it@contoso.example';
    expect(await off('flush-dns')).toEqual([
      'true',
      expect.stringContaining(`Your organisation has turned this off. ${desk}`),
    ]);
    expect(await off('purge-credentials')).toEqual([
      null,
      expect.stringContaining(`Your organisation wants to approve this first. ${desk}`),
    ]);
    expect((await off('reset-onedrive'))[1]).not.toContain('organisation');
    await page.click('[data-item=flush-dns]');
    expect(await actions(page)).toEqual([]);
    await page.click('[data-item=purge-credentials]');
    expect(await lastAction()).toEqual({ do: 'plan', only: ['purge-credentials'] });
  });

  test('has its sections in order, each with a name', async () => {
    await show('failure');
    const sections = await page.$$eval('[role=group]', (all) =>
      all.map((each) => document.getElementById(each.getAttribute('aria-labelledby') ?? '')?.textContent),
    );
    expect(sections).toEqual(['Suggested', 'Repairs', 'Checks', 'History', 'More']);
  });

  test('is a combobox that names what is chosen', async () => {
    await show('failure');
    await page.keyboard.press('ArrowDown');
    const box = await page.$eval('.search', (each) => ({
      role: each.role,
      active: document.getElementById(each.getAttribute('aria-activedescendant') ?? '')?.dataset.item,
      list: document.getElementById(each.getAttribute('aria-controls') ?? '')?.role,
    }));
    expect(box).toEqual({ role: 'combobox', active: 'details', list: 'listbox' });
  });

  test('goes on at the other end, and the focus stays in the box', async () => {
    await show('failure');
    await page.keyboard.press('ArrowUp');
    expect(await chosen()).toBe('welcome');
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).toBe('fix');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageUp');
    expect([await chosen(), await hasFocus()]).toEqual(['fix', true]);
  });

  test('what is chosen is in sight', async () => {
    await show('failure');
    await page.keyboard.press('ArrowUp');
    const inSight = await page.$eval('[aria-selected=true]', (option) => {
      const [box, list] = [option.getBoundingClientRect(), option.closest('.items')?.getBoundingClientRect()];
      return list !== undefined && box.top >= list.top && box.bottom <= list.bottom + 1;
    });
    expect(inSight).toBe(true);
  });

  test('a repair that is chosen is previewed, and that alone', async () => {
    await show('nothing');
    await page.click('[data-item=reset-onedrive]');
    expect(await lastAction()).toEqual({ do: 'plan', only: ['reset-onedrive'] });
  });

  test('Ctrl and a number is a press of that item', async () => {
    await show('failure');
    await control('2');
    expect(await stage()).toBe('details');
    await page.keyboard.press('Escape');
    expect([await stage(), await hasFocus()]).toEqual(['failure', true]);
  });

  test('what is not possible now is no press', async () => {
    await show('failure-planning');
    await page.keyboard.press('Enter');
    await page.click('[data-item=reset-onedrive]');
    await control('1');
    expect(await actions(page)).toEqual([]);
  });

  test('opened for a command, it has that chosen and does nothing', async () => {
    await page.goto(`${popup.origin()}/extension/popup/index.html?tab=1&command=history`);
    await show('failure');
    expect([await chosen(), await actions(page)]).toEqual(['history', []]);
    await page.goto(`${popup.origin()}/extension/popup/index.html`);
  });
});

describe('a search', () => {
  test.each([
    ['cookies', 'clear-browser-session'],
    ['dns', 'flush-dns'],
    ['credntials', 'purge-credentials'],
    ['helpdesk', 'report'],
    ['ping', 'check'],
    ['PROXY', 'check-proxy'],
  ])('for "%s" finds %s first', async (text, item) => {
    await show('failure');
    await page.keyboard.type(text);
    await page.waitForFunction(
      (wanted) => document.querySelector<HTMLElement>('[aria-selected=true]')?.dataset.item === wanted,
      {},
      item,
    );
    expect(await query()).toBe(text);
  });

  test('that finds nothing says what may be typed, and Enter does nothing', async () => {
    await show('failure');
    await page.keyboard.type('qqqqzzzz');
    await page.waitForFunction(() => document.querySelector('.nothing-found') !== null);
    await page.keyboard.press('Enter');
    expect((await actions(page)).every((each) => (each as { do: string }).do === 'explain')).toBe(true);
  });

  test('Esc empties the box first, and only then closes', async () => {
    await show('failure');
    await page.keyboard.type('dns');
    await page.keyboard.press('Escape');
    expect([await query(), await stage()]).toEqual(['', 'failure']);
    expect(await lastAction()).toEqual({ do: 'explain', text: '' });
  });

  test('asks the background what a code means, and has the answer on top', async () => {
    await show('nothing');
    await page.keyboard.type('error 0x8004de40 and AADSTS53003');
    expect(await lastAction()).toEqual({ do: 'explain', text: 'error 0x8004de40 and AADSTS53003' });
    await push(page, uiState('explained'));
    expect(await chosen()).toBe('code:AADSTS53003');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await stage()).toBe('meaning');
    expect(await page.$eval('main', ({ textContent }) => textContent)).toContain('0x8004de40');
    await page.keyboard.press('Enter');
    expect(await lastAction()).toEqual({ do: 'plan', code: '0x8004de40' });
  });

  test('begins with a text that was explained elsewhere', async () => {
    await show('explained');
    expect(await query()).toBe('error 0x8004de40 and AADSTS53003');
    expect(await chosen()).toBe('code:AADSTS53003');
  });

  test('characters that are being composed stay text', async () => {
    await show('failure');
    const session = await page.createCDPSession();
    await session.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
    await page.$eval('.search', (box) => {
      const enter = { key: 'Enter', isComposing: true, bubbles: true };
      box.dispatchEvent(new KeyboardEvent('keydown', enter));
    });
    expect((await actions(page)).filter((each) => (each as { do: string }).do === 'plan')).toEqual([]);
    await session.detach();
  });
});

describe('the menu of an item’s actions', () => {
  test('opens with Ctrl K, is gone through by arrows, and Esc leads back to the box', async () => {
    await show('failure');
    await control('k');
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.action);
    expect(await focused()).toBe('plan');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('details');
    await page.keyboard.press('Escape');
    expect([await hasFocus(), await page.$('[role=menu]'), await stage()]).toEqual([true, null, 'failure']);
  });

  test('does what is pressed, and Ctrl Enter does the second without it', async () => {
    await show('failure');
    await control('k');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await stage()).toBe('details');
    await page.keyboard.press('Escape');
    await control('Enter');
    expect(await stage()).toBe('details');
  });
});

test('from other views at rest the launcher is one key away, and Esc leads back', async () => {
  await show('fixed');
  await control('k');
  expect(await hasFocus()).toBe(true);
  await page.keyboard.press('Escape');
  expect(await stage()).toBe('fixed');
});

test('a script of the page presses nothing', async () => {
  await show('failure');
  await page.$eval('.search', (box) => {
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  });
  await page.$eval('[data-item=fix]', (option) => (option as HTMLElement).click());
  expect(await actions(page)).toEqual([]);
});
