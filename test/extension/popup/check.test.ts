/** The look at the connection in the popup: the way in and out, what it says, and that nothing moves meanwhile. */
import { describe, expect, test } from 'vitest';
import type { CheckState } from '../../../extension/ui-state.ts';
import { checks } from '../../fixtures/ui-check.ts';
import { uiState } from '../../fixtures/ui-states.ts';
import { push } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

const { page, show, sent, stage, texts, press, focused } = popupPage();

/** Each station with how it stands. */
const path = () => texts('.path li');

/** A look that goes on after `check-looking-later`, or has ended. */
async function afterwards(check: CheckState): Promise<void> {
  await push(page(), { ...uiState('check-looking-later'), check });
}

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

describe('the picture of the way', () => {
  const fine = ['Name (DNS): Fine', 'Secure connection: Fine', 'Microsoft 365: Fine'];

  test.each([
    ['check-fine', ['This PC: Fine', 'Proxy, VPN, network: Fine', ...fine]],
    [
      'check-looking-later',
      [
        'This PC: Fine',
        'Proxy, VPN, network: Breaks here',
        'Name (DNS): Looking',
        'Secure connection: Looking',
        'Microsoft 365: Looking',
      ],
    ],
    [
      'check-proxy',
      [
        'This PC: Fine',
        'Proxy, VPN, network: Breaks here',
        'Name (DNS): Fine',
        'Secure connection: Fails too',
        'Microsoft 365: Fine',
      ],
    ],
    ['check-partial', ['This PC: Not seen', 'Proxy, VPN, network: Not seen', ...fine]],
  ])('%s, in words', async (name, words) => {
    await show(name);
    expect(await path()).toEqual(words);
    expect(await page().$eval('.path', (list) => list.ariaLabel)).toBe('The way to Microsoft 365');
  });

  test('is dashed behind the place where it breaks, and has a shape for each state', async () => {
    await show('check-proxy');
    const lines = await page().$$eval('.path li', (all) =>
      all.map((each) => getComputedStyle(each, '::before').borderBlockStartStyle),
    );
    expect(lines.slice(1)).toEqual(['solid', 'dashed', 'dashed', 'dashed']);
    const signs = async () =>
      page().$$eval('.path .sign', (all) => all.map((each) => each.getAttribute('d')));
    const [good, bad] = await signs();
    expect(good).not.toBe(bad);
    await show('check-many');
    expect(new Set(await signs()).size).toBe(3);
  });

  test('does not move by itself', async () => {
    await show('check-looking');
    expect(await page().evaluate(() => document.getAnimations().length)).toBe(0);
  });
});

describe('while it is being looked', () => {
  test('it says how far it is, and what it waits for', async () => {
    await show('check-looking-first');
    expect(await texts('.progress span:first-of-type')).toEqual(['0 of 20']);
    await show('check-looking');
    expect(await texts('.progress span:first-of-type')).toEqual(['9 of 20']);
    expect(await texts('.waited-for')).toEqual(['Waiting for: Servers, Windows’ own connection, and 9 more']);
    expect(await texts('.counts')).toEqual(['Fine: 9 · Could not be seen: 1']);
    expect(await page().$eval('progress', ({ value, max }) => [value, max])).toEqual([9, 20]);
    await afterwards({ ...checks.half, waiting: ['proxy'] });
    expect(await texts('.waited-for')).toEqual(['Waiting for: Proxy']);
  });

  /** Where all stands that one may be about to press or to read. */
  const places = () =>
    page().$$eval('h1, .path li, .counts, .finding, .finding summary, .button', (all) =>
      all.map((each) => each.getBoundingClientRect().top),
    );

  test('what comes moves nothing, closes nothing and takes no focus, in whatever order it is told', async () => {
    await show('check-looking-later');
    await press('.finding summary');
    const spoken = await texts('[role=status]');
    const before = await places();
    const buttons = 2;
    const { later } = checks;
    const [fault] = checks.unknown.findings.filter(({ level }) => level === 'fault');
    const more = fault ? [1, 2, 3, 4, 5, 6].map((place) => ({ ...fault, id: `endpoints:${place}` })) : [];
    await afterwards({ ...later, findings: [...more, ...later.findings.toReversed()], waiting: ['mtu'] });
    expect(await texts('.finding')).toHaveLength(9);
    const after = await places();
    // The new ones, each with its evidence, stand between what was there and the buttons.
    expect([...after.slice(0, before.length - buttons), ...after.slice(-buttons)]).toEqual(before);
    expect(after).toHaveLength(before.length + 12);
    expect(await focused()).toBe('For a technician');
    expect(await page().$$eval('.finding details[open]', (all) => all.length)).toBe(1);
    expect(await texts('[role=status]')).toEqual(spoken);
  });

  test('the buttons stand at the foot of the popup from beginning to end', async () => {
    for (const name of ['check-looking-first', 'check-looking-later', 'check-proxy', 'check-blind']) {
      await show(name);
      expect(await page().$eval('.bar', (bar) => bar.getBoundingClientRect().bottom), name).toBe(600);
    }
  });

  test.each([0, 1])('a row that the end moves keeps the focus: %i', async (place) => {
    const twins = checks.unknown.findings.filter(({ level }) => level === 'fault');
    await afterwards({ ...checks.later, findings: twins });
    // Older browsers take the focus from what is moved.
    await page().evaluate(() => Reflect.deleteProperty(Element.prototype, 'moveBefore'));
    const summaries = await page().$$('.finding summary');
    await summaries[place]?.focus();
    const row = () => page().evaluate(() => document.activeElement?.closest('.finding')?.textContent);
    const before = await row();
    const cause = twins[1]?.id ?? null;
    await afterwards({
      ...checks.unknown,
      startedAt: checks.later.startedAt,
      diagnosis: { cause, because: [], who: 'network', codes: [] },
    });
    expect((await texts('.finding'))[0]).toContain(twins[1]?.subject);
    expect(before).toContain(twins[place]?.subject);
    expect(await row()).toBe(before);
  });

  test('the end puts the cause first, and leaves the focus and what is open', async () => {
    await show('check-looking-later');
    expect((await texts('.finding'))[0]).toContain('joined a network');
    await press('.finding summary');
    await show('check-proxy');
    const rows = await texts('.finding');
    expect(rows[0]).toContain('The proxy proxy.contoso.example:3128 does not answer.');
    expect(rows.slice(1, 3).every((row) => row?.includes('Follows from the cause.'))).toBe(true);
    expect(rows.at(-1)).toContain('A VPN is connected');
    expect(await page().$eval('.finding details', ({ open }) => open)).toBe(true);
    expect(await focused()).toBe('For a technician');
    expect((await texts('[role=status]'))[0]).toBe('The proxy proxy.contoso.example:3128 does not answer.');
  });

  test('a button that goes away gives the focus to the headline', async () => {
    await show('check-looking');
    await page().focus('[data-do=cancel-check]');
    await show('check-fine');
    expect(await focused()).toBe('Nothing stands in the way');
    await page().focus('.primary');
    await show('check-looking');
    expect(await focused()).toBe('Looking at the connection…');
  });
});

