/** The background: every listener, registered at once on start, so that no event is missed by one that comes later. */
import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import { SignalSchema } from '../signal.ts';
import { endIncident, takeSignal } from './incidents.ts';
import { act, resume, shared, tell } from './repairs.ts';
import {
  isHome,
  isVerifying,
  navigationWhileVerifying,
  signalWhileVerifying,
  verifyingTabClosed,
} from './verify.ts';
import { accept } from './views.ts';

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  const signal = v.safeParse(SignalSchema, message);
  const tabId = sender.tab?.id;
  const topFrame = sender.frameId === 0 && sender.id === browser.runtime.id;
  if (!signal.success || tabId === undefined || !topFrame || !sender.url) return undefined;
  return heard(tabId, new URL(sender.url).hostname, signal.output);
});

async function heard(tabId: number, host: string, signal: v.InferOutput<typeof SignalSchema>): Promise<void> {
  if (await isVerifying(tabId)) return signalWhileVerifying(tabId, signal);
  await takeSignal(tabId, host, signal);
  await tell();
}

browser.runtime.onConnect.addListener((port) => {
  void accept(port, (action, tabId) => void act(action, tabId), shared);
});

browser.tabs.onUpdated.addListener((tabId, changes, tab) => {
  const { url } = tab;
  if (!url) return;
  navigationWhileVerifying(tabId, url, changes.status);
  // Home at last: whatever failed before in this tab is over.
  if (changes.status === 'complete' && isHome(url)) void endIncident(tabId).then(tell);
});

browser.tabs.onRemoved.addListener((tabId) => {
  verifyingTabClosed(tabId);
  void endIncident(tabId);
});

void resume();
