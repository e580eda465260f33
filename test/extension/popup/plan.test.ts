/** A plan in the popup: its reasons, its warnings, what is ticked, and the browser's own question. */
import { describe, expect, test } from 'vitest';
import { popupPage } from './popup-page.ts';

const { page, show, sent, texts, press, focused } = popupPage();

const consent = () => page().waitForSelector('[data-do=start]:not([aria-disabled])');
const purge = { remedy: 'purge-credentials', items: ['credential-0', 'credential-1', 'credential-2'] };
const session = { remedy: 'clear-browser-session', items: ['site-0', 'site-1'] };

describe('what it says', () => {
  test('is why each step stands where it stands', async () => {
    await show('plan-reasoned');
    expect(await texts('.why')).toEqual([
      expect.stringMatching(
        /^First What was found on this PC points to this: This PC joined a network 12 minutes ago: Contoso-Guest\.$/,
      ),
      'Then The code points to this.',
      'Then Repairs go from the gentlest to the strongest.',
      'Then This is for your own hand, if nothing before it helped.',
    ]);
  });

  test('is what to know before one agrees, at the step that it is about', async () => {
    await show('plan-reasoned');
    expect(await texts('[data-remedy=reset-onedrive] .warnings li')).toEqual([
      expect.stringMatching(/^14 files in .+ may not be uploaded yet/),
      expect.stringMatching(/^2,310 files in .+ only in the cloud/),
    ]);
    expect(await texts('.warnings')).toHaveLength(1);
  });

  test('is how often it failed before, what prevents that and what helped', async () => {
    await show('plan-reasoned');
    expect(await texts('.recurs p')).toEqual([
      'This has happened 4 times in 30 days.',
      expect.stringMatching(/^Each time soon after this PC joined a network\. .+ wait a minute before/),
      'Last time this helped: Forget stored addresses.',
    ]);
    await show('plan-recurs');
    expect(await texts('.recurs p')).toEqual(['This has happened 2 times in 30 days.']);
    await show('plan');
    expect(await texts('.recurs')).toEqual([]);
  });

  test('is what the organisation does not let run, and whom to ask', async () => {
    await show('plan-held-back');
    expect(await texts('.left-out li')).toEqual([
      'Remove stored sign-in entries Your organisation wants to approve this first.',
      'Reset OneDrive Your organisation has turned this off.',
    ]);
    expect(await texts('[data-contact]')).toEqual(['Your help desk: Call 555 0100 · it@contoso.example']);
    expect(await texts('h1')).toEqual(['Your organisation wants to approve this repair first.']);
    // The approval may have come: the helper is asked anew.
    await page().waitForSelector('[data-do=plan]:not([aria-disabled])');
    await page().keyboard.press('Enter');
    expect(await sent()).toEqual([{ do: 'plan' }]);
    await show('plan-empty');
    expect(await texts('[data-contact]')).toEqual([]);
  });

  test('is what a guide will ask for, folded, and no risk or undo of it', async () => {
    await show('plan-reasoned');
    const guide = '[data-remedy=check-proxy]';
    expect(await texts(`${guide} .tags li`)).toEqual(['about 3 min']);
    expect(await page().$eval(`${guide} details`, ({ open }) => open)).toBe(false);
    await press(`${guide} summary`);
    expect(await texts(`${guide} .guide li`)).toHaveLength(3);
  });

  test('is why a repair would not be safe now', async () => {
    await show('plan-unsafe');
    expect((await texts('.left-out li'))[0]).toBe(
      'Reset OneDrive Not now: OneDrive is being updated now. Wait until that has finished.',
    );
  });

  test('is all that was looked at, folded', async () => {
    await show('plan-reasoned');
    expect(await page().$eval('.found', (found) => (found as HTMLDetailsElement).open)).toBe(false);
    expect(await texts('.found li')).toHaveLength(4);
    await show('plan');
    expect(await texts('.found')).toEqual([]);
  });

  test('is where each repair is written', async () => {
    await show('plan-reasoned');
    const links = await page().$$eval('.plan-step a', (all) =>
      all.map(({ href, target, rel }) => [href, target, rel]),
    );
    expect(links).toEqual(Array(4).fill(['https://learn.microsoft.com/', '_blank', 'noreferrer']));
  });
});

