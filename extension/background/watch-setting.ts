/** Whether the connection is looked at after a change of network: the person's setting, unless policy forbids it. */
import browser from 'webextension-polyfill';
import type { UiState } from '../ui-state.ts';
import { watchForbidden } from './policy.ts';

const KEY = 'watch';

let on = true;

export function watching(): UiState['watch'] {
  if (watchForbidden()) return 'forbidden';
  return on ? 'on' : 'off';
}

/** Reads it now and whenever it changes; `changed` is called after that. */
export async function followWatchSetting(changed: () => void): Promise<void> {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && KEY in changes) void load().then(changed);
  });
  await load();
}

async function load(): Promise<void> {
  const own = await browser.storage.local.get(KEY).catch((): Record<string, unknown> => ({}));
  on = own[KEY] !== false;
}

/** Keeps the person's choice; where policy forbids watching, that stands. */
export async function keepWatchSetting(wanted: boolean): Promise<void> {
  on = wanted;
  await browser.storage.local.set({ [KEY]: wanted });
}