describe('what was found', () => {
  test('is who can fix the cause, and which codes it explains', async () => {
    await show('check-tls');
    expect(await texts('.about')).toEqual(['Most likely cause']);
    expect(await texts('.who h2, .who p')).toEqual([
      'Who can fix it This PC',
      'This can be repaired on this PC.',
      'This explains: 0x8004de40, 0xcaa7000d',
    ]);
    await show('check-unknown');
    expect(await texts('.about, .who')).toEqual([]);
  });

  test('has its evidence folded, with names as a technician knows them', async () => {
    await show('check-tls');
    expect(await page().$$eval('.finding details[open]', (all) => all.length)).toBe(0);
    expect((await texts('.finding .evidence'))[0]).toBe('SecureProtocols160ms42');
  });

  test('is within its width however long, evidence and all', async () => {
    await show('check-many');
    const summaries = await page().$$('.finding summary');
    for (const summary of summaries.slice(0, 2)) await summary.press('Enter');
    expect((await texts('.finding details[open] dd'))[0]).toMatch(/^ECONNREFUSED (0123456789abcdef){30}$/);
    expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    const wide = await page().$$eval(
      '.finding *',
      (all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1).length,
    );
    expect(wide).toBe(0);
  });

  test('is folded where it is fine or could not be seen', async () => {
    await show('check-many');
    expect(await texts('main > details > summary')).toEqual(['Fine: 53', 'Could not be seen: 1']);
    expect(await texts('.finding')).toHaveLength(7);
    await press('[data-level=ok] > summary');
    await page().waitForFunction(() => document.querySelectorAll('.finding').length === 60);
    await show('check-looking');
    expect(await texts('main > details')).toEqual([]);
  });

  test('says the level in words too', async () => {
    await show('check-proxy');
    const levels = (await texts('.finding p')).map((row) => row?.split(':')[0]);
    expect(levels).toEqual(['In the way', 'In the way', 'In the way', 'Worth knowing']);
  });

  test('of the browser alone is shown, with why, and how to see more', async () => {
    await show('check-partial');
    expect(await texts('.helper h2')).toEqual(['The helper was not found']);
    expect((await texts('.helper p')).join(' ')).toMatch(
      /Install it, then try again\. .+Only the helper can look/,
    );
    expect(await texts('[data-level=ok] .finding')).toHaveLength(2);
    await show('check-partial-fault');
    expect(await texts('.helper h2')).toEqual(['The helper could not be asked']);
    await show('check-fine');
    expect(await texts('.helper')).toEqual([]);
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

  test.each(['writes it', 'refuses'])('the report is copied: the clipboard %s', async (clipboard) => {
    await show('check-tls');
    await page().evaluate((writes) => {
      navigator.clipboard.writeText = async (text) => {
        if (!writes) throw new DOMException('', 'NotAllowedError');
        Object.assign(globalThis, { copied: text });
      };
    }, clipboard === 'writes it');
    await press('[data-do=copy]');
    if (clipboard === 'refuses') await page().waitForSelector('textarea');
    else
      await page().waitForFunction(() => document.querySelector('[data-do=copy]')?.textContent === 'Copied');
    const copied = await page().evaluate(
      () => document.querySelector('textarea')?.value ?? (Reflect.get(globalThis, 'copied') as string),
    );
    expect(copied).toContain('TLS 1.2 is switched off in Internet Options.');
    expect(copied).toContain('SecureProtocols=160');
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
