/** Pictures of every state of popup and banner, light and dark: `node test/gallery/shoot.ts [name…]`. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { uiStates } from '../fixtures/ui-states.ts';
import { buildBanner, buildPopup, serve } from './site.ts';
import { launch, openBanner, openPopup, push, show } from './stage.ts';

const out = path.resolve(import.meta.dirname, '../../out/gallery');
const only = process.argv.slice(2);
const wanted = [...uiStates].filter(([name]) => only.length === 0 || only.includes(name));

function dress(page: Page, scheme: string): Promise<void> {
  return page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
}

async function popups(page: Page, scheme: string): Promise<void> {
  await dress(page, scheme);
  for (const [name] of wanted) {
    await page.reload();
    await show(page, name);
    await new Promise((resolve) => setTimeout(resolve, 450));
    const file = path.join(out, `popup-${name}-${scheme}.png`) as `${string}.png`;
    // As large as browsers make the popup: what is longer scrolls.
    const size = await page.$eval('.frame', ({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
    const [width = 0, height = 0] = size;
    await page.screenshot({ path: file, clip: { x: 0, y: 0, width, height: Math.min(height, 600) } });
    if (height > 600) await whole(page, file, width, height);
  }
}

/** All of a view that scrolls. */
async function whole(page: Page, file: string, width: number, height: number): Promise<void> {
  await page.setViewport({ width, height });
  await page.screenshot({ path: file.replace(/\.png$/, '-whole.png') as `${string}.png` });
  await page.setViewport({ width, height: 600 });
}

async function banners(browser: Browser, url: string, script: string, scheme: string): Promise<void> {
  for (const width of [1280, 400]) {
    const page = await openBanner(browser, url, script, width);
    await dress(page, scheme);
    for (const [name, state] of wanted) {
      await push(page, state);
      const file = path.join(out, `banner-${width}-${name}-${scheme}.png`) as `${string}.png`;
      await page.screenshot({ path: file, clip: { x: 0, y: 0, width, height: width > 1000 ? 480 : 640 } });
    }
  }
}

await mkdir(out, { recursive: true });
const [popup, script] = [await buildPopup(), await buildBanner()];
const site = await serve(popup);
const browser = await launch();
for (const scheme of ['light', 'dark']) {
  await popups(await openPopup(browser, site.origin), scheme);
  await banners(browser, `${site.origin}/pages/sign-in.html`, script, scheme);
}
const page = await openPopup(browser, site.origin, '?tab=1');
await dress(page, 'light');
for (const name of ['nothing', 'failure', 'plan', 'fixed', 'history', 'check-proxy']) {
  await show(page, name);
  await page.screenshot({ path: path.join(out, `window-${name}.png`) as `${string}.png` });
}
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
const session = await page.createCDPSession();
await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
for (const name of [
  'failure',
  'plan-reasoned',
  'plan-starting',
  'run-purging',
  'your-turn',
  'failed',
  'history',
  'check-looking',
  'check-proxy',
]) {
  await show(page, name);
  await page.screenshot({ path: path.join(out, `forced-${name}.png`) as `${string}.png` });
}
await browser.close();
await site.close();
