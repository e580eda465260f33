/** Names that mean nothing here: a remedy that is misspelt is not off, and its administrator is to be told. */
import { remedyIds } from '../../common/remedies.ts';
import type { PolicyReader } from './reader.ts';
import { APPROVALS, REMEDIES } from './remedies.ts';

/** Values of the policy's own key. */
const values = ['HelpDesk', 'HelpDeskText', 'Clouds', 'Watch', 'Catalogue', 'BackupDays', 'EventLog', 'Log'];

const isIn = (names: readonly string[], name: string) =>
  names.some((each) => each.toLowerCase() === name.toLowerCase());

/** Refuses every value and key whose name is not known, and approvals where none counts. */
export async function refuseStrangers(reader: PolicyReader): Promise<void> {
  for (const name of await reader.names({}))
    if (!isIn(values, name)) reader.refuse(name, 'there is no value of this name');
  for (const key of await reader.keys())
    if (!isIn([REMEDIES, APPROVALS], key)) reader.refuse(`${key}\\`, 'there is no key of this name');
  for (const below of [REMEDIES, APPROVALS])
    for (const name of await reader.names({ below }))
      if (!isIn(remedyIds, name))
        reader.refuse(`${below}\\${name}`, 'there is no repair or guide of this name');
  for (const name of await reader.names({ below: APPROVALS, hives: ['HKCU'] }))
    if (isIn(remedyIds, name))
      reader.refuse(`${APPROVALS}\\${name}`, 'an approval counts only below HKEY_LOCAL_MACHINE');
}
