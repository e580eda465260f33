/** The extension's pages in tabs, built as the product is, with the browser's and the background's ends in hand. */
import type { Browser, Page } from 'puppeteer-core';
import type { UiState } from '../../../extension/ui-state.ts';
import { buildPages } from '../../gallery/site.ts';
import { type Glass, openPage } from '../../gallery/stage.ts';
import { declared, installFakePages, type Setting } from './fake-pages.ts';

export const pageNames = ['welcome', 'options'] as const;
export type PageName = (typeof pageNames)[number];

const ready = { state: 'ready', version: '0.1.0' } as const;

/** What both can show, by name: the page, the browser's side, and the background's. */
export const pageStates: Record<string, [PageName, Setting, Partial<UiState>]> = {
  'welcome, helper found': ['welcome', {}, { host: ready }],
  'welcome, helper missing': ['welcome', { shortcut: '' }, { host: { state: 'missing' } }],
  'welcome, looking': ['welcome', {}, { simulated: true }],
  options: ['options', {}, { host: ready, watch: 'on' }],
  'options, muted': ['options', {}, { host: ready, watch: 'on', muted: ['AADSTS53003', '0x8004de40'] }],
  'options, managed': [
    'options',
    {
      managed: { helpDesk: 'help@contoso.example', watch: false, catalogue: [{ code: 'AADSTS50105' }] },
      allowed: { sites: false, session: true },
    },
    { host: { state: 'old-host', version: '0.0.1' }, watch: 'forbidden' },
  ],
};

export const buildOurPages = () =>
  buildPages(...pageNames.map((name) => `extension/pages/${name}/index.html`));

/** Opens one of them, as if it were in tab 12. */
export async function openOurPage(
  browser: Browser,
  origin: string,
  name: PageName,
  setting: Setting = {},
  glass: Partial<Glass> = {},
): Promise<Page> {
  const page = await openPage(browser, { width: 1000, height: 900, ...glass });
  await page.evaluateOnNewDocument(installFakePages, { declared, setting });
  await page.goto(`${origin}/extension/pages/${name}/index.html`);
  await page.waitForSelector('main h1');
  return page;
}
