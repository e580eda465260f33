/**
 * What OneDrive's folders would lose sight of when it is reset or linked anew: Microsoft says that "resetting
 * OneDrive disconnects all your existing sync connections" and that no files are lost
 * (https://support.microsoft.com/office/reset-onedrive-34701e00-bf7b-42db-b960-84905399050c), yet what is not
 * uploaded then waits, and what is only in the cloud cannot be opened until OneDrive has synced again. That
 * OneDrive is paused leaves no trace that could be looked at; what it has not uploaded does.
 */
import { win32 } from 'node:path';
import type { Finding } from '../../common/findings.ts';
import { toProblem } from '../../common/problem.ts';
import type { Survey } from '../machine/machine.ts';
import { type OneDriveAccount, oneDriveAccounts } from '../machine/onedrive.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';

/** Entries looked at in one folder; more would keep a person waiting. */
const MOST_ENTRIES = 20_000;
/** Programs that replace OneDrive's own files. https://learn.microsoft.com/sharepoint/sync-client-update-process */
const updaters = ['OneDriveSetup.exe', 'OneDriveStandaloneUpdater.exe'];

type FilesSight = Sight<'onedrive-files'>;

export const onedriveFiles: Check = {
  id: 'onedrive-files',
  // Whether Microsoft can be reached is what the endpoints say; it is a fault of the files only before a reset.
  look: (context) => [lookAtFiles(context, async () => undefined)],
};

/**
 * Looks at the folders of all linked accounts; gives nothing where there are none and nothing is under way. Whether
 * Microsoft can be reached is asked only where something hangs on it.
 */
export async function lookAtFiles(
  context: CheckContext,
  reachable: () => Promise<boolean | undefined>,
): Promise<Finding[]> {
  const [updates, folders] = await Promise.all([
    looked('onedrive-files', context, () => seeUpdate(context), 'onedrive-files:updating'),
    looked('onedrive-files', context, () => seeFolders(context, reachable)),
  ]);
  return [...updates, ...folders];
}

async function seeUpdate({ machine }: CheckContext): Promise<FilesSight[]> {
  const running = await Promise.all(updaters.map((image) => machine.processes.running(image)));
  return running.flat().length > 0 ? [{ level: 'fault', meaning: 'updating' }] : [];
}

async function seeFolders(
  context: CheckContext,
  reachable: () => Promise<boolean | undefined>,
): Promise<FilesSight[]> {
  const accounts = await oneDriveAccounts(context.machine);
  const linked = accounts.filter(({ folder }) => folder !== '');
  const sights = (await Promise.all(linked.map((account) => seeFolder(context, account)))).flat();
  if (sights.some(({ meaning }) => meaning === 'online-only') && (await reachable()) === false) {
    sights.unshift({ id: 'onedrive-files:offline', level: 'fault', meaning: 'offline' });
  }
  return sights;
}

/** One account's folder; that it cannot be looked at says nothing of the others. */
async function seeFolder(context: CheckContext, { name, folder }: OneDriveAccount): Promise<FilesSight[]> {
  const subject = win32.basename(folder);
  const sights = await context.machine.files.survey(folder, MOST_ENTRIES).then(
    (survey) => read(survey),
    (error): FilesSight[] => [
      { level: 'unknown', meaning: 'not-looked', evidence: { error: toProblem(error).kind } },
    ],
  );
  return sights.map((sight) => ({ ...sight, subject, id: `onedrive-files:${sight.meaning}:${name}` }));
}

function read({ files, onlineOnly, notUploaded, complete }: Survey): FilesSight[] {
  const evidence = { files };
  const sights: FilesSight[] = [];
  if (notUploaded > 0) {
    sights.push({ level: 'warning', meaning: 'not-uploaded', amount: notUploaded, evidence });
  }
  if (onlineOnly > 0) {
    sights.push({ level: 'warning', meaning: 'online-only', amount: onlineOnly, evidence });
  }
  // Files beyond the limit were not looked at, so it cannot be said that there is nothing.
  if (!complete) sights.push({ level: 'unknown', meaning: 'not-looked', evidence });
  return sights.length > 0 ? sights : [{ level: 'ok', meaning: 'clear', evidence }];
}
