/** Pictures of every state of popup and banner, light and dark: `node test/gallery/shoot.ts [name…]`. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { uiStates } from '../fixtures/ui-states.ts';
import { buildPopup, serve } from './site.ts';
import { launch, openPopup, push } from './stage.ts';

const out = path.resolve(import.meta.dirname, '../../out/gallery');
const only = process.argv.slice(2);
const wanted = [...uiStates].filter(([name]) => only.length === 0 || only.includes(name));

async function popups(page: Page, scheme: string): Promise<void> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  for (const [name, state] of wanted) {
    await page.reload();
    await push(page, state);
    await new Promise((resolve) => setTimeout(resolve, 450));
    const file = path.join(out, `popup-${name}-${scheme}.png`) as `${string}.png`;
    await (await page.$('.frame'))?.screenshot({ path: file });
  }
}

await mkdir(out, { recursive: true });
const site = await serve(await buildPopup());
const browser = await launch();
for (const scheme of ['light', 'dark']) await popups(await openPopup(browser, site.origin), scheme);
await browser.close();
await site.close();
