/** The organisation's own entries for the catalogue. */
import { extendCatalogue, type Refusal } from '../../common/failures/extend.ts';
import { setExtension } from '../../common/failures/index.ts';
import type { Machine } from '../machine/machine.ts';
import { policyText } from './read.ts';

/**
 * Takes the organisation's entries for the catalogue (value `Catalogue`, JSON as text) into account. Gives what was
 * refused; a policy that cannot be read leaves the built-in catalogue as it is.
 */
export async function applyCataloguePolicy(machine: Machine): Promise<readonly Refusal[]> {
  const catalogue = await policyText(machine, 'Catalogue');
  if (!catalogue) {
    setExtension(new Map());
    return [];
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(catalogue);
  } catch {
    return [{ index: null, reason: 'the policy is not JSON' }];
  }
  const { entries, refused } = extendCatalogue(parsed);
  setExtension(entries);
  return refused;
}
