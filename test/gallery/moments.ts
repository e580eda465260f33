/** Views that a person comes to by their own keys, and no state of the background. */
import type { Page } from 'puppeteer-core';
import type { UiState } from '../../extension/ui-state.ts';
import { type ReportState, reportPresses, reportStates } from '../fixtures/ui-report.ts';
import { uiState } from '../fixtures/ui-states.ts';

export interface Moment {
  /** The state that it begins in. */
  from: UiState;
  go: (page: Page) => Promise<void>;
  /** There, when it is shown. */
  shows: string;
}

/** While the window is open, the helper is installed. */
const comes = (state: UiState) => async (page: Page) => {
  await page.evaluate((next) => background.push(next), state as never);
};
const helperComes = comes({ ...uiState('failure'), host: { state: 'ready', version: '0.1.0' } });
const helperCame = comes({ ...uiState('nothing'), host: { state: 'ready', version: '0.1.0' } });

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

const pressed = (selectors: readonly string[]) => async (page: Page) => {
  for (const selector of selectors) {
    const target = await page.waitForSelector(selector);
    // Clear of the bar below, as a person scrolls to it.
    await target?.evaluate((each) => each.scrollIntoView({ block: 'center' }));
    await target?.click();
  }
};

function report(name: ReportState): [string, Moment] {
  const go = pressed(reportPresses[name]);
  return [name, { from: reportStates[name], go, shows: '[data-stage=report] :focus' }];
}

export const moments: ReadonlyMap<string, Moment> = new Map<string, Moment>([
  ['search-found', { from: uiState('nothing'), go: typed('o'), shows: '.item[aria-selected=true]' }],
  ['search-nothing-found', { from: uiState('nothing'), go: typed('qqqq'), shows: '.nothing-found' }],
  ['actions', { from: uiState('failure'), go: commandK, shows: '[role=menu]' }],
  ['helper-found', { from: uiState('host-missing'), go: helperComes, shows: '[data-stage=found]' }],
  [
    'helper-found-unasked',
    { from: { ...uiState('host-missing'), failure: null }, go: helperCame, shows: '[data-stage=found]' },
  ],
  ['details', { from: uiState('failure'), go: second, shows: 'main:not(.launcher)' }],
  ['meaning', { from: uiState('explained'), go: enter, shows: 'main:not(.launcher)' }],
  [
    'commands-over-run',
    { from: uiState('fixed'), go: (page) => page.click('[data-do=commands]'), shows: '.launcher' },
  ],
  ...(Object.keys(reportStates) as ReportState[]).map(report),
]);
