/**
 * After a change of network a quick, quiet look at the connection, and a warning where something stands in the way:
 * before the person runs into it. Nothing runs meanwhile; the browser's own events wake it.
 */
import browser, { type Idle } from 'webextension-polyfill';
import { clouds } from '../../common/clouds.ts';
import { findingWords } from '../../common/findings.ts';
import { messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { CheckState } from '../ui-state.ts';
import { checkQuietly, keep } from './check.ts';
import { tell } from './following.ts';
import { isOpen, recall, remember } from './memory.ts';
import { openWindowAnywhere } from './open-window.ts';
import { cloudFor } from './policy.ts';
import { windowIsOpen } from './views.ts';
import { keepWatchSetting, watching } from './watch-setting.ts';

/** A new network takes a moment until names, proxy and VPN are there; changes come in crowds. */
const SETTLE_MS = 4_000;
/** Between two looks. */
const REST_MS = 2 * 60_000;
/** The same trouble is not told again so soon. */
const QUIET_MS = 60 * 60_000;

export const WARNING = 'connection-warning';

/** What browsers tell of a request that a change of network cut off. */
const networkChanged = new Set([
  'net::ERR_NETWORK_CHANGED',
  'net::ERR_NETWORK_IO_SUSPENDED',
  'NS_ERROR_NET_INTERRUPT',
  'NS_ERROR_NETWORK_LINK_TYPE_CHANGED',
]);

let settling: ReturnType<typeof setTimeout> | undefined;

/** Registers the listeners; call it once, at the start. */
export function listenToNetwork(): void {
  addEventListener('online', changed);
  browser.idle.onStateChanged.addListener((state) => void turned(state));
  const urls = Object.values(clouds).flatMap(({ signIn, homes }) => [...signIn, ...homes]);
  browser.webRequest.onErrorOccurred.addListener(
    ({ error }) => {
      if (networkChanged.has(error)) changed();
    },
    { urls: urls.map((host) => `https://${host}/*`) },
  );
  browser.notifications.onClicked.addListener((id) => {
    if (id === WARNING) void openWindowAnywhere();
  });
}

/** A PC that was locked, as before most sleeps, may be in another place when it is unlocked. */
async function turned(state: Idle.IdleState): Promise<void> {
  const { locked } = await recall();
  if (state === 'idle' || locked === (state === 'locked')) return;
  await remember((memory) => {
    memory.locked = state === 'locked';
  });
  if (state === 'active') changed();
}

function changed(): void {
  if (watching() !== 'on') return;
  clearTimeout(settling);
  settling = setTimeout(() => void lookAndWarn(), SETTLE_MS);
}

/** Looks unless it has just been looked, somebody is offline on purpose, or a repair goes on. */
export async function lookAndWarn(): Promise<void> {
  const { lookedAt, run } = await recall();
  if (watching() !== 'on' || !navigator.onLine || isOpen(run)) return;
  if (Math.abs(Date.now() - lookedAt) < REST_MS) return;
  await remember((memory) => {
    memory.lookedAt = Date.now();
  });
  const state = await checkQuietly(cloudFor(undefined));
  if (state && watching() === 'on') await warn(state);
}

/** Tells the most probable cause; a trouble whose cause is not known is told by its first fault. */
async function warn(state: CheckState): Promise<void> {
  const { findings, diagnosis } = state;
  const fault =
    findings.find(({ id }) => id === diagnosis?.cause) ?? findings.find(({ level }) => level === 'fault');
  const { warned } = await recall();
  if (!fault) {
    await browser.notifications.clear(WARNING).catch(() => undefined);
    return;
  }
  // Whoever has our window open is not taken away from what is there.
  if (!windowIsOpen()) await keep(state);
  if (warned?.id === fault.id && Math.abs(Date.now() - warned.time) < QUIET_MS) return;
  await remember((memory) => {
    memory.warned = { id: fault.id, time: Date.now() };
  });
  await browser.notifications
    .create(WARNING, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('icons/128.png'),
      title: say('ui_warning'),
      message: findingWords(fault, say),
      contextMessage: say(messageKey('who', diagnosis?.who ?? 'unknown')),
    })
    .catch(() => undefined);
}

/** The person's choice. */
export async function setWatching(on: boolean): Promise<void> {
  await keepWatchSetting(on);
  await tell();
}
