/** What the organisation's policy says to the host, from the registry: a person without rights cannot write there. */
import { extendCatalogue, type Refusal } from '../common/failures/extend.ts';
import { setExtension } from '../common/failures/index.ts';
import type { Machine } from './machine/machine.ts';

const KEY = 'SOFTWARE\\Policies\\Signin Rescue';

/**
 * Takes the organisation's entries for the catalogue (HKLM, value `Catalogue`, JSON as text) into account. Gives what
 * was refused; a policy that cannot be read leaves the built-in catalogue as it is.
 */
export async function applyCataloguePolicy({ registry }: Machine): Promise<readonly Refusal[]> {
  const value = await registry.read('HKLM', KEY, 'Catalogue').catch(() => undefined);
  const text = value?.type === 'REG_SZ' || value?.type === 'REG_EXPAND_SZ' ? value.value : '';
  if (!text) {
    setExtension(new Map());
    return [];
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [{ index: null, reason: 'the policy is not JSON' }];
  }
  const { entries, refused } = extendCatalogue(parsed);
  setExtension(entries);
  return refused;
}
