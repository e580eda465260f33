/** Incidents: applies what happens in a tab to its state, and shows it: badge, banner, notification. */
import browser from 'webextension-polyfill';
import type { Failure } from '../../common/plan.ts';
import type { Run } from '../../common/run.ts';
import { BANNER_SCRIPT } from './banner-script.ts';
import { recall, remember } from './memory.ts';
import { isMuted } from './muted.ts';
import { notify } from './notification.ts';
import { keepForHistory } from './seen-failures.ts';
import { advance, badgeOf, initial, phaseOf, type TabEvent, type TabState } from './tab-state.ts';

const BADGE_COLOUR = '#b42318';

let last: Promise<unknown> = Promise.resolve();

/** Takes an event of a tab in, one after the other. Gives whether anything that is shown changed. */
export function happen(tabId: number, event: TabEvent): Promise<boolean> {
  const result = last.then(() => take(tabId, event));
  last = result.catch(() => undefined);
  return result;
}

async function take(tabId: number, event: TabEvent): Promise<boolean> {
  const before = (await recall()).tabs[tabId] ?? initial;
  const after = advance(before, event);
  // Browsers take a tab's badge away when it goes to another page.
  if (event.type === 'arrived') void setBadge(tabId, badgeOf(after));
  if (after === before) return false;
  await remember((memory) => {
    if (after === initial) delete memory.tabs[tabId];
    else memory.tabs[tabId] = after;
    if (after.failure && memory.plan?.failure.code !== after.failure.code) memory.plan = null;
  });
  const news = after.failure !== before.failure;
  if (news || after.phase !== before.phase) void setBadge(tabId, badgeOf(after));
  if (news) void speak(tabId, after);
  if (after.failure && after.failure.code !== before.failure?.code) void keepForHistory(tabId, after.failure);
  return news || after.phase !== before.phase;
}

/** A run concerns every tab that failed with its code. */
export async function happenToRun({ status, failure }: Run): Promise<void> {
  const { tabs } = await recall();
  for (const [tabId, state] of Object.entries(tabs)) {
    if (state.failure?.code === failure.code)
      await happen(Number(tabId), { type: 'run', phase: phaseOf(status) });
  }
}

/** The failure that a tab's incident is about, if it has one. */
export async function failureIn(tabId: number): Promise<Failure | undefined> {
  return (await recall()).tabs[tabId]?.failure ?? undefined;
}

/** The tab was closed, or the person goes on elsewhere. */
export async function forget(tabId: number): Promise<void> {
  if (!(tabId in (await recall()).tabs)) return;
  await remember((memory) => {
    delete memory.tabs[tabId];
  });
  await setBadge(tabId, '');
}

async function speak(tabId: number, { failure, source }: TabState): Promise<void> {
  if (!failure || (await isMuted(failure.code))) return;
  if (source === 'page') await showBanner(tabId);
  else await notify(tabId, failure);
}

async function setBadge(tabId: number, text: string): Promise<void> {
  // A tab may be gone by now; then there is nothing to show it on.
  if (text)
    await browser.action.setBadgeBackgroundColor({ tabId, color: BADGE_COLOUR }).catch(() => undefined);
  await browser.action.setBadgeText({ tabId, text }).catch(() => undefined);
}

async function showBanner(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [BANNER_SCRIPT] }).catch(() => undefined);
}
