/** What the organisation's policy says to the extension: entries of its own for the catalogue. */
import browser from 'webextension-polyfill';
import { type Extension, extendCatalogue } from '../../common/failures/extend.ts';
import { setExtension } from '../../common/failures/index.ts';

let entries: Extension['entries'] = new Map();

/** The organisation's own words for a code, in the form in which views take them. */
export function organisationEntry(code: string | undefined) {
  const sense = code === undefined ? undefined : entries.get(code);
  if (!sense?.words || code === undefined) return null;
  const { category, words, remedies = [] } = sense;
  return { code, category, words: { ...words }, remedies: [...remedies] };
}

/** Reads the policy now and whenever it changes. A bad entry is named in the log and left out; the rest count. */
export async function followPolicy(changed: () => void): Promise<void> {
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'managed') void load().then(changed);
  });
  await load();
}

async function load(): Promise<void> {
  // Firefox rejects where no policy is installed.
  const managed = await browser.storage.managed.get('catalogue').catch(() => ({}));
  const catalogue = 'catalogue' in managed ? managed.catalogue : [];
  const extension = extendCatalogue(catalogue);
  for (const { index, reason } of extension.refused)
    console.warn(`Policy "catalogue", entry ${index}: ${reason}`);
  entries = extension.entries;
  setExtension(entries);
}
