/**
 * Pictures of every view, to be looked at: `npm run screenshots [-- view…]`. In out/screenshots a folder for each
 * look: popup and banner in light, dark and forced colours, in other languages, and where room is short; our window;
 * the first-run page and the settings. `-- --docs` makes the README's pictures instead.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { buildOurPages, openOurPage, pageStates } from '../extension/pages/page-site.ts';
import { uiState, uiStates } from '../fixtures/ui-states.ts';
import { makeDocsPictures } from './docs-pictures.ts';
import { buildBanner, buildPopup, serve } from './site.ts';
import {
  askWhy,
  dress,
  type Glass,
  launch,
  openBanner,
  openPopup,
  popupClip,
  popupViews,
  push,
  type Scheme,
  show,
} from './stage.ts';

interface Look extends Partial<Glass> {
  name: string;
  scheme?: Scheme;
  query?: string;
  /** Of a banner: with what is behind it. */
  why?: boolean;
}

const popups: Look[] = [
  { name: 'popup-light' },
  { name: 'popup-dark', scheme: 'dark' },
  { name: 'popup-forced', scheme: 'forced' },
  { name: 'popup-arabic', language: 'ar' },
  { name: 'popup-german', language: 'de' },
  { name: 'popup-japanese', language: 'ja' },
  { name: 'popup-320', width: 320 },
  { name: 'popup-zoomed', width: 210, height: 300, zoom: 2 },
  { name: 'window-light', query: '?tab=1' },
];
const banners: Look[] = [
  { name: 'banner-light', width: 800 },
  { name: 'banner-dark', width: 800, scheme: 'dark' },
  { name: 'banner-forced', width: 800, scheme: 'forced' },
  { name: 'banner-arabic', width: 800, language: 'ar' },
  { name: 'banner-320', width: 320 },
  { name: 'banner-why', width: 800, why: true },
];

const quick = { captureBeyondViewport: false, optimizeForSpeed: true };
const out = path.resolve(import.meta.dirname, '../../out/screenshots');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { docs: { type: 'boolean' } } });
const wanted = positionals.length > 0 ? positionals : popupViews;
const unknown = wanted.filter((name) => !popupViews.includes(name));
if (unknown.length > 0) throw new Error(`there is no view ${unknown.join(', ')}`);

async function fileFor(look: Look, state: string): Promise<`${string}.png`> {
  const folder = path.join(out, look.name);
  await mkdir(folder, { recursive: true });
  return `${path.join(folder, state)}.png`;
}

async function shootPopups(origin: string): Promise<void> {
  const browser = await launch();
  for (const look of popups) {
    const page = await openPopup(browser, origin, look.query, look);
    await dress(page, look.scheme ?? 'light');
    for (const name of wanted) {
      await show(page, name);
      await settled(page, name);
      await shootPopup(page, await fileFor(look, name));
    }
    await page.close();
  }
  await browser.close();
}

/** Without a pointer, and, where a plan takes consent after a moment, with that. */
async function settled(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  if (uiStates.get(name)?.busy || !(await page.$('[data-do=start]'))) return;
  await page.waitForSelector('[data-do=start]:not([aria-disabled])');
}

/** As large as browsers make the popup, and, where it scrolls, all of it. */
async function shootPopup(page: Page, file: `${string}.png`): Promise<void> {
  const { isAll, ...clip } = await popupClip(page);
  // A clip is counted from the page's top; one that scrolls fills the window anyway.
  await page.screenshot({ path: file, ...(isAll ? { clip } : {}), ...quick });
  if (isAll) return;
  const whole = file.replace(/\.png$/, '-whole.png') as `${string}.png`;
  await page.screenshot({ path: whole, fullPage: true });
}

async function shootBanners(origin: string): Promise<void> {
  const [browser, script] = [await launch(), await buildBanner()];
  for (const look of banners) {
    const page = await openBanner(browser, `${origin}/pages/sign-in.html`, script, look);
    await dress(page, look.scheme ?? 'light');
    for (const name of wanted) {
      const state = uiStates.get(name);
      if (!state) continue;
      await push(page, state);
      if (look.why) await askWhy(page);
      const box = await (await page.$('signin-rescue-banner'))?.boundingBox();
      if (!box) continue;
      const clip = { x: 0, y: 0, width: look.width ?? 0, height: box.y + box.height + 60 };
      await page.screenshot({ path: await fileFor(look, name), clip, ...quick });
    }
    await page.close();
  }
  await browser.close();
}

/** The first-run page and the settings, whole. */
async function shootPages(): Promise<void> {
  const [browser, pages] = [await launch(), await serve(await buildOurPages())];
  const looks: Look[] = [
    { name: 'page-light' },
    { name: 'page-dark', scheme: 'dark' },
    { name: 'page-arabic', language: 'ar' },
    { name: 'page-320', width: 320 },
  ];
  for (const look of looks) {
    for (const [state, [name, setting, change]] of Object.entries(pageStates)) {
      const page = await openOurPage(browser, pages.origin, name, setting, look);
      await dress(page, look.scheme ?? 'light');
      await push(page, { ...uiState('nothing'), ...change });
      const file = await fileFor(look, state.replaceAll(/\W+/g, '-'));
      await page.screenshot({ path: file, fullPage: true });
      await page.close();
    }
  }
  await browser.close();
  await pages.close();
}

const site = await serve(await buildPopup());
if (values.docs) {
  await makeDocsPictures(site.origin);
} else {
  if (positionals.length === 0) await rm(out, { recursive: true, force: true });
  await Promise.all([shootPopups(site.origin), shootBanners(site.origin)]);
  if (positionals.length === 0) await shootPages();
  console.log(`Pictures of ${wanted.length} views are in out/screenshots/.`);
}
await site.close();
