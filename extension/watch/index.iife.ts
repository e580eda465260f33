/**
 * The content script of Microsoft's sign-in pages: says once what page this is, and is gone. It reads the page
 * and never changes it, asks for nothing over the network, and whatever goes wrong in here stays in here.
 */
import type { Signal } from '../signal.ts';
import { factsReader } from './facts.ts';
import { judge } from './page.ts';

/** Error pages may fill their container by script; after these, the page is reported as it stands. */
const PATIENCE_MS = 2000;
const MAX_CALLBACKS = 100;

interface Runtime {
  sendMessage(message: Signal): Promise<unknown> | undefined;
}

const { browser, chrome } = globalThis as {
  browser?: { runtime?: Runtime };
  chrome?: { runtime?: Runtime };
};

/** Nobody may be listening: the extension is being updated, or its background has yet to start. */
function send(signal: Signal): void {
  const ignore = () => undefined;
  try {
    (browser ?? chrome)?.runtime?.sendMessage(signal)?.catch(ignore);
  } catch {
    ignore();
  }
}

/** Whether waiting could tell more: an error page without its code, or a page that has not said what it is. */
const isDecided = (signal: Signal | null) =>
  signal !== null && signal.kind !== 'other' && (signal.kind !== 'error' || signal.code !== null);

const readFacts = factsReader(document);

function judgePage(): Signal | null {
  try {
    return judge(readFacts());
  } catch {
    return null;
  }
}

/** Watches an undecided page until it decides itself, and for no longer than a bounded while. */
function waitAndSend(first: Signal | null): void {
  let latest = first;
  let callbacks = 0;
  const finish = () => {
    observer.disconnect();
    clearTimeout(timer);
    if (latest !== null) send(latest);
  };
  const observer = new MutationObserver(() => {
    callbacks += 1;
    latest = judgePage() ?? latest;
    if (isDecided(latest) || callbacks >= MAX_CALLBACKS) finish();
  });
  const timer = setTimeout(() => {
    latest = judgePage() ?? latest;
    finish();
  }, PATIENCE_MS);
  observer.observe(document.documentElement, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ['class', 'style', 'hidden'],
  });
}

if (window === window.top) {
  const signal = judgePage();
  if (signal !== null && isDecided(signal)) send(signal);
  else waitAndSend(signal);
}
