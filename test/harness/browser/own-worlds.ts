/** Whether the extension runs scripts in a page, in Chromium. */
import type { Page } from 'puppeteer-core';
import type { TestBrowser } from './browsers.ts';

/** How many worlds the extension has in a page: none unless one of its scripts was started there. */
export async function ownWorlds(
  { extensionUrl }: Pick<TestBrowser, 'extensionUrl'>,
  page: Page,
): Promise<number> {
  const session = await page.createCDPSession();
  const origins: string[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => origins.push(context.origin));
  // It tells of all that are there before it answers.
  await session.send('Runtime.enable');
  await session.detach();
  return origins.filter((origin) => origin !== '' && extensionUrl('').startsWith(origin)).length;
}
