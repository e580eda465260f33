/** What axe finds in a page: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { bring } from './stage.ts';

declare global {
  var axe: { run: (context: string, options: RunOptions) => Promise<AxeResults> };
}

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

/** Before the first look at a page. */
export function bringAxe(page: Page): Promise<void> {
  return bring(page, script);
}

/** Everything that is wrong in the element of that selector: the rule, the element, what to do. */
export async function axeFinds(page: Page, selector: string): Promise<string[]> {
  const { violations } = await page.evaluate((at, how) => axe.run(at, how), selector, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}: ${failureSummary.replace(/\s+/g, ' ')}`),
  );
}
