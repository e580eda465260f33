/** Incidents: what failed in which tab. From a watcher's signal to badge and banner, and away again. */
import browser from 'webextension-polyfill';
import type { Failure } from '../../common/contract.ts';
import { describeFailure } from '../../common/failures/index.ts';
import type { Signal } from '../signal.ts';
import { BANNER_SCRIPT } from './banner-script.ts';
import { recall, remember } from './memory.ts';

const BADGE_COLOUR = '#b42318';

/** A page that says it failed but gives no code is named by its page id, which no catalogue entry claims. */
function failureOf(signal: Signal, host: string): Failure | undefined {
  if (signal.kind !== 'error') return undefined;
  const code = signal.code ?? signal.page;
  if (!code) return undefined;
  const { code: canonical, category } = describeFailure(code);
  if (category === 'none') return undefined;
  return {
    code: canonical,
    category,
    seenAt: host,
    ...(signal.correlationId ? { correlationId: signal.correlationId } : {}),
    ...(signal.requestId ? { requestId: signal.requestId } : {}),
    time: new Date().toISOString(),
  };
}

/** Takes a page's signal: a failure becomes the tab's incident, anything else ends the one that was. */
export async function takeSignal(tabId: number, host: string, signal: Signal): Promise<void> {
  const failure = failureOf(signal, host);
  if (!failure) return endIncident(tabId);
  await remember((memory) => {
    memory.incidents[tabId] = failure;
    if (memory.plan?.failure.code !== failure.code) memory.plan = null;
  });
  await Promise.all([showBadge(tabId), showBanner(tabId)]);
}

/** The tab went on to a page without trouble, or was closed. */
export async function endIncident(tabId: number): Promise<void> {
  if (!(tabId in (await recall()).incidents)) return;
  await remember((memory) => {
    delete memory.incidents[tabId];
  });
  await browser.action.setBadgeText({ tabId, text: '' }).catch(() => undefined);
}

async function showBadge(tabId: number): Promise<void> {
  // A tab may be gone by now; then there is nothing to show it on.
  await browser.action.setBadgeBackgroundColor({ tabId, color: BADGE_COLOUR }).catch(() => undefined);
  await browser.action.setBadgeText({ tabId, text: '!' }).catch(() => undefined);
}

async function showBanner(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [BANNER_SCRIPT] }).catch(() => undefined);
}
