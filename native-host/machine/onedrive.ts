/** Where OneDrive is on a PC and which accounts it knows; the same on a real and a simulated machine. */
import { win32 } from 'node:path';
import type { Machine } from './machine.ts';

export const ONEDRIVE_IMAGE = 'OneDrive.exe';
/** The key below which each account has one of its own, in HKCU. */
export const ONEDRIVE_ACCOUNTS = 'Software\\Microsoft\\OneDrive\\Accounts';

/** Per-user and per-machine installs (https://learn.microsoft.com/sharepoint/per-machine-installation). */
export const oneDrivePlaces = ['per-user', 'program-files', 'program-files-x86'] as const;
export type OneDrivePlace = (typeof oneDrivePlaces)[number];

/** The full path of OneDrive.exe in one of its three places. */
export function oneDriveExe(
  { folders: { localAppData, programFiles, programFilesX86 } }: Pick<Machine, 'folders'>,
  place: OneDrivePlace,
): string {
  const folders: Record<OneDrivePlace, string> = {
    'per-user': win32.join(localAppData, 'Microsoft', 'OneDrive'),
    'program-files': win32.join(programFiles, 'Microsoft OneDrive'),
    'program-files-x86': win32.join(programFilesX86, 'Microsoft OneDrive'),
  };
  return win32.join(folders[place], ONEDRIVE_IMAGE);
}

/** The first place that has OneDrive.exe; undefined when it is not installed. */
export async function findOneDrive(machine: Machine): Promise<OneDrivePlace | undefined> {
  for (const place of oneDrivePlaces) {
    if ((await machine.files.kind(oneDriveExe(machine, place))) === 'file') return place;
  }
  return undefined;
}

/** An account that OneDrive is linked to, as its registry key says. */
export interface OneDriveAccount {
  /** `Business1`…`Business9` or `Personal`. */
  name: string;
  email: string;
  folder: string;
}

async function text(machine: Machine, key: string, name: string): Promise<string> {
  const value = await machine.registry.read('HKCU', key, name);
  return value && (value.type === 'REG_SZ' || value.type === 'REG_EXPAND_SZ') ? value.value : '';
}

/** The linked accounts; a key without an e-mail address is one that is set up only in part and is left out. */
export async function oneDriveAccounts(machine: Machine): Promise<OneDriveAccount[]> {
  const accounts: OneDriveAccount[] = [];
  for (const name of await machine.registry.keys('HKCU', ONEDRIVE_ACCOUNTS)) {
    const email = await text(machine, `${ONEDRIVE_ACCOUNTS}\\${name}`, 'UserEmail');
    if (email)
      accounts.push({
        name,
        email,
        folder: await text(machine, `${ONEDRIVE_ACCOUNTS}\\${name}`, 'UserFolder'),
      });
  }
  return accounts;
}
