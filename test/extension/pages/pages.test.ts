/** The first-run page and the settings, in a real browser with the background's end in hand. */
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostState, UiState } from '../../../extension/ui-state.ts';
import manifest from '../../../manifest.json' with { type: 'json' };
import { uiState } from '../../fixtures/ui-states.ts';
import { axeFinds, bringAxe } from '../../gallery/axe.ts';
import { faintTexts } from '../../gallery/contrast.ts';
import { actions, type Glass, languages } from '../../gallery/stage.ts';
import { served } from '../served.ts';
import type { Setting } from './fake-pages.ts';
import { buildOurPages, openOurPage, type PageName, pageNames, pageStates } from './page-site.ts';

const { browser, origin } = served(buildOurPages);
let page: Page;
afterEach(() => page.close());

const open = async (name: PageName, setting: Setting = {}, glass: Partial<Glass> = {}) => {
  page = await openOurPage(browser(), origin(), name, setting, glass);
};
const push = (change: Partial<UiState>) =>
  page.evaluate((state) => background.push(state), { ...uiState('nothing'), ...change } as never);
const host = (state: HostState) => push({ host: state });
const helper = () => page.$eval('.helper', (each) => (each as HTMLElement).dataset.helper);
const text = (selector = 'main') => page.$eval(selector, ({ textContent }) => textContent ?? '');
const seen = (what: string) =>
  page.waitForFunction((each) => document.body.textContent?.includes(each), {}, what);
const greetings = async () =>
  (await actions(page)).filter((each) => JSON.stringify(each) === '{"do":"greet"}').length;
/** What stands out beyond the page. */
const wideParts = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((each) => {
        const { left, right, width } = each.getBoundingClientRect();
        return width > 0 && (left < 0 || right > innerWidth);
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 80)),
  );
const press = async (selector: string) => (await page.waitForSelector(selector))?.click();
const opened = () => page.evaluate(() => pages.opened);
const ready = { state: 'ready', version: '0.1.0' } as const;

