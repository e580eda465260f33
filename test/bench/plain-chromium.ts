/** A Chromium with nothing in it, started as small as it can be: with and without the extension. */
import puppeteer, { type Browser } from 'puppeteer-core';
import { CHROMIUM_EXTENSION_ID } from '../../common/identity.ts';
import { findBrowser } from '../harness/browser/find-browser.ts';
import { extensionFolder } from '../harness/build.ts';
import { waitFor } from '../harness/wait-for.ts';

export const extensionUrl = (path: string) => `chrome-extension://${CHROMIUM_EXTENSION_ID}/${path}`;

/** Starts one whose names lead where the rules say, and nowhere else. */
export function startChromium(rules: readonly string[], profile?: string): Promise<Browser> {
  return puppeteer.launch({
    executablePath: findBrowser('chromium'),
    acceptInsecureCerts: true,
    ...(profile !== undefined && { userDataDir: profile }),
    pipe: true,
    enableExtensions: true,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND'].join(', ')}, EXCLUDE 127.0.0.1`,
    ],
  });
}

/** The extension's worker, if it runs. */
export const workerOf = (browser: Browser) =>
  browser
    .targets()
    .find((each) => each.type() === 'service_worker' && each.url().startsWith(extensionUrl('')));

/** Installs the built extension, and puts its first page away. */
export async function installExtension(browser: Browser): Promise<void> {
  await browser.installExtension(extensionFolder('chromium'));
  const own = async () => (await browser.pages()).find((page) => page.url().startsWith(extensionUrl('')));
  const first = await waitFor(own, 'the page after the installation');
  await first.close();
}
