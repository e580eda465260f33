/** The background: every listener, registered at once on start, so that no event is missed by one that comes later. */
import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import { isSignInHost } from '../../common/clouds.ts';
import { type Signal, SignalSchema, TypingSchema } from '../signal.ts';
import { forgetCheck } from './check.ts';
import { listenToContextMenu } from './context-menu.ts';
import { failureOfSignal } from './failure.ts';
import { listenToInstall } from './first-run.ts';
import { resume, shared, tell } from './following.ts';
import { forget, happen } from './incidents.ts';
import { followMuted } from './muted.ts';
import { failureInAddress, listen } from './navigation.ts';
import { listenToNetwork } from './network-watch.ts';
import { clearStale, listenToNotifications } from './notification.ts';
import { listenToOmnibox } from './omnibox.ts';
import { isOwnTab } from './own-tab.ts';
import { asWatched, followPolicy } from './policy.ts';
import { act } from './repairs.ts';
import { following, listenToTabs } from './tab-events.ts';
import { LOOP, type TabEvent } from './tab-state.ts';
import {
  failureWhileVerifying,
  isHome,
  navigationWhileVerifying,
  signalWhileVerifying,
  verifyingTabClosed,
} from './verify.ts';
import { accept } from './views.ts';
import { followWatchSetting } from './watch-setting.ts';

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  const tabId = sender.tab?.id;
  const ours = sender.frameId === 0 && sender.id === browser.runtime.id;
  const url = new URL(sender.url ?? 'about:blank');
  if (tabId === undefined || !ours || !isSignInHost(url.hostname)) return undefined;
  if (v.is(TypingSchema, message)) return happened(tabId, { type: 'typing' });
  const signal = v.safeParse(SignalSchema, message);
  return signal.success ? heard(tabId, url, signal.output) : undefined;
});

browser.runtime.onConnect.addListener((port) => {
  void accept(
    port,
    (action, tabId) => void act(action, tabId),
    shared,
    () => void forgetCheck(),
  );
});

listenToTabs((tabId, changes, tab) => {
  // Addresses of other sites are not shown to us: the person went on elsewhere.
  if (!tab.url) return changes.status === 'loading' ? void happened(tabId, { type: 'elsewhere' }) : undefined;
  navigationWhileVerifying(tabId, tab.url, changes.status);
  const failure = failureInAddress(tab.url);
  if (failure) void happened(tabId, { type: 'answer', failure });
  else if (changes.status === 'complete') void arrived(tabId, tab.url);
  return undefined;
}, closed);

listen((tabId, event) => void happened(tabId, event));
listenToNotifications();
listenToContextMenu();
listenToOmnibox();
listenToInstall();
listenToNetwork();
void followMuted().then(tell);
void followPolicy(tell);
void followWatchSetting(tell);
void resume();

function closed(tabId: number): void {
  verifyingTabClosed(tabId);
  void forget(tabId).then(() => clearStale(tabId));
}

async function arrived(tabId: number, url: string): Promise<void> {
  await happened(tabId, { type: 'arrived' });
  if (!isHome(url)) return;
  await happened(tabId, { type: 'home' });
  // Going round, it would be gone again by then.
  setTimeout(() => void happened(tabId, { type: 'quiet', time: Date.now() }), LOOP.quietMs);
}

async function heard(tabId: number, url: URL, signal: Signal): Promise<void> {
  if (await isOwnTab(tabId)) return signalWhileVerifying(tabId, signal);
  await happened(tabId, { type: 'page', failure: failureOfSignal(signal, url) ?? null });
}

function happened(tabId: number, seen: TabEvent): Promise<void> {
  return following(() => takeIn(tabId, seen));
}

async function takeIn(tabId: number, seen: TabEvent): Promise<void> {
  if (await isOwnTab(tabId)) {
    if ((seen.type === 'navigation' || seen.type === 'answer') && seen.failure) {
      failureWhileVerifying(tabId, seen.failure);
    }
    return;
  }
  if (!(await happen(tabId, await asWatched(seen)))) return;
  await clearStale(tabId);
  await tell();
}
