/**
 * Failures that the host has not written down yet: kept in `storage.local` until it says hello or is asked for history.
 * Nothing starts the host for them.
 */
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { type Failure, FailureSchema } from '../../common/plan.ts';

const KEY = 'incidents';
/** As many as one message may carry; the oldest go first. */
const MOST = 100;

let last: Promise<void> = Promise.resolve();

/** What is read and written back is done so one after the other. A full disk costs the history an entry, no more. */
function inOrder(work: () => Promise<void>): Promise<void> {
  last = last.then(work).catch(() => undefined);
  return last;
}

/** What is waiting, oldest first. An entry that an older version wrote otherwise is left out. */
async function waiting(): Promise<Failure[]> {
  const stored = await browser.storage.local.get(KEY).catch(() => undefined);
  const entries: unknown = stored?.[KEY];
  return Array.isArray(entries) ? entries.filter((each) => v.is(FailureSchema, each)).slice(-MOST) : [];
}

/** Keeps a failure for the history. A private window leaves nothing behind. */
export function keepForHistory(tabId: number, failure: Failure): Promise<void> {
  return inOrder(async () => {
    const tab = await browser.tabs.get(tabId).catch(() => undefined);
    if (tab?.incognito) return;
    await browser.storage.local.set({ [KEY]: [...(await waiting()), failure].slice(-MOST) });
  });
}

const idOf = ({ code, time, seenAt }: Failure) => `${time} ${code} ${seenAt}`;

type Give = (failures: Failure[]) => Promise<unknown>;

let handed: Promise<void> = Promise.resolve();

/** Gives all that is waiting to a host; where it does not take them, they wait on. None is given twice. */
export function handOver(give: Give): Promise<void> {
  handed = handed.then(() => handOverNext(give));
  return handed;
}

async function handOverNext(give: Give): Promise<void> {
  await last;
  const failures = await waiting();
  if (failures.length === 0) return;
  try {
    await give(failures);
  } catch {
    return;
  }
  const given = new Set(failures.map(idOf));
  await inOrder(async () => {
    const left = (await waiting()).filter((each) => !given.has(idOf(each)));
    await browser.storage.local.set({ [KEY]: left });
  });
}
