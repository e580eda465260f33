/** The extension's pages in tabs, built as the product is, with the browser's and the background's ends in hand. */
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { type Files, type Site, serve } from '../../gallery/site.ts';
import { type Glass, openPage } from '../../gallery/stage.ts';
import { root } from '../../harness/build.ts';
import { declared, installFakePages, type Setting } from './fake-pages.ts';

export const pageNames = ['welcome', 'options'] as const;
export type PageName = (typeof pageNames)[number];

/** Builds and serves both. */
export async function servePages(): Promise<Site> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: pageNames.map((name) => join(root, `extension/pages/${name}/index.html`)) },
    },
  });
  const files: Files = new Map();
  for (const output of Array.isArray(result) ? result : [result]) {
    if (!('output' in output)) continue;
    for (const file of output.output) {
      const content = file.type === 'chunk' ? file.code : file.source;
      files.set(`/${file.fileName}`, typeof content === 'string' ? content : Buffer.from(content).toString());
    }
  }
  return serve(files);
}

/** Opens one of them, as if it were in tab 12. */
export async function openOurPage(
  browser: Browser,
  { origin }: Site,
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
