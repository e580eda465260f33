/** What can be done about a look at the connection in the popup: asking for it, leaving it, and going on from it. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../fixtures/ui-check.ts';
import { checkPage } from './check-page.ts';

const { page, show, sent, stage, texts, press, clipboard, copied, afterwards } = checkPage();

describe('the way in', () => {
  test.each(['nothing-problem', 'failure', 'failure-policy', 'fixed', 'host-missing'])(
    'is one press away in %s, by button and by key',
    async (name) => {
      await show(name);
      await press('[data-do=check]');
      await page().keyboard.press('F8');
      expect(await sent()).toEqual([{ do: 'check' }, { do: 'check' }]);
    },
  );

  test('is the main thing to do where nothing is wrong', async () => {
    await show('nothing');
    expect(await texts('[aria-selected=true] .item-title')).toEqual(['Check connection']);
    await page().keyboard.press('Enter');
    expect(await sent()).toEqual([{ do: 'check' }]);
  });

  test('is not there where a decision waits, nor while something is under way', async () => {
    for (const name of ['plan', 'run-purging', 'your-turn', 'history']) {
      await show(name);
      expect(await texts('[data-do=check]'), name).toEqual([]);
      await page().keyboard.press('F8');
    }
    await show('failure-planning');
    await page().click('[data-do=check]');
    await page().keyboard.press('F8');
    expect(await sent()).toEqual([]);
  });

  test('is not taken by what no person pressed', async () => {
    await show('failure');
    await page().evaluate(() => {
      document.querySelector<HTMLElement>('[data-do=check]')?.click();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'F8', bubbles: true }));
    });
    expect(await sent()).toEqual([]);
  });
});

describe('the way out', () => {
  test.each(['check-looking', 'check-proxy', 'check-fine'])('of %s is Esc, and Back', async (name) => {
    await show(name);
    await page().keyboard.press('Escape');
    await press('[data-do=close-check]');
    expect(await sent()).toEqual([{ do: 'close-check' }, { do: 'close-check' }]);
    await show('nothing');
    expect(await stage()).toBe('nothing');
  });

  test('a look is cancelled once, and Enter does nothing meanwhile', async () => {
    await show('check-looking');
    await page().keyboard.press('Enter');
    await press('[data-do=cancel-check]');
    await page().click('[data-do=cancel-check]');
    expect(await sent()).toEqual([{ do: 'cancel-check' }]);
    expect(await texts('[data-do=cancel-check]')).toEqual(['Cancelling…']);
    // The next one can be cancelled anew.
    await show('check-cancelled');
    await afterwards({ ...checks.first, startedAt: new Date().toISOString() });
    expect(await texts('[data-do=cancel-check]')).toEqual(['Cancel']);
  });
});

describe('what comes next', () => {
  test.each([
    ['check-fine', 'Look again', [{ do: 'check' }]],
    ['check-portal', 'Look again', [{ do: 'check' }]],
    ['check-partial', 'Look again', [{ do: 'check' }]],
    ['check-cancelled', 'Look again', [{ do: 'check' }]],
    ['check-with-failure', 'Fix sign-in', [{ do: 'plan' }]],
    ['check-proxy', 'Copy report', []],
    ['check-unknown', 'Copy report', []],
  ])('in %s is: %s', async (name, label, actions) => {
    await show(name);
    expect((await texts('.bar .primary'))[0]).toContain(label);
    await page().keyboard.press('Enter');
    expect(await sent()).toEqual(actions);
  });

  test.each(['check-with-failure', 'check-proxy'])('in %s one can look again, too', async (name) => {
    await show(name);
    await press('[data-do=check]');
    expect(await sent()).toEqual([{ do: 'check' }]);
  });

  test.each(['writes it', 'refuses'])('the report is copied: the clipboard %s', async (answer) => {
    const writes = answer === 'writes it';
    await show('check-tls');
    await clipboard(writes);
    await press('[data-do=copy]');
    if (writes)
      await page().waitForFunction(() => document.querySelector('[data-do=copy]')?.textContent === 'Copied');
    else await page().waitForSelector('textarea');
    const text = writes ? await copied() : await page().$eval('textarea', ({ value }) => value);
    expect(text).toContain('TLS 1.2 is switched off in Internet Options.');
    expect(text).toContain('SecureProtocols=160');
    await afterwards({ ...checks.fine, startedAt: new Date().toISOString() });
    expect(await texts('[data-do=copy]')).toEqual(['Copy report']);
    expect(await texts('textarea')).toEqual([]);
  });
});

describe('looking again by itself', () => {
  test.each([
    ['check-proxy', false, true],
    ['check-fine', true, false],
  ])('in %s is %s, and a press makes it %s', async (name, before, after) => {
    await show(name);
    expect(await page().$eval('.watch input', ({ checked }) => checked)).toBe(before);
    await press('.watch label');
    expect(await sent()).toEqual([{ do: 'watch', on: after }]);
  });

  test('cannot be chosen where the organisation forbids it, which is said', async () => {
    await show('check-tls');
    await page().click('.watch label');
    expect(await sent()).toEqual([]);
    const box = await page().$eval('.watch input', (input) => ({
      disabled: input.disabled,
      why: document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent,
    }));
    expect(box).toEqual({ disabled: true, why: 'Your organisation has switched this off.' });
  });

  test('is not chosen by what no person pressed', async () => {
    await show('check-fine');
    await page().$eval('.watch input', (input) => input.click());
    expect(await sent()).toEqual([]);
  });
});
