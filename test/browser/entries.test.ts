import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM_EXTENSION_ID, GECKO_EXTENSION_ID } from '../../common/identity.ts';
import type { BrowserFamily } from '../../native-host/registration/browsers.ts';
import { chromeContext, runBidi, sendBidi } from '../harness/browser/bidi.ts';
import { startBrowser, type TestBrowser, type TestBrowserOptions } from '../harness/browser/browsers.ts';
import { OPTIONS, openPages, ownPage, WELCOME } from '../harness/browser/own-page.ts';
import { registerHost, simulatedHost } from '../harness/host/host-registration.ts';
import { waitFor } from '../harness/wait-for.ts';
import { makePc, type StoryPc } from '../story/story-pc.ts';

interface Started {
  browser: TestBrowser;
  pc: StoryPc;
}

/** A browser with the extension just installed; no sign-in is needed here. */
async function installed(
  family: BrowserFamily,
  options: Pick<TestBrowserOptions, 'firstRun'> & { host: boolean },
  test: (started: Started) => Promise<void>,
): Promise<void> {
  const pc = await makePc();
  const host = options.host ? simulatedHost(pc.file) : undefined;
  const browser = await startBrowser(family, { ...options, standIn: 9, host });
  try {
    await test({ browser, pc });
  } finally {
    await browser.close();
    await pc.remove();
  }
}

/** A page of ours in a new tab. */
async function visit(browser: TestBrowser, path: string): Promise<Page> {
  const page = await browser.browser.newPage();
  const url = browser.extensionUrl(path);
  if (browser.family === 'chromium') await page.goto(url);
  else {
    const { _id: context } = page.mainFrame() as unknown as { _id: string };
    await sendBidi(browser.browser, 'browsingContext.navigate', { context, url, wait: 'complete' });
  }
  return page;
}

const helper = (page: Page) =>
  page.$eval('.helper', (each) => (each as HTMLElement).dataset.helper).catch(() => undefined);
const text = (page: Page) => page.$eval('body', ({ textContent }) => textContent ?? '');
const at = async (page: Page, state: string) =>
  waitFor(async () => (await helper(page)) === state, `the helper ${state}`);

describe.each(['chromium', 'firefox'] as const)('in %s', (family) => {
  it('the first-run page opens once, and finds the helper', async () => {
    await installed(family, { host: true, firstRun: true }, async ({ browser }) => {
      const page = await ownPage(browser, WELCOME);
      await at(page, 'found');
      expect(await text(page)).toContain('Simulated PC');
      expect(await openPages(browser, browser.extensionUrl(WELCOME))).toHaveLength(1);
    });
  });

  it('a helper that is installed later is found by itself', async () => {
    await installed(family, { host: false, firstRun: true }, async ({ browser, pc }) => {
      const page = await ownPage(browser, WELCOME);
      await at(page, 'missing');
      await registerHost(family, browser.folder, simulatedHost(pc.file));
      await at(page, 'found');
      expect(await text(page)).toContain('Simulated PC');
    });
  });

  it('the settings switch the watch off, and that is kept', async () => {
    await installed(family, { host: true }, async ({ browser }) => {
      const page = await visit(browser, OPTIONS);
      await (await page.waitForSelector('[data-do=watch]:checked:enabled'))?.click();
      await page.waitForSelector('[data-do=watch]:not(:checked):enabled');
      const again = await visit(browser, OPTIONS);
      await waitFor(async () => /Helper0\.1\.0/.test(await text(again)), 'the version of the helper');
      expect(await again.$eval('[data-do=watch]', (box) => (box as HTMLInputElement).checked)).toBe(false);
    });
  });
});

it('in Chromium the manifest is read without a complaint, and the menu has its entry', async () => {
  await installed('chromium', { host: false }, async ({ browser }) => {
    const page = await browser.browser.newPage();
    await page.goto('chrome://extensions');
    // Only then are complaints kept.
    await page.evaluate(`chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
      .then(() => chrome.developerPrivate.reload('${CHROMIUM_EXTENSION_ID}'))`);
    const info = await waitFor(
      () =>
        page.evaluate(`chrome.developerPrivate.getExtensionInfo('${CHROMIUM_EXTENSION_ID}')
        .then((info) => info.state === 'ENABLED' && info.views.length > 0 && info)`),
      'the extension read anew',
    );
    const none = { manifestErrors: [], runtimeErrors: [], runtimeWarnings: [] };
    expect(info).toMatchObject(none);
    // It can be changed only where it is.
    const options = await visit(browser, OPTIONS);
    const told = options.evaluate(async () => {
      await chrome.contextMenus.update('explain', { visible: true });
      const [command] = await chrome.commands.getAll();
      return command?.shortcut;
    });
    expect(await told).toBe('Ctrl+Shift+Y');
  });
});

it('in Firefox the manifest is read without a complaint, and permissions are given and taken back', async () => {
  await installed('firefox', { host: false }, async ({ browser }) => {
    const context = await chromeContext(browser.browser);
    const expression = `JSON.stringify(ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
      .ExtensionParent.GlobalManager.getExtension('${GECKO_EXTENSION_ID}').warnings)`;
    expect((await runBidi(browser.browser, context, { expression })).value).toBe('[]');
    const page = await visit(browser, OPTIONS);
    await (await page.waitForSelector('[data-do=give]'))?.click();
    await (await page.waitForSelector('[data-do=take-back]'))?.click();
    await page.waitForSelector('[data-do=give]');
    await page.click('[data-do=shortcut]');
    await waitFor(async () => {
      const { value } = await runBidi(browser.browser, context, { expression: 'gBrowser.currentURI.spec' });
      return value === 'about:addons';
    }, "Firefox's page of shortcuts");
  });
});

it('in Firefox selected text on any page is explained by the menu, in our window', async () => {
  await installed('firefox', { host: false }, async ({ browser }) => {
    const page = await browser.browser.newPage();
    await page.goto('data:text/html,<p>AADSTS50173: the grant has expired</p>');
    await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
    await page.click('p', { button: 'right' });
    const context = await chromeContext(browser.browser);
    const run = async (expression: string) => (await runBidi(browser.browser, context, { expression })).value;
    const entry = `document.querySelector('#contentAreaContextMenu [label="Explain this error"]')`;
    await waitFor(
      async () => await run(`!!${entry}?.getBoundingClientRect().height`),
      'the entry of the menu',
    );
    await run(`document.getElementById('contentAreaContextMenu').activateItem(${entry})`);
    const url = browser.extensionUrl('extension/popup/index.html');
    const popup = `document.querySelector('.webextension-popup-browser')?.currentURI?.spec ?? ''`;
    await waitFor(async () => String(await run(popup)).startsWith(url), "Firefox's popup");
    const ours = await visit(browser, OPTIONS);
    const explained = await ours.evaluate(async () => {
      const { storage } = (globalThis as unknown as { browser: typeof chrome }).browser;
      return Object((await storage.session.get('memory')).memory).explained;
    });
    expect(explained).toEqual({ text: 'AADSTS50173: the grant has expired', codes: ['AADSTS50173'] });
  });
});
