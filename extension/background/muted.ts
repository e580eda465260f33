/** Codes that the person wants to hear no more of on the page: kept in this browser, taken back in the settings. */
import * as v from 'valibot';
import browser from 'webextension-polyfill';

const KEY = 'muted';
/** The oldest go first: who mutes more than that has another trouble. */
const MOST = 100;

const StoredSchema = v.array(v.pipe(v.string(), v.maxLength(80)));

let codes: readonly string[] = [];
/** Settled when what was stored is known. */
let known: Promise<void> = Promise.resolve();

/** Reads what was chosen before; call it once, at the start. */
export function followMuted(): Promise<void> {
  known = browser.storage.local.get(KEY).then(
    (stored) => {
      const parsed = v.safeParse(StoredSchema, stored[KEY]);
      if (parsed.success) codes = parsed.output;
    },
    // Then all is told.
    () => undefined,
  );
  return known;
}

export function muted(): string[] {
  return [...codes];
}

/** Whether nothing is to be said of a code on the page. */
export async function isMuted(code: string): Promise<boolean> {
  await known;
  return codes.includes(code);
}

export function mute(code: string): Promise<void> {
  return change((all) => [...all.filter((each) => each !== code), code].slice(-MOST));
}

export function unmute(code: string): Promise<void> {
  return change((all) => all.filter((each) => each !== code));
}

/** The press may be what woke the background: what was chosen before is known first, or it would be lost. */
async function change(to: (all: readonly string[]) => string[]): Promise<void> {
  await known;
  codes = to(codes);
  // Where the disk is full it holds until the background is started anew.
  await browser.storage.local.set({ [KEY]: codes }).catch(() => undefined);
}
