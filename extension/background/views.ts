/** Popups and banners that look on: pushes each the state as its own tab has it, takes its actions in. */
import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import type { Failure } from '../../common/plan.ts';
import type { Run } from '../../common/run.ts';
import {
  BANNER_PORT,
  bannerActions,
  PAGE_PORT,
  POPUP_PORT,
  type UiAction,
  UiActionSchema,
  type UiState,
} from '../ui-state.ts';
import { meaningsIn } from './meanings.ts';
import { isOpen, type Memory, recall } from './memory.ts';
import { backupDays, helpDesk, rules } from './policy.ts';

interface View {
  port: Runtime.Port;
  tabId: number | undefined;
}

/** What is the same for every tab, and is known only as long as the background is awake. */
export type Shared = Pick<UiState, 'host' | 'busy' | 'problem' | 'history' | 'muted' | 'watch'> &
  Partial<Pick<UiState, 'check'>>;

const views = new Set<View>();

const names: ReadonlySet<string> = new Set([POPUP_PORT, BANNER_PORT, PAGE_PORT]);

/** For whom the host is kept: a page that stays open in some tab does without. */
export function someoneLooksOn(): boolean {
  return [...views].some(({ port }) => port.name !== PAGE_PORT);
}

/**
 * The run that a tab with this failure is about: an ended one counts until something fails anew. Times alone do not
 * tell: a repair may have set the clock back.
 */
export function runFor(failure: Failure | null, { run }: Memory): Run | null {
  if (!run || isOpen(run) || !failure) return run;
  const about = failure.time === run.failure.time || failure.time <= (run.endedAt ?? run.startedAt);
  return about ? run : null;
}

/** A plan belongs to the tabs that failed so; what was seen in none, a repair chosen by hand, is for all. */
function planFor(failure: Failure | null, { plan }: Memory) {
  return plan?.failure.seenAt === undefined || plan.failure.code === failure?.code ? (plan ?? null) : null;
}

/** The state for one tab. */
function stateFor(tabId: number | undefined, memory: Memory, shared: Shared): UiState {
  const failure = (tabId === undefined ? undefined : memory.tabs[tabId]?.failure) ?? null;
  const state = {
    failure,
    simulated: memory.simulated,
    check: memory.check,
    explained: memory.explained,
    ...helpDesk(),
    rules: rules(),
    backupDays: backupDays(),
    ...shared,
    plan: planFor(failure, memory),
    run: runFor(failure, memory),
  };
  return { ...state, meanings: meaningsIn(state) };
}

/** A banner stands in somebody else's page: what it does not show is not sent there. */
function forPage(state: UiState): UiState {
  return {
    ...state,
    ...{ check: null, explained: null, history: null, plan: null },
    ...{ helpDesk: null, helpDeskText: null, rules: [], muted: [] },
  };
}

/**
 * Accepts a port of our own popup or banner; anything else is not ours to answer. `left` is called when the last
 * window of ours is gone.
 */
export async function accept(
  port: Runtime.Port,
  act: (action: UiAction, tabId: number | undefined) => void,
  shared: () => Shared,
  left: () => void,
): Promise<void> {
  const view: View = { port, tabId: port.sender?.tab?.id };
  if (!isOurs(port)) return port.disconnect();
  views.add(view);
  port.onDisconnect.addListener(() => {
    views.delete(view);
    if (isPopup(view) && !windowIsOpen()) left();
  });
  port.onMessage.addListener((message) => {
    const action = v.safeParse(UiActionSchema, message);
    // From a page's banner only what cannot change the PC without consent in our own window.
    const allowed = action.success && (port.name !== BANNER_PORT || bannerMay(action.output));
    if (allowed) act(action.output, view.tabId);
  });
  if (port.name === POPUP_PORT) view.tabId = await tabOfPopup(port);
  await push(view, shared());
}

/** Our content script in a page may open a banner's port, and no other: such a page may have been taken over. */
function isOurs({ name, sender }: Runtime.Port): boolean {
  if (sender?.id !== browser.runtime.id || !names.has(name)) return false;
  return name === BANNER_PORT || (sender.url ?? '').startsWith(browser.runtime.getURL(''));
}

/** Whether somebody looks at our window. */
export function windowIsOpen(): boolean {
  return [...views].some(isPopup);
}

const isPopup = ({ port }: View) => port.name === POPUP_PORT;

function bannerMay({ do: what }: UiAction): boolean {
  return bannerActions.some((each) => each === what);
}

/** The popup as a window of its own names its tab in its address; the toolbar's popup belongs to the active tab. */
async function tabOfPopup(port: Runtime.Port): Promise<number | undefined> {
  const named = new URL(port.sender?.url ?? 'about:blank').searchParams.get('tab');
  if (named !== null && /^\d{1,10}$/.test(named)) return Number(named);
  // Opened from outside of the browser, it is about what failed last.
  if (named !== null) return lastFailed(await recall());
  const [active] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return active?.id;
}

function lastFailed({ tabs }: Memory): number | undefined {
  const times = Object.entries(tabs).flatMap(([id, { failure }]) => (failure ? [[failure.time, id]] : []));
  const [, id] = times.sort().at(-1) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** Tells every view how things stand now. */
export async function pushAll(shared: Shared): Promise<void> {
  await Promise.all([...views].map((view) => push(view, shared)));
}

async function push({ port, tabId }: View, shared: Shared): Promise<void> {
  const whole = stateFor(tabId, await recall(), shared);
  const state = port.name === BANNER_PORT ? forPage(whole) : whole;
  try {
    port.postMessage(state);
  } catch {
    // The view closed in between.
  }
}
