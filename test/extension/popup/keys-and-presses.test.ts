/** The popup under a person’s hands: keys, presses and focus. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { actions } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

const popup = popupPage();
const { show, stage, focused } = popup;
let page: Page;
beforeEach(() => {
  page = popup.page();
});

const consent = () => page.waitForSelector('[data-do=start]:not([aria-disabled])');
const chosen = () => page.$eval('[aria-selected=true]', ({ textContent }) => textContent ?? '');
const allOfThePlan = [
  { remedy: 'purge-credentials', items: ['credential-0', 'credential-1', 'credential-2'] },
  { remedy: 'reset-onedrive', items: ['onedrive', 'account-0'] },
];

describe('keys', () => {
  test('Enter asks for the plan, and Enter gives the consent, wherever focus is', async () => {
    await show('failure');
    await page.keyboard.press('Enter');
    expect(await actions(page)).toEqual([{ do: 'plan' }]);
    await show('plan');
    await consent();
    await page.focus('.entries input');
    await page.keyboard.press('Enter');
    expect((await actions(page)).at(-1)).toEqual({ do: 'start', planId: 'plan-3', chosen: allOfThePlan });
  });

  test('Space on a checkbox leaves an entry out of the consent', async () => {
    await show('plan');
    await consent();
    await page.focus('.entries li:nth-child(2) input');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    const [sent] = (await actions(page)) as [{ chosen: { items: string[] }[] }];
    expect(sent.chosen[0]?.items).toEqual(['credential-0', 'credential-2']);
  });

  test('Esc leaves the plan, and asking anew brings the same plan back', async () => {
    await show('plan');
    await page.keyboard.press('Escape');
    expect(await stage()).toBe('failure');
    expect(await chosen()).toContain('Fix sign-in');
    await page.keyboard.press('Enter');
    expect(await stage()).toBe('plan');
  });

  test('a key that is held down does not consent', async () => {
    await show('failure');
    await page.keyboard.down('Enter');
    await show('plan');
    await consent();
    for (let times = 0; times < 5; times++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    expect(await actions(page)).toEqual([{ do: 'plan' }]);
  });

  test('Tab reaches every control', async () => {
    await show('plan-simulated');
    const reached = new Set<string>();
    const controls = await page.$$eval('input, button, summary, a', (all) =>
      all.map((each, index) => {
        each.id = `control-${index}`;
        return each.id;
      }),
    );
    for (const _ of [...controls, 'again', 'again']) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.id ?? ''));
    }
    for (const control of controls) expect(reached).toContain(control);
  });
});

describe('presses', () => {
  test('what no person did is ignored', async () => {
    await show('plan');
    await consent();
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('[data-do=start]')?.click();
      document.querySelector('input')?.dispatchEvent(new Event('change', { bubbles: true }));
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    });
    expect(await actions(page)).toEqual([]);
    expect(await page.$eval('.plan-step', (step) => (step as HTMLElement).dataset.in)).toBe('true');
  });

  test('a click on the button gives consent, once', async () => {
    await show('plan');
    await (await consent())?.click();
    expect(await actions(page)).toHaveLength(1);
  });

  test('the second half of a double click does not consent', async () => {
    await show('plan');
    const button = await consent();
    await button?.click({ count: 2 });
    expect(await actions(page)).toHaveLength(1);
  });

  test('with nothing ticked there is nothing to consent to', async () => {
    await show('plan');
    await consent();
    for (const box of await page.$$('h2 input')) await box.click();
    expect(await page.$eval('[data-do=start]', (button) => button.ariaDisabled)).toBe('true');
    await page.keyboard.press('Enter');
    expect(await actions(page)).toEqual([]);
    expect(await page.$eval('main', (main) => main.textContent)).toContain('Tick at least one step');
  });

  test.each([
    ['run-purging', 'cancel'],
    ['fixed', 'continue'],
    ['fixed', 'undo'],
    ['interrupted', 'finish'],
    ['interrupted', 'undo'],
    ['failed', 'plan'],
    ['nothing', 'history'],
    ['failure', 'history'],
    ['fixed', 'history'],
    ['host-missing', 'retry'],
    ['nothing-problem', 'retry'],
    ['plan-stale', 'plan'],
  ])('in %s there is a button to %s', async (name, does) => {
    await show(name);
    await (await page.waitForSelector(`[data-do=${does}]:not([aria-disabled])`))?.click();
    expect(await actions(page)).toEqual([{ do: does }]);
  });

  test('what cannot be undone offers no Undo', async () => {
    await show('undone');
    expect(await page.$('[data-do=undo]')).toBeNull();
  });
});

describe('focus', () => {
  test('is not taken away by progress, nor lost while something is under way', async () => {
    await show('failure');
    await page.keyboard.type('rese');
    await show('failure-planning');
    await page.keyboard.type('t');
    expect(await page.$eval('.search', (box) => (box as HTMLInputElement).value)).toBe('reset');
    await show('run-purging');
    await page.focus('[data-do=cancel]');
    await show('run-resetting');
    expect(await focused()).toContain('Cancel');
  });

  test('goes to the headline where there is something to read first, else to the main button', async () => {
    await show('plan');
    expect(await focused()).toBe('What the repair would change');
    await show('fixed');
    expect(await focused()).toContain('Continue to Microsoft 365');
  });
});
