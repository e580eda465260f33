/**
 * The content script of Microsoft's sign-in pages: says what page this is, and is gone, or stays for a bounded
 * while where the page may yet fail in place. It reads the page and never changes it, asks for nothing over the
 * network, and whatever goes wrong in here stays in here.
 */
import { signInPlace } from '../../common/pages/address.ts';
import { factsReader, type PageFacts } from '../../common/pages/facts.ts';
import { isOpen, judge } from '../../common/pages/judge.ts';
import type { Signal } from '../../common/pages/signal.ts';
import type { Typing } from '../signal.ts';
import { documentView } from './document-view.ts';
import { keepLooking, secondFactor, undecided } from './sight.ts';

/** A page that goes to and fro between failing and not is told of no more after this. */
const MAX_SIGNALS = 20;

interface Runtime {
  sendMessage(message: Signal | Typing): Promise<unknown> | undefined;
}

const { browser, chrome } = globalThis as {
  browser?: { runtime?: Runtime };
  chrome?: { runtime?: Runtime };
};

/** Nobody may be listening: the extension is being updated, or its background has yet to start. */
function send(message: Signal | Typing): void {
  const ignore = () => undefined;
  try {
    (browser ?? chrome)?.runtime?.sendMessage(message)?.catch(ignore);
  } catch {
    ignore();
  }
}

interface Look {
  readonly facts: PageFacts;
  readonly signal: Signal | null;
}

/** Null where the page could not be read. */
function lookWith(readFacts: () => PageFacts): Look | null {
  try {
    const facts = readFacts();
    return { facts, signal: judge(facts) };
  } catch {
    return null;
  }
}

/** Firefox says so itself; Chromium refuses a page without cookies its storage, too. */
function takesCookies(): boolean {
  try {
    return navigator.cookieEnabled && Boolean(localStorage);
  } catch {
    return false;
  }
}

/** Without cookies no sign-in can end well, whatever the page says. */
function withCookies(signal: Signal): Signal {
  return signal.code || takesCookies() ? signal : { ...signal, kind: 'error', code: 'cookies-blocked' };
}

/** Reports a page: at once where it is decided, else when it decides itself or patience ends. */
function report(readFacts: () => PageFacts): () => void {
  let told: Signal | null = null;
  let signals = 0;
  const tell = (seen: Signal | null) => {
    const signal = seen && withCookies(seen);
    const news = signal !== null && (signal.kind !== told?.kind || signal.code !== told.code);
    if (!news || signals >= MAX_SIGNALS) return;
    told = signal;
    signals += 1;
    send(signal);
  };
  const first = lookWith(readFacts);
  if (first?.signal?.kind === 'mfa') {
    tell(first.signal);
    return keepLooking(document, secondFactor, () => {
      tell(lookWith(readFacts)?.signal ?? null);
      return signals >= MAX_SIGNALS;
    });
  }
  if (first !== null && !isOpen(first.facts, first.signal)) {
    tell(first.signal);
    return () => undefined;
  }
  let latest = first?.signal ?? null;
  return keepLooking(document, undecided, (last) => {
    const look = lookWith(readFacts);
    latest = look?.signal ?? latest;
    const decided = look !== null && !isOpen(look.facts, look.signal);
    if (decided || last) tell(latest);
    return decided;
  });
}

/** One word to the background when a person, not a script, types: their own attempts are no loop. */
function listenForTyping(): void {
  const events = ['keydown', 'input'] as const;
  const heard = (event: Event) => {
    if (!event.isTrusted) return;
    for (const name of events) window.removeEventListener(name, heard, true);
    send({ type: 'typing' });
  };
  for (const name of events) window.addEventListener(name, heard, { capture: true, passive: true });
}

function start(): void {
  const place = signInPlace(location.href);
  if (place === null) return;
  let stop = report(factsReader(documentView(place)));
  // A page that comes back from the back-forward cache does not run its scripts again.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    stop();
    stop = report(factsReader(documentView(place)));
  });
  listenForTyping();
}

if (window === window.top) {
  // A page that is prepared in advance may never be shown to anybody.
  if (Reflect.get(Document.prototype, 'prerendering', document) === true) {
    EventTarget.prototype.addEventListener.call(document, 'prerenderingchange', start, { once: true });
  } else {
    start();
  }
}
