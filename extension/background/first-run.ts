/** Once, after it was installed: the page that says what the extension may do, and why. */
import browser from 'webextension-polyfill';

export const WELCOME = 'extension/pages/welcome/index.html';

/** Registers it; call it once, at the start. */
export function listenToInstall(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void browser.tabs.create({ url: browser.runtime.getURL(WELCOME) });
  });
}
