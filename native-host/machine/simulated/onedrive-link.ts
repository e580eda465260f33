/** How the simulated OneDrive forgets its accounts at a reset, and how a person links one again. */
import { win32 } from 'node:path';
import { ONEDRIVE_ACCOUNTS } from '../onedrive.ts';
import { asRead } from './registry-bytes.ts';
import { keysBelow, named, removeKey, valuesOf } from './registry-keys.ts';
import type { SimulatedValues } from './registry-schema.ts';
import type { SimulatedPc } from './schema.ts';

const PERSONAL = 'Personal';
const BUSINESS = Array.from({ length: 9 }, (_, index) => `Business${index + 1}`);

interface Account {
  name: string;
  email: string;
  values: SimulatedValues;
}

function account([name, values]: [string, SimulatedValues]): Account {
  const stored = named(values, 'UserEmail');
  const read = stored && asRead(stored);
  return { name, email: read?.type === 'REG_SZ' ? read.value.toLowerCase() : '', values };
}

const isPersonal = ({ name }: Account) => name.toLowerCase() === PERSONAL.toLowerCase();

function linkedAccounts({ registry }: SimulatedPc): Account[] {
  return keysBelow(registry.HKCU, ONEDRIVE_ACCOUNTS).map((name) =>
    account([name, named(registry.HKCU, `${ONEDRIVE_ACCOUNTS}\\${name}`) ?? {}]),
  );
}

/** Unlinks all accounts; their keys' values are kept for whoever links them again. */
export function forgetAccounts(pc: SimulatedPc): void {
  for (const { name, email, values } of linkedAccounts(pc)) {
    if (email) pc.oneDrive.remembers[name] = values;
    removeKey(pc.registry.HKCU, `${ONEDRIVE_ACCOUNTS}\\${name}`);
  }
}

function newAccount({ folders }: SimulatedPc, email: string): SimulatedValues {
  const [, domain = ''] = email.split('@');
  const [first = ''] = domain.split('.');
  const organisation = first.slice(0, 1).toUpperCase() + first.slice(1);
  const folder = win32.join(folders.localAppData, '..', '..', `OneDrive - ${organisation}`);
  return { UserEmail: { type: 'REG_SZ', value: email }, UserFolder: { type: 'REG_SZ', value: folder } };
}

function link(pc: SimulatedPc, name: string, values: SimulatedValues): true {
  const seconds = Math.floor(Date.now() / 1000);
  Object.assign(valuesOf(pc.registry.HKCU, `${ONEDRIVE_ACCOUNTS}\\${name}`), values, {
    ClientFirstSignInTimestamp: { type: 'REG_QWORD', value: seconds },
  });
  delete pc.oneDrive.remembers[name];
  return true;
}

/** Links a work account as it was before a reset, or as a new one; false when it is linked already. */
export function linkWork(pc: SimulatedPc, email: string): boolean {
  const linked = linkedAccounts(pc);
  const isThis = (each: Account) => each.email === email.toLowerCase() && !isPersonal(each);
  // First, as a guest has one address in two organisations.
  const before = Object.entries(pc.oneDrive.remembers).map(account).find(isThis);
  if (before) return link(pc, before.name, before.values);
  const free = BUSINESS.find(
    (name) => !linked.some((other) => other.name.toLowerCase() === name.toLowerCase()),
  );
  if (free === undefined || linked.some(isThis)) return false;
  return link(pc, free, newAccount(pc, email));
}

/** Links the personal account as it was before a reset; false when there was none. */
export function linkPersonal(pc: SimulatedPc): boolean {
  const before = Object.entries(pc.oneDrive.remembers).map(account).find(isPersonal);
  return before !== undefined && link(pc, before.name, before.values);
}
