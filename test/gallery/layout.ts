/** How a page is laid out: what does not fit, what moves, and what is bound to a side of the screen. */
import type { Page } from 'puppeteer-core';
import type { Looks } from './inside/index.ts';
import type { Places } from './inside/places.ts';
import { buildScript } from './site.ts';
import { bring } from './stage.ts';

declare global {
  var looks: Looks;
}

let script: Promise<string> | undefined;

/** Before the first look at a page. */
export async function bringLooks(page: Page): Promise<void> {
  script ??= buildScript('test/gallery/inside/index.ts');
  await bring(page, await script);
}

/** What scrolls sideways, is cut off, overlaps, is too small, or is hidden when focused. */
export function faultsIn(page: Page): Promise<string[]> {
  return page.evaluate(() => [...new Set(looks.faults())]);
}

/** What moves for more than 0.01 s. */
export function motionsIn(page: Page): Promise<string[]> {
  return page.evaluate(() => [...new Set(looks.motions())]);
}

export function placesIn(page: Page): Promise<Places> {
  return page.evaluate(() => looks.places());
}

/** What stands elsewhere in the mirror, by more than rounding. */
export function unlike(straight: Places, mirrored: Places): string[] {
  if (straight.length !== mirrored.length)
    return [`${straight.length} parts, ${mirrored.length} in the mirror`];
  return straight.flatMap(([what, from], at) => {
    const other = mirrored[at]?.[1] ?? Number.NaN;
    if (Math.abs(from - other) < 1.5) return [];
    return `${what}: at ${from.toFixed(1)}, in the mirror at ${other.toFixed(1)}`;
  });
}
