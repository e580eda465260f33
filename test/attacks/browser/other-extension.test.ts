/** Another extension in the same real browser, with rights of its own: what it gets of ours. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_EXTENSION_ID, GECKO_EXTENSION_ID, HOST_NAME } from '../../../common/identity.ts';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { BANNER_TAG, bannerWith, readBanner } from '../../harness/browser/banner.ts';
import { manifestIn } from '../../harness/browser/native-port.ts';
import { installOther, type OtherExtension } from '../../harness/browser/other-extension.ts';
import { openOurWindow, windowAt } from '../../harness/browser/our-window.ts';
import { sharedScene } from '../../harness/browser/shared-scene.ts';
import { registerHost, simulatedHost } from '../../harness/host/host-registration.ts';
import { notingHost, starts } from '../../harness/host/noting-host.ts';

const idIn = { chromium: CHROMIUM_EXTENSION_ID, firefox: GECKO_EXTENSION_ID };

/** What comes from a port first: a message, or why it closed. */
const first = `return new Promise((resolve) => {
  port.onMessage.addListener((message) => resolve({ message }));
  port.onDisconnect.addListener((closed) => resolve('closed: ' + (closed.error ?? api.runtime.lastError)?.message));
  port.postMessage(given.message);
});`;

const deeds = {
  send: 'return api.runtime.sendMessage(given.id, given.message);',
  connect: `const port = api.runtime.connect(given.id, { name: given.name }); ${first}`,
  native: `const port = api.runtime.connectNative(given.name); ${first}`,
  // The right to a page is the right to look behind its closed roots, by a way that extensions have.
  press: `const [tab] = await api.tabs.query({ url: 'https://login.microsoftonline.com/*' });
    const func = (tag) => {
      const host = document.querySelector(tag);
      const root = globalThis.chrome?.dom?.openOrClosedShadowRoot?.(host) ?? host.openOrClosedShadowRoot;
      for (const button of root.querySelectorAll('button'))
        for (const kind of ['pointerdown', 'pointerup', 'click'])
          button.dispatchEvent(new PointerEvent(kind, { bubbles: true, composed: true, detail: 1 }));
      for (const button of root.querySelectorAll('button')) button.click();
      return root.textContent;
    };
    const [{ result }] = await api.scripting.executeScript({ target: { tabId: tab.id }, func, args: [given] });
    return result;`,
  enter: `const [{ result }] = await api.scripting.executeScript({ target: { tabId: given }, func: () => document.title });
    return result;`,
  debug: 'await api.debugger.attach({ tabId: given }, "1.3"); return "attached";',
  off: 'await api.management.setEnabled(given, false); return "off";',
};

const signal = {
  ...{ type: 'signal', page: 'ConvergedError', kind: 'error', code: 'AADSTS50173' },
  ...{ correlationId: null, requestId: null, time: null },
};

describe.each<BrowserFamily>(['chromium', 'firefox'])('another extension, in %s,', (family) => {
  const scene = sharedScene(family);
  const id = idIn[family];
  let other: OtherExtension;
  let notes: string;
  beforeAll(async () => {
    const { browser, pc } = scene();
    notes = join(browser.folder, 'starts');
    await registerHost(family, browser.folder, notingHost(notes, simulatedHost(pc.file)));
    const rights = ['nativeMessaging', 'tabs', 'scripting', 'https://login.microsoftonline.com/*'];
    const more = family === 'chromium' ? ['debugger', 'management'] : [];
    other = await installOther(browser, [...rights, ...more], deeds);
    return other.close;
  });

  it('is not heard by ours, whatever it sends', async () => {
    for (const message of [
      signal,
      { type: 'typing' },
      { do: 'plan' },
      { do: 'start', planId: 'x', chosen: [] },
    ])
      expect(await other.does('send', { id, message })).toMatch(/^error: .*Receiving end does not exist/);
    for (const name of ['popup', 'banner', 'page'])
      expect(await other.does('connect', { id, name, message: { do: 'plan' } })).toMatch(
        /^closed: .*Receiving end does not exist/,
      );
    const { browser, openOffice } = scene();
    const page = await openOffice();
    await bannerWith(browser, page, () => true, 'the banner');
    const window = await openOurWindow(browser);
    await windowAt(browser, 'failure');
    await window.close();
    await page.close();
  });

  it('is refused our host by the browser, and where a manifest lets it in, by the host', async () => {
    const { browser } = scene();
    const hello = { name: HOST_NAME, message: { jsonrpc: '2.0', id: 1, method: 'hello', params: {} } };
    expect(await other.does('native', hello)).toMatch(/^closed: .*(forbidden|No such native application)/);
    expect(starts(notes).filter((by) => by.includes(other.id))).toEqual([]);
    const file = manifestIn(family, browser.folder);
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    const list = family === 'chromium' ? 'allowed_origins' : 'allowed_extensions';
    const stranger = family === 'chromium' ? `chrome-extension://${other.id}/` : other.id;
    writeFileSync(file, JSON.stringify({ ...manifest, [list]: [...manifest[list], stranger] }));
    expect(await other.does('native', hello)).toMatch(/^closed: /);
    expect(starts(notes).filter((by) => by.includes(other.id))).toHaveLength(1);
  });

  it('that has the sign-in pages reads our banner and presses nothing in it', async () => {
    const { browser, openOffice, pc } = scene();
    const page = await openOffice();
    await bannerWith(browser, page, ({ buttons }) => buttons.has('open'), 'the banner');
    const before = pc.read();
    expect(await other.does('press', BANNER_TAG)).toContain('can be repaired on this PC');
    expect((await readBanner(browser, page))?.buttons.has('dismiss')).toBe(true);
    const window = await openOurWindow(browser);
    // A press that was heard would have asked for the plan.
    await windowAt(browser, 'failure');
    expect(pc.read()).toEqual(before);
    await window.close();
    await page.close();
  });

  it('gets into our window neither by a script nor by a debugger', async () => {
    const { browser, openOffice } = scene();
    const page = await openOffice();
    await bannerWith(browser, page, () => true, 'the banner');
    const window = await openOurWindow(browser);
    const tab = await window.evaluate(async () => (await chrome.tabs.getCurrent())?.id);
    expect(await other.does('enter', tab)).toMatch(/^error: .*(Cannot access|Missing host permission)/);
    // Firefox has no such right to give.
    const refused = family === 'chromium' ? /Cannot access a chrome-extension:/ : /undefined/;
    expect(await other.does('debug', tab)).toMatch(refused);
    await window.close();
    await page.close();
  });

  // Firefox has no such right to give.
  if (family === 'chromium')
    it('with the right to manage extensions can switch ours off', async () => {
      const { browser, openOffice } = scene();
      expect(await other.does('off', id)).toBe('off');
      const page = await openOffice();
      expect(await page.$eval('body', ({ textContent }) => textContent)).toContain('AADSTS50173');
      expect(
        browser.browser.targets().filter((each) => each.url().startsWith(browser.extensionUrl(''))),
      ).toEqual([]);
      expect(await readBanner(browser, page)).toBeUndefined();
    });
});
