/** What the organisation's policy says to the host, from the registry: a person without rights cannot write there. */
import * as v from 'valibot';
import { extendCatalogue, type Refusal } from '../common/failures/extend.ts';
import { setExtension } from '../common/failures/index.ts';
import { type RemedyId, remedyIds } from '../common/remedies.ts';
import type { Machine } from './machine/machine.ts';
import { policyNumber, policyText } from './policy/read.ts';

/**
 * Takes the organisation's entries for the catalogue (HKLM, value `Catalogue`, JSON as text) into account. Gives what
 * was refused; a policy that cannot be read leaves the built-in catalogue as it is.
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

/** The remedies that the organisation does not allow: value `DisabledRemedies`, ids with commas between. */
export async function forbiddenRemedies(machine: Machine): Promise<ReadonlySet<RemedyId>> {
  const named = (await policyText(machine, 'DisabledRemedies')).split(',').map((id) => id.trim());
  return new Set(remedyIds.filter((id) => named.includes(id)));
}

/** How many days backups are kept: value `BackupDays`, 0 to 365; undefined where the organisation does not say. */
export async function backupDays(machine: Machine): Promise<number | undefined> {
  const days = await policyNumber(machine, 'BackupDays');
  return days !== undefined && days <= 365 ? days : undefined;
}

/** An address that a `mailto:` link may carry, and nothing beside it. */
const AddressSchema = v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254));

/** Where the organisation's help desk is reached by e-mail: value `HelpDesk`; undefined where it does not say. */
export async function helpDesk(machine: Machine): Promise<string | undefined> {
  const address = v.safeParse(AddressSchema, await policyText(machine, 'HelpDesk'));
  return address.success ? address.output : undefined;
}
