/**
 * What goes on in one tab, as a small state machine: pure, so that it can be tried without a browser and survives
 * a service worker's sleep. An incident begins with a failure and ends with a sign-in that worked, or by leaving.
 */
import * as v from 'valibot';
import { type Failure, FailureSchema } from '../../common/plan.ts';
import type { Run } from '../../common/run.ts';

/** A sign-in that goes round this often within this time, with nobody typing, goes round for ever. */
export const LOOP = { visits: 4, withinMs: 30_000, quietMs: 10_000 } as const;
/** Scripts of the sign-in page that failed before it is said that none come. */
const CDN_FAILURES = 2;

const phases = ['watching', 'failed', 'rescuing', 'signed-in', 'needs-user', 'given-up'] as const;

export const TabStateSchema = v.strictObject({
  phase: v.picklist(phases),
  failure: v.nullable(FailureSchema),
  /** How the failure was noticed; only a page can carry a banner. */
  source: v.nullable(v.picklist(['page', 'navigation', 'answer', 'loop', 'cdn'])),
  /** The browser's own error page has yet to come; its address is hidden from us, like that of any other site. */
  errorPage: v.boolean(),
  /** A navigation is under way, so that what is known is of the page before. */
  underWay: v.boolean(),
  /** The kind of Microsoft's host that the tab was sent to last. */
  at: v.nullable(v.picklist(['sign-in', 'home'])),
  /** When it went from home to the sign-in, newest last; milliseconds since 1970. */
  visits: v.array(v.number()),
  /** The chain of redirects that the last visit was part of: however long, it is one visit. */
  chain: v.nullable(v.string()),
  /** Scripts of the page that did not come, and whether any did. */
  cdn: v.strictObject({ failed: v.number(), came: v.boolean() }),
});

export type TabState = v.InferOutput<typeof TabStateSchema>;

export type TabEvent =
  /** A navigation of the tab itself began, to one of Microsoft's hosts. */
  | { type: 'request'; to: 'sign-in' | 'home'; time: number; host: string; chain: string }
  /** A page said what it is; without a failure it is a healthy one. */
  | { type: 'page'; failure: Failure | null }
  /** The navigation ended in an error of the browser or of the server. */
  | { type: 'navigation'; failure: Failure }
  /** The answer to the app, in its address or form, tells of an error. */
  | { type: 'answer'; failure: Failure }
  | { type: 'typing' }
  /** A page of Microsoft's is there, whatever it says; home is one that needs a sign-in. */
  | { type: 'arrived' }
  | { type: 'home' }
  /** Some time passed; milliseconds since 1970. */
  | { type: 'quiet'; time: number }
  /** A page that is not Microsoft's. */
  | { type: 'elsewhere' }
  | { type: 'script'; came: boolean; failure: Failure }
  | { type: 'run'; phase: 'rescuing' | 'signed-in' | 'needs-user' | 'given-up' };

export const initial: TabState = {
  phase: 'watching',
  failure: null,
  source: null,
  errorPage: false,
  underWay: false,
  at: null,
  visits: [],
  chain: null,
  cdn: { failed: 0, came: false },
};

/** What the status of a run says of the tabs that failed with its code. */
export function phaseOf(status: Run['status']): Extract<TabEvent, { type: 'run' }>['phase'] {
  if (status === 'running' || status === 'undoing') return 'rescuing';
  if (status === 'fixed') return 'signed-in';
  return status === 'needs-user' || status === 'your-turn' ? 'needs-user' : 'given-up';
}

/** What the toolbar button shows for a tab. */
export function badgeOf({ failure, phase }: TabState): string {
  if (!failure || phase === 'signed-in') return '';
  return phase === 'rescuing' ? '…' : '!';
}

function failed(state: TabState, failure: Failure, source: TabState['source']): TabState {
  return { ...state, phase: 'failed', failure, source, underWay: false };
}

/** The state after an event. The same object when nothing changed. */
export function advance(state: TabState, event: TabEvent): TabState {
  switch (event.type) {
    case 'request':
      return requested(state, event);
    case 'page':
      if (event.failure) return failed(state, event.failure, 'page');
      if (state.source === 'loop') return state;
      // A failure noticed on the way to this very page is not undone by the page's looking well.
      return state.underWay || state.source === 'page' ? settled(state) : state;
    case 'navigation':
      // The page that came with the error status has said more already.
      if (!state.underWay && state.source === 'page') return state;
      return { ...failed(state, event.failure, 'navigation'), errorPage: true };
    case 'answer':
      return failed(state, event.failure, 'answer');
    case 'typing':
      return state.visits.length === 0 ? state : { ...state, visits: [] };
    case 'arrived':
      return state.errorPage ? { ...state, errorPage: false } : state;
    case 'elsewhere':
      return state.errorPage ? { ...state, errorPage: false } : initial;
    case 'quiet':
      return hasCalmed(state, event.time) ? { ...settled(state), phase: 'signed-in' } : state;
    case 'home':
      return isHomeInName(state) ? state : { ...settled(state), phase: 'signed-in' };
    case 'script':
      return scripted(state, event);
    case 'run':
      return state.failure && state.phase !== event.phase ? { ...state, phase: event.phase } : state;
  }
}

function settled(state: TabState): TabState {
  return { ...state, phase: 'watching', failure: null, source: null, underWay: false };
}

/** Home has an address, too, while it goes round, where its load failed, and where the answer to it was an error. */
function isHomeInName({ source, underWay }: TabState): boolean {
  return source === 'loop' || (!underWay && (source === 'navigation' || source === 'answer'));
}

/** A loop is over when the tab stays where it is. */
function hasCalmed({ source, visits }: TabState, time: number): boolean {
  return source === 'loop' && time - (visits.at(-1) ?? 0) >= LOOP.quietMs;
}

function requested(state: TabState, event: Extract<TabEvent, { type: 'request' }>): TabState {
  const fresh: TabState = { ...state, underWay: true, at: event.to, cdn: { failed: 0, came: false } };
  const goesRound = event.to === 'sign-in' && state.at === 'home' && state.chain !== event.chain;
  if (!goesRound) return fresh;
  const visits = [...state.visits, event.time].filter((time) => time > event.time - LOOP.withinMs);
  const { chain } = event;
  if (visits.length < LOOP.visits) return { ...fresh, visits, chain };
  const time = new Date(event.time).toISOString();
  const failure: Failure = { code: 'signin-loop', category: 'local', seenAt: event.host, time };
  return { ...failed(fresh, failure, 'loop'), visits, chain };
}

function scripted(state: TabState, { came, failure }: Extract<TabEvent, { type: 'script' }>): TabState {
  if (state.cdn.came) return state;
  if (came) return { ...state, cdn: { ...state.cdn, came } };
  const cdn = { failed: state.cdn.failed + 1, came: false };
  const next = { ...state, cdn };
  return cdn.failed >= CDN_FAILURES && state.source !== 'page' ? failed(next, failure, 'cdn') : next;
}
