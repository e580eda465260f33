/** What the organisation's policy says to the extension: entries of its own for the catalogue, its help desk. */
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { extendCatalogue } from '../../common/failures/extend.ts';
import { setExtension } from '../../common/failures/index.ts';

let helpDeskAddress: string | null = null;

/** Address of the help desk, as policy has it. */
export function helpDesk(): string | null {
  return helpDeskAddress;
}

/** An address that a `mailto:` link may carry, and nothing beside it. */
const AddressSchema = v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254));

/** Reads the policy now and whenever it changes. A bad entry is named in the log and left out; the rest count. */
export async function followPolicy(changed: () => void): Promise<void> {
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'managed') void load().then(changed);
  });
  await load();
}

async function load(): Promise<void> {
  // Firefox rejects where no policy is installed.
  const managed = await browser.storage.managed
    .get(['catalogue', 'helpDesk'])
    .catch((): Record<string, unknown> => ({}));
  const { catalogue = [] } = managed;
  const address = v.safeParse(AddressSchema, managed.helpDesk);
  helpDeskAddress = address.success ? address.output : null;
  const extension = extendCatalogue(catalogue);
  for (const { index, reason } of extension.refused)
    console.warn(`Policy "catalogue", entry ${index}: ${reason}`);
  setExtension(extension.entries);
}
