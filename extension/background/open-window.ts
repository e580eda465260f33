/** Opens the extension's own window for a tab: the toolbar's popup where the browser lets us, else a small window. */
import browser from 'webextension-polyfill';

const PAGE = 'extension/popup/index.html';
const SIZE = { width: 460, height: 680 };

/** Where no tab asked for it: for the one that is looked at. */
export async function openWindowAnywhere(): Promise<void> {
  const [active] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  await openWindow(active?.id ?? browser.tabs.TAB_ID_NONE);
}

/** Consent is given there, never in the page. */
export async function openWindow(tabId: number): Promise<void> {
  try {
    await browser.action.openPopup();
  } catch {
    // No user gesture reached us (Firefox), or the browser is too old.
    const url = browser.runtime.getURL(`${PAGE}?tab=${tabId}`);
    await browser.windows.create({ type: 'popup', url, ...SIZE });
  }
}