test('an app is closed only when it was ticked for itself, and a guide is part of the consent', async () => {
  await show('plan-reasoned');
  await consent();
  const chosen = async () => ((await sent()).at(-1) as { chosen: unknown[] }).chosen;
  await page().keyboard.press('Enter');
  expect(await chosen()).toEqual([
    { remedy: 'flush-dns', items: ['command'] },
    { remedy: 'clear-identity-cache', items: ['key', 'folder'] },
    { remedy: 'reset-onedrive', items: ['onedrive', 'account-0'] },
    { remedy: 'check-proxy', items: [] },
  ]);
  await press('[data-remedy=clear-identity-cache] .entries li:last-child input');
  await press('[data-remedy=check-proxy] h2 input');
  await page().keyboard.press('Enter');
  expect((await chosen()).slice(1)).toEqual([
    { remedy: 'clear-identity-cache', items: ['key', 'folder', 'word'] },
    { remedy: 'reset-onedrive', items: ['onedrive', 'account-0'] },
  ]);
});

describe('the browser’s permission', () => {
  const answer = (permission: 'granted' | 'refused' | 'later') =>
    page().evaluate((given) => void Object.assign(background, { permission: given }), permission);
  const asked = () => page().evaluate(() => background.asked);
  const forCookies = { permissions: ['cookies', 'browsingData'] };

  test.each(['click', 'Enter'])(
    'is asked for with the same %s that agrees, and given it all starts',
    async (by) => {
      await show('plan-session');
      const button = await consent();
      await (by === 'click' ? button?.click() : page().keyboard.press('Enter'));
      await page().waitForFunction(() => background.actions.length === 1);
      expect(await asked()).toEqual([forCookies]);
      expect(await sent()).toEqual([{ do: 'start', planId: 'plan-session', chosen: [session, purge] }]);
    },
  );

  test('refused, the rest starts without that step', async () => {
    await show('plan-session');
    await answer('refused');
    await (await consent())?.click();
    await page().waitForFunction(() => background.actions.length === 1);
    expect(await sent()).toEqual([{ do: 'start', planId: 'plan-session', chosen: [purge] }]);
  });

  test('refused for the only step, nothing starts, and it is said; it can be tried again', async () => {
    await show('plan-session-alone');
    await answer('refused');
    await (await consent())?.click();
    await page().waitForSelector('[role=alert]');
    expect(await texts('[role=alert]')).toEqual([
      'Without your permission, the sign-in pages are left as they are.',
    ]);
    expect(await sent()).toEqual([]);
    await answer('granted');
    await press('[data-do=start]');
    await page().waitForFunction(() => background.actions.length === 1);
    expect(await texts('[role=alert]')).toEqual([]);
  });

  test('is asked for once, however often one presses meanwhile', async () => {
    await show('plan-session');
    await answer('later');
    await (await consent())?.click();
    await page().waitForSelector('[data-do=start][aria-disabled]');
    await page().click('[data-do=start]');
    await page().keyboard.press('Enter');
    expect(await asked()).toHaveLength(1);
    expect(await focused()).toContain('Repair and test sign-in');
  });

  test('is not asked for where the step was left out, or is not in the plan', async () => {
    await show('plan-session');
    await consent();
    await press('[data-remedy=clear-browser-session] h2 input');
    await page().keyboard.press('Enter');
    await page().waitForFunction(() => background.actions.length === 1);
    await show('plan');
    await (await consent())?.click();
    await page().waitForFunction(() => background.actions.length === 2);
    expect(await asked()).toEqual([]);
  });
});
