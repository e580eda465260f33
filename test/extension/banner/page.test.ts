/** The banner in friendly pages: what it says, how it is closed, and the background behind it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { uiState, uiStates } from '../../fixtures/ui-states.ts';
import { faintTexts } from '../../gallery/contrast.ts';
import { actions, push } from '../../gallery/stage.ts';
import { bannerPage } from './banner-page.ts';

const { page, script, open, show, count, text, press } = bannerPage();

describe('in a page', () => {
  test('says what failed and opens the extension’s own window', async () => {
    await open('failure');
    expect(await text('.title')).toContain('Your password changed');
    expect(await text('.code')).toContain('AADSTS50173');
    await press('[data-do=open]');
    expect(await actions(page())).toEqual([{ do: 'open' }]);
    expect(await page().evaluate(() => background.ports.map(({ name }) => name))).toEqual(['banner']);
  });

  test('is not there while there is nothing to say', async () => {
    await open('nothing');
    expect(await count()).toBe(0);
    await show('failure');
    expect(await count()).toBe(1);
    await show('nothing');
    expect(await count()).toBe(0);
  });

  test('injected twice it stays one banner', async () => {
    await open('failure');
    await page().evaluate(script());
    await show('fixed');
    expect(await count()).toBe(1);
    expect(await page().evaluate(() => background.ports.length)).toBe(1);
  });

  test('its root is closed, it is a labelled region in the reader’s language, with a polite live region', async () => {
    await open('failure');
    expect(await page().$eval('signin-rescue-banner', (host) => host.shadowRoot)).toBeNull();
    const region = await page().evaluate(() => {
      const section = shadows.at(-1)?.querySelector('section');
      return { label: section?.ariaLabel, lang: section?.lang, dir: section?.dir };
    });
    expect(region).toEqual({ label: 'Signin Rescue: sign-in problem', lang: 'en', dir: 'ltr' });
    await page().waitForFunction(() => shadows.at(-1)?.querySelector('[role=status]')?.textContent !== '');
    await show('run-purging');
    await page().waitForFunction(() =>
      shadows.at(-1)?.querySelector('[role=status]')?.textContent?.includes('In progress'),
    );
  });

  test('does not take the focus', async () => {
    await open('nothing');
    await page().focus('#user');
    await show('failure');
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('user');
  });

  test.each([1280, 400])('covers nothing of the page at %i px, and leaves it as it was', async (width) => {
    await open('nothing', { width });
    const top = () => page().$eval('h1', (heading) => heading.getBoundingClientRect().top);
    const before = await top();
    await show('failure');
    const banner = await page().$eval('signin-rescue-banner', (host) =>
      host.getBoundingClientRect().toJSON(),
    );
    expect(banner.width).toBeLessThanOrEqual(720);
    expect(banner.top).toBe(12);
    expect(await top()).toBeGreaterThanOrEqual(banner.bottom);
    if (width > 1000) expect(await top()).toBe(before);
    await show('nothing');
    expect(await top()).toBe(before);
    expect(await page().evaluate(() => document.documentElement.style.translate)).toBe('');
  });
});

describe('who asks why', () => {
  test('reads what is behind it, and closes that again', async () => {
    await open('failure');
    const expanded = () =>
      page().evaluate(() => shadows.at(-1)?.querySelector('[data-do=why]')?.ariaExpanded ?? null);
    expect([await expanded(), await text('.reason')]).toEqual(['false', null]);
    await press('[data-do=why]');
    expect(await expanded()).toBe('true');
    const todo = uiState('failure').meanings.find(({ code }) => code === 'AADSTS50173')?.todo;
    expect(await text('.reason p')).toBe(`Microsoft’s sign-in reported AADSTS50173. ${todo}`);
    await press('[data-do=why]');
    expect(await text('.reason')).toBeNull();
  });

  test('can wish the banner away for this code', async () => {
    await open('failure');
    await press('[data-do=why]');
    await press('[data-do=mute]');
    expect(await actions(page())).toEqual([{ do: 'mute' }]);
    expect(await count()).toBe(0);
  });

  test.each(['fixed', 'run-purging', 'your-turn'])('there is none in %s, which says all', async (name) => {
    await open(name);
    expect(await text('[data-do=why]')).toBeNull();
  });
});

describe('dismissing', () => {
  test('tells the background, and holds until there is something new', async () => {
    await open('failure');
    await press('[data-do=dismiss]');
    expect(await actions(page())).toEqual([]);
    expect(await count()).toBe(0);
    await show('failure-planning');
    expect(await count()).toBe(0);
    await show('fixed');
    expect(await count()).toBe(1);
  });

  test('Escape dismisses only while focus is inside, and gives the focus back', async () => {
    await open('failure');
    await page().focus('#user');
    await page().keyboard.press('Escape');
    expect(await count()).toBe(1);
    await page().evaluate(() => shadows.at(-1)?.querySelector<HTMLElement>('.primary')?.focus());
    await page().keyboard.press('Escape');
    expect(await count()).toBe(0);
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('user');
  });
});

describe('the background', () => {
  test('may sleep and wake: the banner goes on', async () => {
    await open('run-purging');
    await page().evaluate(() => background.drop());
    await page().waitForFunction(() => background.ports.length === 2);
    await show('fixed');
    expect(await text('.title')).toContain('Sign-in works again');
  });

  test('is gone for good after an update of the extension: so is the banner', async () => {
    await open('failure');
    await page().evaluate(() => {
      background.invalidate();
      background.drop();
    });
    await page().waitForFunction(() => !document.querySelector('signin-rescue-banner'));
    expect(await count()).toBe(0);
  });
});

test.each(['light', 'dark'])('every state can be read in %s', async (scheme) => {
  await open('nothing');
  await page().emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  const faint: Record<string, unknown> = {};
  for (const [name, state] of uiStates) {
    await push(page(), state);
    const found = await page().evaluate(`(${faintTexts.toString()})(shadows.at(-1))`);
    if (Array.isArray(found) && found.length > 0) faint[name] = found;
  }
  expect(faint).toEqual({});
});

test('the script is one file of no more than 30 KiB, compressed', () => {
  expect(gzipSync(script()).length).toBeLessThanOrEqual(30 * 1024);
  expect(script()).not.toMatch(/\bimport\s*\(|\bimport\.meta/);
});
