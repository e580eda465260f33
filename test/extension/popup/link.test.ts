/** Our window as a link opened it: at a command, a code in the search box, and nothing done by itself. */
import type { Page } from 'puppeteer-core';
import { beforeEach, expect, test } from 'vitest';
import { pageOf } from '../../../common/link.ts';
import { uiState } from '../../fixtures/ui-states.ts';
import { actions, push } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

const popup = popupPage();
let page: Page;
beforeEach(() => {
  page = popup.page();
});

const chosen = () => page.$eval('[aria-selected=true]', (option) => (option as HTMLElement).dataset.item);
const query = () => page.$eval('.search', (box) => (box as HTMLInputElement).value);

/** The page at the address that a link is opened at. */
async function follow(link: string): Promise<void> {
  await page.goto(`${popup.origin()}/extension/popup/index.html?tab=-1&link=${encodeURIComponent(link)}`);
}

test.each([
  ['check', 'failure', 'check'],
  ['history', 'failure', 'history'],
  ['report', 'nothing', 'report'],
  ['fix', 'failure', 'fix'],
  ['fix', 'nothing', 'check'],
])('a link to %s has it chosen and does nothing (%s)', async (command, state, item) => {
  await follow(`signin-rescue:${command}`);
  await popup.show(state);
  expect([await chosen(), await query(), await actions(page)]).toEqual([item, '', []]);
  expect(await page.$eval('html', ({ dataset }) => dataset.place)).toBe('window');
});

test('a link to a code has it in the search box, asks what it means, and asks nothing else', async () => {
  await follow('ext+signin-rescue:explain/AADSTS53003');
  // What somebody typed before is not shown.
  await push(page, { ...uiState('nothing'), explained: { text: 'an older text', codes: [] } });
  expect(await query()).toBe('AADSTS53003');
  const explained = { text: 'AADSTS53003', codes: ['AADSTS53003'] };
  await push(page, { ...uiState('explained'), explained });
  expect([await query(), await chosen()]).toEqual(['AADSTS53003', 'code:AADSTS53003']);
  expect(await actions(page)).toEqual([{ do: 'explain', text: 'AADSTS53003' }]);
});

test('then the box is the person’s own', async () => {
  await follow('signin-rescue:explain/AADSTS53003');
  await push(page, uiState('nothing'));
  await page.keyboard.press('Escape');
  await push(page, uiState('nothing'));
  expect(await query()).toBe('');
});

test('a link to the settings leads there', async () => {
  const options = page.waitForRequest(`${popup.origin()}/extension/pages/options/index.html`);
  await follow('signin-rescue:settings').catch(() => undefined);
  expect((await options).isNavigationRequest()).toBe(true);
  expect(await page.$('.frame')).toBeNull();
});

test.each([
  'ext+signin-rescue:explain/call us at 0900',
  'signin-rescue:undo',
  'javascript:alert(1)',
  'signin-rescue:explain/AADSTS53003%2f',
])('what is no link of ours opens the window as it is: %s', async (link) => {
  await follow(link);
  await popup.show('failure');
  expect([await chosen(), await query(), await actions(page)]).toEqual(['fix', '', []]);
});

test('in a frame of somebody’s page nothing is shown, as the person could be made to press it unseen', async () => {
  const address = `${popup.origin()}/${pageOf({ command: 'check' })}`;
  await page.goto(`${popup.origin()}/extension/popup/index.html`);
  const framed = await page.evaluate(async (src) => {
    const frame = document.createElement('iframe');
    frame.src = src;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve));
    const inside = frame.contentDocument;
    return [inside?.documentElement.dataset.place, inside?.body.textContent?.trim()];
  }, address);
  expect(framed).toEqual(['frame', '']);
});
