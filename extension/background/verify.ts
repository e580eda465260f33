/**
 * Proof that sign-in works: signs in anew in a tab of its own, in the background, and watches where it ends. The
 * failed page stays as it is.
 */
import browser from 'webextension-polyfill';
import { clouds, isHomeHost } from '../../common/clouds.ts';
import type { Failure } from '../../common/plan.ts';
import type { Verification } from '../../common/run.ts';
import type { Signal } from '../signal.ts';
import { closeOwnTab, openOwnTab } from './own-tab.ts';
import { cloudFor } from './policy.ts';

const LIMIT_MS = 60_000;
/** A sign-in page may go on by itself (single sign-on); one that stays this long waits for the person. */
const SIGN_IN_PAGE_MS = 4_000;

interface Attempt {
  tabId: number;
  end: (verification: Verification) => void;
  waiting: ReturnType<typeof setTimeout> | undefined;
}

let attempt: Attempt | undefined;

/** Begins a sign-in to Microsoft 365 on the web, in the cloud of a host, and comes back to its home. */
function signInUrl(seenAt: string): string {
  const cloud = clouds[cloudFor(seenAt)];
  const [home = 'www.office.com'] = cloud.homes;
  // Only of the worldwide home is an address known that always signs in anew.
  return `https://${home}/${cloud === clouds.worldwide ? 'login?ru=%2F' : ''}`;
}

/**
 * Signs in, where the failure was seen, and tells how it went. A second call ends the first with `unknown`. Never
 * rejects.
 */
export async function verifySignIn(seenAt = ''): Promise<Verification> {
  attempt?.end({ outcome: 'unknown' });
  const tabId = await openOwnTab();
  if (tabId === undefined) return { outcome: 'unknown' };
  const result = new Promise<Verification>((resolve) => {
    attempt = { tabId, end: resolve, waiting: undefined };
  });
  const limit = setTimeout(() => endWith(tabId, { outcome: 'unknown' }), LIMIT_MS);
  await browser.tabs
    .update(tabId, { url: signInUrl(seenAt) })
    .catch(() => endWith(tabId, { outcome: 'unknown' }));
  const verification = await result;
  clearTimeout(limit);
  await closeOwnTab();
  return verification;
}

function endWith(tabId: number, verification: Verification): void {
  if (attempt?.tabId !== tabId) return;
  clearTimeout(attempt.waiting);
  const { end } = attempt;
  attempt = undefined;
  end(verification);
}

/** Takes what the watcher saw in the verifying tab. */
export function signalWhileVerifying(tabId: number, signal: Signal): void {
  if (attempt?.tabId !== tabId) return;
  clearTimeout(attempt.waiting);
  if (signal.kind === 'error') {
    endWith(tabId, signal.code ? { outcome: 'fails', code: signal.code } : { outcome: 'fails' });
  } else if (signal.page === 'KmsiInterrupt') {
    // "Stay signed in?" comes after a sign-in that worked.
    endWith(tabId, { outcome: 'works' });
  } else if (signal.kind !== 'other') {
    attempt.waiting = setTimeout(() => endWith(tabId, { outcome: 'needs-user' }), SIGN_IN_PAGE_MS);
  }
}

/** Takes where the verifying tab goes, and when it has come there. */
export function navigationWhileVerifying(tabId: number, url: string, status: string | undefined): void {
  if (attempt?.tabId !== tabId) return;
  // On its way again by itself: what looked like waiting for the person was not.
  if (status === 'loading') clearTimeout(attempt.waiting);
  if (status === 'complete' && isHome(url)) endWith(tabId, { outcome: 'works' });
}

/** The person closed the verifying tab. */
export function verifyingTabClosed(tabId: number): void {
  endWith(tabId, { outcome: 'unknown' });
}

/** The verifying tab could not even get there, or the app was answered with an error. */
export function failureWhileVerifying(tabId: number, { code }: Failure): void {
  endWith(tabId, { outcome: 'fails', code });
}

/** Microsoft 365's home, past its own sign-in address. */
export function isHome(url: string): boolean {
  const { hostname, pathname } = new URL(url);
  return isHomeHost(hostname) && !/^\/login\b/.test(pathname);
}
