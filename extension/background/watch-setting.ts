/** Whether the connection is looked at after a change of network: the person's setting, unless policy forbids it. */
import browser from 'webextension-polyfill';
import type { UiState } from '../ui-state.ts';

const KEY = 'watch';

let forbidden = false;
let on = true;

export function watching(): UiState['watch'] {
  if (forbidden) return 'forbidden';
  return on ? 'on' : 'off';
}

/** Reads both now and whenever one changes; `changed` is called after each. */
export async function followWatchSetting(changed: () => void): Promise<void> {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'sync' && KEY in changes) void load().then(changed);
  });
  await load();
}

async function load(): Promise<void> {
  // Firefox rejects where no policy is installed.
  const managed = await browser.storage.managed.get(KEY).catch((): Record<string, unknown> => ({}));
  const own = await browser.storage.local.get(KEY).catch((): Record<string, unknown> => ({}));
  forbidden = managed[KEY] === false;
  on = own[KEY] !== false;
}

/** Keeps the person's choice; where policy forbids watching, that stands. */
export async function keepWatchSetting(wanted: boolean): Promise<void> {
  on = wanted;
  await browser.storage.local.set({ [KEY]: wanted });
}
