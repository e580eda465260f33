/** Axe in every state of the banner: WCAG 2.2 AA and its best practices. And how it is laid out where room is short. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { uiState, uiStates } from '../../fixtures/ui-states.ts';
import { axeFinds, bringAxe } from '../../gallery/axe.ts';
import type { Places } from '../../gallery/inside/places.ts';
import { bringLooks, faultsIn, motionsIn, placesIn, unlike } from '../../gallery/layout.ts';
import { askWhy, type BannerGlass, dress, languages, push, type Scheme } from '../../gallery/stage.ts';
import { bannerSite } from './banner-page.ts';

const site = bannerSite();
let page: Page;

async function open(glass: BannerGlass, scheme: Scheme = 'light'): Promise<void> {
  page = await site.open('sign-in', glass);
  await dress(page, scheme);
}
/** Whether the state has a banner; it is shown then, with all that it can say. */
async function show(name: string): Promise<boolean> {
  await push(page, uiState(name));
  await askWhy(page);
  return (await page.$('signin-rescue-banner')) !== null;
}
/** What is wrong in each state that has a banner. */
async function inAll(look: (name: string) => Promise<string[]>): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  let banners = 0;
  for (const name of uiStates.keys()) {
    if (!(await show(name))) continue;
    banners++;
    const found = await look(name);
    if (found.length > 0) wrong[name] = found;
  }
  expect(banners).toBeGreaterThan(40);
  await page.close();
  return wrong;
}

test.each(['light', 'dark'] as const)('axe finds nothing in any of them, %s', async (scheme) => {
  // It sees into open roots only.
  await open({ mode: 'open' }, scheme);
  await bringAxe(page);
  expect(await inAll(() => axeFinds(page, 'signin-rescue-banner'))).toEqual({});
});

describe('every one fits, can be pressed, and shows what has the focus', () => {
  test.each<[string, BannerGlass]>([
    ['in 320 px', { width: 320 }],
    ['at 200 %', { width: 640, height: 360, zoom: 2 }],
    ['at 400 %', { width: 320, height: 180, zoom: 4 }],
  ])('%s', async (_, glass) => {
    await open(glass);
    await bringLooks(page);
    expect(await inAll(() => faultsIn(page))).toEqual({});
  });
});

test.each(languages)('every one fits in %s', async (language) => {
  await open({ language, width: 400 });
  await bringLooks(page);
  expect(await inAll(() => faultsIn(page))).toEqual({});
});

test('from right to left every one is the mirror image', async () => {
  const straight = new Map<string, Places>();
  const look = async (name: string) => void straight.set(name, await placesIn(page));
  await open({});
  await bringLooks(page);
  await inAll(async (name) => (await look(name)) ?? []);
  await open({ mirrored: true });
  await bringLooks(page);
  expect(await inAll(async (name) => unlike(straight.get(name) ?? [], await placesIn(page)))).toEqual({});
});

test('nothing moves for people who want no motion', async () => {
  await open({});
  await bringLooks(page);
  expect(await inAll(() => motionsIn(page))).toEqual({});
});
