/** "Explain this error", on text that the person selected on any page. The text comes with the press: no page is read. */
import browser from 'webextension-polyfill';
import { say } from '../text.ts';
import { explain } from './explain.ts';
import { openWindow, openWindowAnywhere } from './open-window.ts';

const ID = 'explain';

/** Registers entry and press; call it once, at the start. */
export function listenToContextMenu(): void {
  // Browsers keep the entry while the background sleeps; a start of theirs may bring another language.
  browser.runtime.onInstalled.addListener(() => void add());
  browser.runtime.onStartup.addListener(() => void add());
  browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText = '' }, tab) => {
    if (menuItemId !== ID) return;
    // Not one after the other: Firefox opens its popup only within the press.
    void (tab?.id === undefined ? openWindowAnywhere() : openWindow(tab.id));
    void explain(selectionText.trim());
  });
}

async function add(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: ID, title: say('menu_explain'), contexts: ['selection'] }, () => {
    // An update at the browser's start is told twice at once: then it is there already.
    void browser.runtime.lastError;
  });
}
