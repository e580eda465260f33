/** Every state of the popup where there is little room, large letters, another direction of writing, or no motion. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uiState, uiStates } from '../../fixtures/ui-states.ts';
import type { Places } from '../../gallery/inside/places.ts';
import { bringLooks, faultsIn, motionsIn, placesIn, unlike } from '../../gallery/layout.ts';
import { buildPopup } from '../../gallery/site.ts';
import { dress, type Glass, languages, openPopup, popupViews, push, show } from '../../gallery/stage.ts';
import { served } from '../served.ts';

const { browser, origin } = served(buildPopup);

async function open(glass: Partial<Glass>, query = ''): Promise<Page> {
  const page = await openPopup(browser(), origin(), query, glass);
  await dress(page, 'light');
  await bringLooks(page);
  return page;
}
/** With everything open that can be. */
async function showAll(page: Page, name: string): Promise<void> {
  await show(page, name);
  await page.$$eval('details', (all) => {
    for (const each of all) each.open = true;
  });
}

const narrow: [string, string, Partial<Glass>][] = [
  ['in 320 px', '', { width: 320 }],
  ['in 400 px', '', { width: 400 }],
  ['at 200 %', '', { width: 210, height: 300, zoom: 2 }],
  ['at 200 % in our window', '?tab=1', { width: 640, height: 360, zoom: 2 }],
];

describe.each(narrow)('%s', (_, query, glass) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(glass, query);
  });
  afterAll(() => page.close());

  test.each(popupViews)('%s fits, can be pressed, and shows what has the focus', async (name) => {
    await showAll(page, name);
    expect(await faultsIn(page), name).toEqual([]);
  });
});

/** Of the ways that lead to the same words one each: a view that is come to by keys takes a page of its own. */
const inEveryLanguage = [
  ...uiStates.keys(),
  'search-nothing-found',
  'actions',
  'meaning',
  'report',
  'helper-found',
];

describe.each(languages.filter((each) => each !== 'en'))('in the language %s', (language) => {
  let page: Page;
  beforeAll(async () => {
    page = await open({ language });
  });
  afterAll(() => page.close());

  test('every view fits, and says all of it', async () => {
    const wrong: Record<string, string[]> = {};
    for (const name of inEveryLanguage) {
      await showAll(page, name);
      const faults = await faultsIn(page);
      if (faults.length > 0) wrong[name] = faults;
      const words = await page.$eval('body', ({ textContent }) => textContent ?? '');
      expect(words, name).not.toMatch(/plural,|undefined|\$\d/);
    }
    expect(wrong).toEqual({});
  }, 120_000);
});

describe('from right to left', () => {
  const straight = new Map<string, Places>();
  let page: Page;
  beforeAll(async () => {
    page = await open({});
    for (const name of popupViews) {
      await showAll(page, name);
      straight.set(name, await placesIn(page));
    }
    await page.close();
    page = await open({ mirrored: true });
  });
  afterAll(() => page.close());

  test.each(popupViews)('%s fits, and is the mirror image', async (name) => {
    await showAll(page, name);
    expect(await faultsIn(page), name).toEqual([]);
    expect(unlike(straight.get(name) ?? [], await placesIn(page)), name).toEqual([]);
  });
});

describe('for people who want no motion', () => {
  let page: Page;
  beforeAll(async () => {
    page = await open({});
  });
  afterAll(() => page.close());

  test.each(popupViews)('nothing moves in %s', async (name) => {
    await show(page, name);
    expect(await motionsIn(page), name).toEqual([]);
  });
});

test('as a window it fills the page, and nothing is cut off from 400 px on', async () => {
  const own = await openPopup(browser(), origin(), '?tab=7', { width: 400, height: 500 });
  await push(own, uiState('plan'));
  const fills = await own.$eval('.frame', (frame) => [frame.clientWidth, frame.clientHeight >= innerHeight]);
  expect(fills).toEqual([400, true]);
  expect(await own.$eval('.bar', (bar) => bar.getBoundingClientRect().bottom)).toBe(500);
  expect(await own.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  await own.close();
});
