/** Opens the extension's own window for a tab: the toolbar's popup where the browser lets us, else a small window. */
import browser from 'webextension-polyfill';
import type { WindowCommand } from '../../common/commands.ts';
import { windowAddress } from '../command.ts';

const SIZE = { width: 460, height: 680 };

/** Where no tab asked for it: for the one that is looked at. */
export async function openWindowAnywhere(command?: WindowCommand): Promise<void> {
  const [active] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  await openWindow(active?.id ?? browser.tabs.TAB_ID_NONE, command);
}

/** Consent is given there, never in the page. The toolbar's popup takes no command: with one, it is a window. */
export async function openWindow(tabId: number, command?: WindowCommand): Promise<void> {
  // Asked at once: Firefox opens its popup only within a press.
  if (!command && (await openPopup())) return;
  const url = browser.runtime.getURL(windowAddress(tabId, command));
  await browser.windows.create({ type: 'popup', url, ...SIZE });
}

/** For a tab that may not be the one that is looked at: it comes to the front first, so that the popup is its own. */
export async function openWindowOf(tabId: number): Promise<void> {
  try {
    const { windowId } = await browser.tabs.update(tabId, { active: true });
    if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
  } catch {
    // It was closed, and what failed in it is gone with it.
    return openWindowAnywhere();
  }
  await openWindow(tabId);
}

async function openPopup(): Promise<boolean> {
  try {
    await browser.action.openPopup();
    return true;
  } catch {
    // No user gesture reached us (Firefox), or the browser is too old.
    return false;
  }
}
