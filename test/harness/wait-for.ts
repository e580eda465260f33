/** Waits for a condition instead of for a time. */
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds after which a look is asked anew: a page that goes on to the next one may leave it unanswered for ever. */
const LOOK_MS = 5_000;

const UNANSWERED = Symbol('unanswered');

/** Looks again and again until there is something; fails past `limit` milliseconds, naming what was awaited. */
export async function waitFor<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  limit = 30_000,
): Promise<T> {
  const end = performance.now() + limit;
  // What is asked a moment before the end has no time to answer: that alone is no silence.
  let silent = true;
  for (;;) {
    const patience = Math.max(1, Math.min(LOOK_MS, end - performance.now()));
    const found = await within(patience, look());
    if (found !== undefined && found !== false && found !== UNANSWERED) return found;
    if (found !== UNANSWERED) silent = false;
    else if (patience === LOOK_MS) silent = true;
    if (performance.now() >= end) throw new Error(`waited in vain for ${what}${silent ? ': no answer' : ''}`);
    await delay(20);
  }
}

async function within<T>(ms: number, answer: T | Promise<T>): Promise<T | typeof UNANSWERED> {
  const enough = new AbortController();
  try {
    return await Promise.race([answer, delay(ms, UNANSWERED, { signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
