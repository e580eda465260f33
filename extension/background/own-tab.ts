/**
 * A tab in the background that the extension opens for itself, one at a time: to verify sign-in, or to sign out.
 * What happens there is no incident of the user's.
 */
import browser from 'webextension-polyfill';
import { recall, remember } from './memory.ts';

/** Whether a tab is one that this module opened. */
export async function isOwnTab(tabId: number): Promise<boolean> {
  return (await recall()).ownTab === tabId;
}

/**
 * Opens an empty tab in place of the one before; undefined where the browser refuses. It goes to an address only
 * later, so that nothing of it can be heard before it is known as ours.
 */
export async function openOwnTab(): Promise<number | undefined> {
  await closeOwnTab();
  const tab = await browser.tabs.create({ url: 'about:blank', active: false }).catch(() => undefined);
  if (tab?.id === undefined) return undefined;
  const { id } = tab;
  await remember((memory) => {
    memory.ownTab = id;
  });
  return id;
}

/** Closes it, also when a background that sleeps by now opened it. */
export async function closeOwnTab(): Promise<void> {
  const { ownTab } = await recall();
  if (ownTab === null) return;
  await browser.tabs.remove(ownTab).catch(() => undefined);
  await remember((memory) => {
    if (memory.ownTab === ownTab) memory.ownTab = null;
  });
}
