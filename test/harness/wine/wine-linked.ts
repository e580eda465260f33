/** A PC in Wine whose OneDrive runs and is linked to two accounts. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RawKey } from '../../windows/inside/raw-registry.ts';
import { base64 } from './wine-identity.ts';
import { openWinePc, type WinePc } from './wine-pc.ts';
import { writeTree } from './wine-tree.ts';

export const ONEDRIVE = 'Software\\Microsoft\\OneDrive';
const ACCOUNTS = `${ONEDRIVE}\\Accounts`;
const WORK = 'ada@contoso.example';
const PERSONAL = 'ada@outlook.example';

/** A OneDrive that was started to keep running, as a command line. */
export const STARTED = /OneDrive\.exe"? \/background$/;

export interface LinkedPc extends WinePc {
  /** The folder of the work account, as a Linux path. */
  readonly userFolder: string;
  /** Links the accounts where they are not, and starts OneDrive where it does not run; nothing was told to it then. */
  linkAndStart(): Promise<void>;
  /** The keys of the accounts that are linked. */
  accounts(): Promise<Record<string, RawKey>>;
}

/** E-mail addresses of the accounts in their keys. */
export function emailsOf(keys: Record<string, RawKey>): string[] {
  const text = (data = '') => Buffer.from(data, 'hex').toString('utf16le').replace(/\0$/, '');
  return Object.values(keys).map(({ values }) => text(values.UserEmail?.data));
}

export const EMAILS = [WORK, PERSONAL];

/** What OneDrive's set-up is opened with for these accounts, sorted. */
export const SETUPS = ['odopen://launch', `odopen://sync?useremail=${encodeURIComponent(WORK)}`];

export async function openLinkedPc(): Promise<LinkedPc> {
  const pc = await openWinePc();
  const userFolder = join(pc.wine.folder, 'OneDrive - Contoso');
  const linked = {
    Business1: {
      UserEmail: WORK,
      ConfiguredTenantId: '0b5c1f6e-2d7a-4c7e-9f43-0b7c51d8a001',
      UserFolder: pc.wine.windowsPath(userFolder),
    },
    Personal: { UserEmail: PERSONAL },
  };
  await writeFile(join(pc.oneDrive, 'linked.json'), JSON.stringify(linked));
  await writeTree(userFolder, { 'Budget.xlsx': 'numbers' });
  const accounts = ACCOUNTS.split('\\');
  const keys = Object.entries(linked).map(([name, values]) => ({
    path: [...accounts, name],
    values: Object.entries(values).map(([value, text]): [string, number, string] => [
      value,
      1,
      base64(`${text}\0`),
    ]),
  }));
  return {
    ...pc,
    userFolder,
    async linkAndStart() {
      await pc.behave();
      await pc.arrange({ remove: [ACCOUNTS], keys });
      await writeTree(pc.oneDrive, { 'settings/PreSignInSettingsConfig.json': '{"a":1}' });
      const runs = (await pc.programs('OneDrive.exe')).some((line) => STARTED.test(line));
      if (!runs) await pc.startOneDrive();
      await pc.oneDriveTold(0);
    },
    accounts: async () => (await pc.arrange({ tell: [ACCOUNTS] })).keys[ACCOUNTS]?.keys ?? {},
  };
}
