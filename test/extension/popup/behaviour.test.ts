/** The popup under a person's hands: keys, presses, focus, and a background that comes and goes. */
import type { Page } from 'puppeteer-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { uiState } from '../../fixtures/ui-states.ts';
import { actions, push } from '../../gallery/stage.ts';
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
    await page.evaluate(() => {
      Object.assign(globalThis, { copied: '' });
      navigator.clipboard.writeText = async (text) => void Object.assign(globalThis, { copied: text });
    });
    await page.keyboard.press('Enter');
    const copied = await page.evaluate(() => Reflect.get(globalThis, 'copied') as string);
    expect(copied).toContain('Code: AADSTS53003\n');
    expect(copied).toContain('Who can fix it: Your IT team: a policy\n');
    expect(await page.$eval('.primary', (button) => button.textContent)).toContain('Copied');
    expect(await actions(page)).toEqual([]);
  });

  test('can be copied by hand where the clipboard is refused', async () => {
    await show('failure-policy');
    await page.click('[data-item=details]');
    await page.waitForSelector('main[data-stage=details]');
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await page.keyboard.press('Enter');
    const box = await page.waitForSelector('textarea');
    expect(await box?.evaluate((each) => (each as HTMLTextAreaElement).value)).toContain('AADSTS53003');
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

test('as a window it fills the page, and nothing is cut off from 400 px on', async () => {
  const own = await popup.open('?tab=7');
  await own.setViewport({ width: 400, height: 500 });
  await push(own, uiState('plan'));
  const fills = await own.$eval('.frame', (frame) => [frame.clientWidth, frame.clientHeight >= innerHeight]);
  expect(fills).toEqual([400, true]);
  expect(await own.$eval('.bar', (bar) => bar.getBoundingClientRect().bottom)).toBe(500);
  expect(await own.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  await own.close();
});
