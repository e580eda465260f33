/**
 * The accounts that OneDrive is linked to, remembered well enough to link them anew. `ConfiguredTenantId` is the
 * organisation's id, `ClientFirstSignInTimestamp` the time of the first sign-in since the account was linked;
 * forensic tools read both from here, Microsoft documents neither, so either may be missing.
 */
import * as v from 'valibot';
import type { Machine } from '../machine/machine.ts';
import { ONEDRIVE_ACCOUNTS, oneDriveAccounts } from '../machine/onedrive.ts';
import type { Operation } from './remedy.ts';

/** An account as an intent remembers it. */
export const LinkedAccountSchema = v.strictObject({
  /** `Business1`…`Business9` or `Personal`. */
  name: v.pipe(v.string(), v.maxLength(255)),
  email: v.pipe(v.string(), v.nonEmpty(), v.maxLength(320)),
  folder: v.string(),
  /** Empty where it is not known. */
  tenant: v.string(),
  /** Base64 of what the registry has as the first sign-in's time; empty where it has none. */
  since: v.string(),
});
export type LinkedAccount = v.InferOutput<typeof LinkedAccountSchema>;

/** All accounts that OneDrive is linked to now. */
export async function linkedAccounts(machine: Machine): Promise<LinkedAccount[]> {
  const accounts = await oneDriveAccounts(machine);
  return Promise.all(
    accounts.map(async ({ name, email, folder }) => {
      const key = `${ONEDRIVE_ACCOUNTS}\\${name}`;
      const tenant = await machine.registry.read('HKCU', key, 'ConfiguredTenantId');
      const since = await machine.registry.copyValue(key, 'ClientFirstSignInTimestamp');
      return {
        name,
        email,
        folder,
        tenant: tenant?.type === 'REG_SZ' ? tenant.value.toLowerCase() : '',
        since: since?.data ?? '',
      };
    }),
  );
}

function isPersonal({ name }: LinkedAccount): boolean {
  return name.toLowerCase() === 'personal';
}

/** What is not known of one of them does not tell them apart. */
const mayEqual = (a: string, b: string) => a === '' || b === '' || a === b;

/** Whether both are the same account, whenever it was linked. A guest has one address in two organisations. */
export function isSameAccount(a: LinkedAccount, b: LinkedAccount): boolean {
  return (
    a.email.toLowerCase() === b.email.toLowerCase() &&
    isPersonal(a) === isPersonal(b) &&
    mayEqual(a.tenant, b.tenant)
  );
}

/** Whether one of the accounts that are linked now was linked after these were remembered. */
export function linkedSince(remembered: readonly LinkedAccount[], now: readonly LinkedAccount[]): boolean {
  return now.some((account) => {
    const before = remembered.find((each) => isSameAccount(each, account));
    return before === undefined || !mayEqual(before.since, account.since);
  });
}

/** Whether OneDrive is linked to this account now. */
export async function isLinked(machine: Machine, account: LinkedAccount): Promise<boolean> {
  return (await linkedAccounts(machine)).some((each) => isSameAccount(each, account));
}

/**
 * Opens OneDrive's set-up, with the address filled in where that is supported; the person confirms.
 * https://learn.microsoft.com/sharepoint/deploy-on-windows
 */
export async function openSetup(machine: Machine, account: LinkedAccount): Promise<void> {
  const url = isPersonal(account)
    ? 'odopen://launch'
    : `odopen://sync?useremail=${encodeURIComponent(account.email)}`;
  await machine.processes.open(url);
}

/** How an account is shown: whose it is, where its files are, and which organisation's. */
export function accountItem(
  { name, email, folder, tenant }: LinkedAccount,
  index: number,
  optional: boolean,
): Operation['item'] {
  const detail = [folder, tenant].filter(Boolean).join(' · ');
  return {
    id: `account-${index}`,
    kind: 'onedrive-account',
    label: `${name} — ${email}`.slice(0, 500),
    ...(detail && { detail: detail.slice(0, 500) }),
    optional,
    ticked: true,
  };
}
