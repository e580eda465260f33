/**
 * Ends Microsoft's sign-in in this browser and no other: signs out by Microsoft's own pages, then removes the cookies
 * and site data of the sign-in hosts and homes, of the cloud where sign-in failed.
 */
import browser, { type BrowsingData, type Cookies, type Permissions } from 'webextension-polyfill';
import { type Cloud, clouds } from '../../common/clouds.ts';
import { isFirefox } from '../firefox.ts';
import { closeOwnTab, openOwnTab } from './own-tab.ts';
import { cloudFor } from './policy.ts';
import { expired, isOfSignIn } from './session-cookies.ts';

/** The person may have allowed it, and taken it back. */
const needed: Permissions.AnyPermissions = { permissions: ['cookies', 'browsingData'] };
const PAGE_MS = 8_000;

interface Cleared {
  outcome: 'cleared' | 'refused';
  /** How many cookies were there and are gone. */
  cookies: number;
}

/** Clears the session of the cloud that a host belongs to; without the permission nothing is touched. */
export async function clearSession(seenAt = ''): Promise<Cleared> {
  if (!(await browser.permissions.contains(needed))) return { outcome: 'refused', cookies: 0 };
  const cloud = clouds[cloudFor(seenAt)];
  const before = await cookiesOf(cloud);
  await signOut(cloud);
  // One that cannot be set is one that is left, and not counted.
  const removals = (await cookiesOf(cloud)).map((cookie) => browser.cookies.set(expired(cookie)));
  await Promise.allSettled(removals);
  await removeSiteData(cloud);
  const left = await cookiesOf(cloud);
  return { outcome: 'cleared', cookies: Math.max(0, before.length - left.length) };
}

/**
 * The session's cookies in every partition, in the usual store. Chromium shows only the secure ones to who may see
 * hosts by https alone; Firefox lets none be set that is both partitioned and isolated by first party.
 */
async function cookiesOf(cloud: Cloud): Promise<Cookies.Cookie[]> {
  const everywhere = { partitionKey: {}, ...(isFirefox() ? { firstPartyDomain: null } : {}) };
  const all = [...cloud.signIn, ...cloud.homes, ...cloud.signInDomains].map((domain) =>
    browser.cookies.getAll({ domain, ...everywhere }),
  );
  const found = (await Promise.all(all)).flat().filter(({ domain }) => isOfSignIn(domain, cloud));
  // A domain's answer has those of the hosts below, too.
  const byPlace = found.map((each) => [JSON.stringify({ ...each, value: '' }), each] as const);
  return [...new Map(byPlace).values()];
}

/** Never by its type `cookies`, which in Chromium takes those of the whole registrable domain. */
async function removeSiteData({ signIn, homes }: Cloud): Promise<void> {
  const hosts = [...signIn, ...homes];
  if (isFirefox()) {
    // Its service workers are not told apart from those of hosts below: left alone.
    return browser.browsingData.remove({ hostnames: hosts }, { localStorage: true, indexedDB: true });
  }
  // Chromium's own, which the types of both browsers' API do not know.
  const options: BrowsingData.RemovalOptions & { origins: string[] } = {
    origins: hosts.map((host) => `https://${host}`),
  };
  const types = { localStorage: true, indexedDB: true, cacheStorage: true, serviceWorkers: true };
  return browser.browsingData.remove(options, types);
}

/** By Microsoft's own pages, one after the other, in a tab of our own. One that does not come is no reason to stop. */
async function signOut({ signOut }: Cloud): Promise<void> {
  const tabId = await openOwnTab();
  if (tabId === undefined) return;
  for (const url of signOut) await visit(tabId, url);
  await closeOwnTab();
}

/** Goes to a page and waits until it is there, has failed, or takes too long. */
async function visit(tabId: number, url: string): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const { onHeadersReceived, onErrorOccurred } = browser.webRequest;
  let answered = false;
  // What is complete before that is the page before.
  const onAnswer = () => {
    answered = true;
    return undefined;
  };
  const onUpdated = (id: number, { status }: { status?: string }) => {
    if (id === tabId && answered && status === 'complete') end();
  };
  const onRemoved = (id: number) => {
    if (id === tabId) end();
  };
  const requests = { urls: [url], types: ['main_frame' as const], tabId };
  onHeadersReceived.addListener(onAnswer, requests);
  onErrorOccurred.addListener(end, requests);
  browser.tabs.onUpdated.addListener(onUpdated);
  browser.tabs.onRemoved.addListener(onRemoved);
  const limit = setTimeout(end, PAGE_MS);
  await browser.tabs.update(tabId, { url }).catch(end);
  await over;
  clearTimeout(limit);
  onHeadersReceived.removeListener(onAnswer);
  onErrorOccurred.removeListener(end);
  browser.tabs.onUpdated.removeListener(onUpdated);
  browser.tabs.onRemoved.removeListener(onRemoved);
}
