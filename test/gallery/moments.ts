/** Views that a person comes to by their own keys, and no state of the background. */
import type { Page } from 'puppeteer-core';

export interface Moment {
  /** The state that it begins in. */
  from: string;
  go: (page: Page) => Promise<void>;
  /** There, when it is shown. */
  shows: string;
}

const typed = (text: string) => (page: Page) => page.type('.search', text);
const enter = (page: Page) => page.keyboard.press('Enter');

async function commandK(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('k');
  await page.keyboard.up('Control');
}

async function second(page: Page): Promise<void> {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

export const moments: ReadonlyMap<string, Moment> = new Map<string, Moment>([
  ['search-found', { from: 'nothing', go: typed('o'), shows: '.item[aria-selected=true]' }],
  ['search-nothing-found', { from: 'nothing', go: typed('qqqq'), shows: '.nothing-found' }],
  ['actions', { from: 'failure', go: commandK, shows: '[role=menu]' }],
  ['details', { from: 'failure', go: second, shows: 'main:not(.launcher)' }],
  ['meaning', { from: 'explained', go: enter, shows: 'main:not(.launcher)' }],
  ['report', { from: 'failure-policy', go: enter, shows: 'main:not(.launcher)' }],
  [
    'commands-over-run',
    { from: 'fixed', go: (page) => page.click('[data-do=commands]'), shows: '.launcher' },
  ],
]);
