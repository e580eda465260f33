/** The banner as a person meets it: found behind its closed shadow root, and pressed with the mouse. */
import type { Page } from 'puppeteer-core';
import { waitFor } from '../wait-for.ts';
import { readTreeWithBidi } from './banner-bidi.ts';
import { readTreeWithCdp } from './banner-cdp.ts';
import type { TestBrowser } from './browsers.ts';

export const BANNER_TAG = 'signin-rescue-banner';

/** A node of the banner's tree, whichever tool read it. */
export interface BannerNode {
  /** Empty for elements. */
  text: string;
  /** What the button does, by its `data-do`. */
  does?: string | undefined;
  children: BannerNode[];
  /** Middle of the element in the viewport; undefined where it has no box. */
  middle: () => Promise<{ x: number; y: number } | undefined>;
}

export interface Banner {
  /** All its words. */
  text: string;
  /** What can be pressed, by its `data-do`. */
  buttons: ReadonlyMap<string, BannerNode>;
}

function* walk(node: BannerNode): Generator<BannerNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/** All words below a node. */
export function wordsOf(node: BannerNode): string {
  return [...walk(node)]
    .map(({ text }) => text.trim())
    .filter(Boolean)
    .join(' ');
}

/** The banner on a page, or undefined. */
export async function readBanner(browser: TestBrowser, page: Page): Promise<Banner | undefined> {
  const read = browser.family === 'chromium' ? readTreeWithCdp : readTreeWithBidi;
  const tree = await read(page);
  if (!tree) return undefined;
  const buttons = new Map<string, BannerNode>();
  for (const node of walk(tree)) if (node.does !== undefined) buttons.set(node.does, node);
  return { text: wordsOf(tree), buttons };
}

/** Waits for a banner that says what is wanted. */
export function bannerWith(
  browser: TestBrowser,
  page: Page,
  wanted: (banner: Banner) => boolean,
  what: string,
): Promise<Banner> {
  return waitFor(async () => {
    // The page may be going on to the next one just now.
    const banner = await readBanner(browser, page).catch(() => undefined);
    return banner && wanted(banner) ? banner : undefined;
  }, what);
}

/** Presses one of the banner's buttons as a mouse does: a trusted event. */
export async function pressBanner(browser: TestBrowser, page: Page, does: string): Promise<void> {
  const what = `the banner's button "${does}"`;
  const banner = await bannerWith(browser, page, ({ buttons }) => buttons.has(does), what);
  const at = await banner.buttons.get(does)?.middle();
  if (!at) throw new Error(`${what} has no place on the page`);
  // Nobody presses what is not before them, and Firefox lets such a press wait.
  await page.bringToFront();
  await page.mouse.click(at.x, at.y);
}