describe.each(Object.entries(pageStates))('%s', (_, [name, setting, state]) => {
  it.each(['light', 'dark'])('can be read, by all, in %s', async (scheme) => {
    await open(name, setting);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await push(state);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    await bringAxe(page);
    expect(await axeFinds(page, 'html')).toEqual([]);
    expect(await page.evaluate(`(${faintTexts.toString()})(document)`)).toEqual([]);
    expect(await text('body')).not.toMatch(/undefined|null|NaN|\$\d|\[object/);
  });

  it.each(languages)('fits into 320 px in %s', async (language) => {
    await open(name, setting, { width: 320, language });
    await push(state);
    expect(await wideParts()).toEqual([]);
  });

  it.each([false, true])('fits into 320 px, written from right to left: %s', async (mirrored) => {
    await open(name, setting, { width: 320, mirrored });
    await push(state);
    expect(await page.$eval('html', ({ dir }) => dir)).toBe(mirrored ? 'rtl' : 'ltr');
    expect(await wideParts()).toEqual([]);
  });
});

describe('the first-run page', () => {
  it('says of every right in the manifest what it is for, the optional ones apart', async () => {
    await open('welcome');
    const listed = await page.$$eval('code.technical', (all) => all.map(({ textContent }) => textContent));
    const last = listed.pop();
    expect([...listed].sort()).toEqual([...manifest.permissions].sort());
    expect(last?.split(', ').sort()).toEqual([...manifest.optional_permissions].sort());
    const hosts = await page.$$eval('details li', (all) => all.map(({ textContent }) => textContent));
    expect(hosts.map((each) => `https://${each}/*`).sort()).toEqual([...manifest.host_permissions].sort());
  });

  it('looks for the helper, and says by itself that it is there once it is', async () => {
    await open('welcome');
    expect(await helper()).toBe('idle');
    expect(await greetings()).toBe(1);
    await host({ state: 'missing' });
    await seen('The helper was not found');
    await page.evaluate(() => pages.pass());
    expect(await greetings()).toBe(2);
    await host(ready);
    await seen('The helper is here: version 0.1.0');
    await host({ state: 'idle' });
    expect(await helper()).toBe('found');
  });

  it('asks again no more when it is found, nor while nobody looks', async () => {
    await open('welcome');
    await host({ state: 'missing' });
    await seen('The helper was not found');
    const hide = (hidden: boolean) =>
      page.evaluate((is) => {
        Object.defineProperty(document, 'hidden', { value: is, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    const pass = () => page.evaluate(() => pages.pass());
    await hide(true);
    const before = await greetings();
    await pass();
    expect(await greetings()).toBe(before);
    await hide(false);
    expect(await greetings()).toBe(before + 1);
    await host(ready);
    await seen('The helper is here');
    const found = await greetings();
    await pass();
    expect(await greetings()).toBe(found);
  });

  it('opens our window by a press, names the ways there, and leads to the settings', async () => {
    await open('welcome');
    await press('[data-do=try]');
    await press('[data-do=shortcut]');
    expect(await opened()).toEqual(['popup', 'chrome://extensions/shortcuts']);
    expect(await text()).toMatch(/Press Ctrl\+Shift\+Y.*Type “fix” and a space.*“Explain this error”/);
    expect(await page.$eval('.actions a', (link) => (link as HTMLAnchorElement).pathname)).toBe(
      '/extension/pages/options/index.html',
    );
  });

  it('says so where another extension has taken the shortcut', async () => {
    await open('welcome', { shortcut: '' });
    await seen('No shortcut is set');
    expect(await text()).not.toContain('Press Ctrl');
  });
});

describe('the settings', () => {
  const watch = () =>
    page.$eval('[data-do=watch]', (box) => {
      const { checked, disabled } = box as HTMLInputElement;
      return { checked, disabled };
    });

  it('switch the watch on and off, as the background says it stands', async () => {
    await open('options');
    expect(await watch()).toEqual({ checked: false, disabled: true });
    await push({ watch: 'on' });
    await page.waitForSelector('[data-do=watch]:checked:enabled');
    await press('[data-do=watch]');
    expect((await actions(page)).at(-1)).toEqual({ do: 'watch', on: false });
    await push({ watch: 'off' });
    await page.waitForSelector('[data-do=watch]:not(:checked)');
    await press('[data-do=watch]');
    expect((await actions(page)).at(-1)).toEqual({ do: 'watch', on: true });
  });

  it('do not offer what the organisation forbids, and show what it has set', async () => {
    const managed = {
      helpDesk: 'help@contoso.example',
      watch: false,
      catalogue: [{ code: 'AADSTS50105' }, 7],
    };
    await open('options', { managed });
    await push({ watch: 'forbidden' });
    await seen('Your organisation has switched this off.');
    expect(await watch()).toEqual({ checked: false, disabled: true });
    expect(
      await page.$$eval('section:nth-of-type(5) dd', (all) => all.map((each) => each.textContent)),
    ).toEqual(['help@contoso.example', 'AADSTS50105', 'Switched off']);
  });

  it('bring the banner back for a code', async () => {
    await open('options');
    await push({ muted: ['AADSTS53003', '0x8004de40'] });
    await press('.muted li:nth-child(2) [data-do=unmute]');
    expect(await actions(page)).toContainEqual({ do: 'unmute', code: '0x8004de40' });
    await push({});
    await seen('The banner is shown for every failure.');
  });

  it('take the optional permission back and give it, and follow what is done elsewhere', async () => {
    await open('options', { allowed: { session: true } });
    await press('[data-do=take-back]');
    await page.waitForSelector('[data-do=give]');
    expect(await page.evaluate(() => pages.allowed)).toMatchObject({ sites: true, session: false });
    await press('[data-do=give]');
    await page.waitForSelector('[data-do=take-back]');
    await page.evaluate(() => {
      pages.allowed.session = false;
      pages.changed();
    });
    await page.waitForSelector('[data-do=give]');
  });

  it('say so where the browser does not change it', async () => {
    await open('options', { allowed: { change: false } });
    await press('[data-do=give]');
    await seen('The browser did not change this.');
    expect(await page.$('[data-do=give]')).not.toBeNull();
  });

  it('say that nothing can be noticed where the sign-in pages were taken away, and ask for them', async () => {
    await open('options', { allowed: { sites: false, session: true } });
    await seen('so it cannot notice a failure');
    await press('[data-do=give]');
    await page.waitForFunction(() => !document.querySelector('[data-do=give]'));
    expect(await page.evaluate(() => pages.allowed)).toMatchObject({ sites: true });
  });

  it('lead to the history and to what the extension may do, and name both versions', async () => {
    await open('options');
    await host(ready);
    await page.waitForFunction(() => /Helper\s*0\.1\.0/.test(document.body.textContent ?? ''));
    await press('[data-do=history]');
    expect(await opened()).toEqual([`${origin()}/extension/popup/index.html?tab=12&command=history`]);
    expect(await text('main')).toContain(`Extension${manifest.version}`);
    expect(await page.$eval('.actions a', (link) => (link as HTMLAnchorElement).pathname)).toBe(
      '/extension/pages/welcome/index.html',
    );
  });
});

it('both follow the background by the port of pages, never by that of our window', async () => {
  for (const name of pageNames) {
    await open(name);
    expect(await page.evaluate(() => background.ports.map((port) => port.name))).toEqual(['page']);
    if (name === 'welcome') await page.close();
  }
});
