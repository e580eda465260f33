/** The README's pictures, in docs/images. */
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { uiState } from '../fixtures/ui-states.ts';
import { buildBanner } from './site.ts';
import { dress, launch, openBanner, openPopup, popupClip, push, type Scheme, show } from './stage.ts';

const images = path.resolve(import.meta.dirname, '../../docs/images');

export async function makeDocsPictures(origin: string): Promise<void> {
  const browser = await launch();
  const seen = async (state: string, scheme: Scheme) => {
    const page = await openPopup(browser, origin);
    await dress(page, scheme);
    await show(page, state);
    if (state === 'plan') await page.waitForSelector('[data-do=start]:not([aria-disabled])');
    const { isAll, ...clip } = await popupClip(page);
    return asImage(await page.screenshot({ encoding: 'base64', ...(isAll ? { clip } : {}) }), clip.width);
  };
  for (const [name, state] of [
    ['launcher', 'failure'],
    ['check', 'check-proxy'],
    ['history', 'history'],
  ] as const) {
    const html = (await seen(state, 'light')) + (await seen(state, 'dark'));
    await compose(browser, name, 'display: flex; align-items: start; gap: 20px; padding: 16px', html);
  }
  const plan = await seen('plan', 'light');
  const html = (await failedPage(browser, origin)) + plan;
  await compose(browser, 'story', 'display: grid; place-items: end', html);
  await browser.close();
}

/** A sign-in that failed, with the banner. */
async function failedPage(browser: Browser, origin: string): Promise<string> {
  const glass = { width: 1100, height: 710 };
  const page = await openBanner(browser, `${origin}/pages/sign-in.html`, await buildBanner(), glass);
  await dress(page, 'light');
  await push(page, uiState('failure'));
  return asImage(await page.screenshot({ encoding: 'base64' }), glass.width);
}

function asImage(base64: string, width: number): string {
  return `<img width="${width}" src="data:image/png;base64,${base64}">`;
}

/** Pictures in one, beside each other or, in a grid, the second over the first. */
async function compose(browser: Browser, name: string, style: string, html: string): Promise<void> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 800 });
  await page.setContent(`<!doctype html><style>
    div { width: fit-content; ${style} }
    img { grid-area: 1 / 1; border-radius: 8px; box-shadow: 0 2px 12px rgb(0 0 0 / 35%) }
  </style><div>${html}</div>`);
  const all = await page.$('div');
  await all?.screenshot({ path: `${path.join(images, name)}.png`, omitBackground: true });
  await page.close();
}
