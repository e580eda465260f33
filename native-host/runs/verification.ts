/**
 * What follows from a sign-in that was tried and from what OneDrive shows. A failure of the web is judged by signing
 * in on the web; one of OneDrive's own by both: it is fixed only where nothing speaks against it.
 */
import { isOneDriveCode } from '../../common/failures/onedrive-code.ts';
import { isGuide, type RemedyId } from '../../common/remedies.ts';
import type { Outcome, Proof, Verification } from '../../common/run.ts';
import type { Machine } from '../machine/machine.ts';
import { findOneDrive, ONEDRIVE_IMAGE, oneDriveAccounts } from '../machine/onedrive.ts';
import { repairOf } from '../remedies/index.ts';

/** Whether OneDrive is part of the proof after this remedy. */
export function looksAtOneDrive(code: string, remedy: RemedyId): boolean {
  return isOneDriveCode(code) || (!isGuide(remedy) && repairOf(remedy).proves === 'onedrive');
}

/**
 * What OneDrive shows without being asked: runs it, does it have an account, does a file of its folder open? A file
 * that is in the cloud only is not opened, as that would download it. Never fails; empty where it is not installed.
 */
export async function proofsOfOneDrive(machine: Machine): Promise<Proof[]> {
  try {
    if (!(await findOneDrive(machine))) return [];
    const running = (await machine.processes.running(ONEDRIVE_IMAGE)).length > 0;
    const accounts = await oneDriveAccounts(machine);
    const outcome: Outcome = !running ? 'fails' : accounts.length === 0 ? 'needs-user' : 'works';
    const files = await Promise.all(
      accounts.filter(({ folder }) => folder).map((each) => opens(machine, each.folder)),
    );
    return [{ proof: 'onedrive', outcome }, ...files];
  } catch {
    return [{ proof: 'onedrive', outcome: 'unknown' }];
  }
}

async function opens(machine: Machine, folder: string): Promise<Proof> {
  const proof = 'onedrive-file';
  const end = await machine.files.openOne(folder).catch((): 'refused' => 'refused');
  if (typeof end === 'object') return { proof, outcome: 'works', subject: end.opened.slice(0, 500) };
  return { proof, outcome: end === 'refused' ? 'fails' : 'unknown', subject: folder.slice(0, 500) };
}

const worstFirst: readonly Outcome[] = ['fails', 'needs-user', 'unknown', 'works'];

/** The verification as a whole. */
export function conclude(code: string, signIn: Verification, oneDrive: readonly Proof[]): Verification {
  const proofs: Proof[] = [{ proof: 'sign-in', outcome: signIn.outcome }, ...oneDrive];
  if (!isOneDriveCode(code)) return { ...signIn, proofs };
  // A file that could not be tried says nothing; all else must speak for it.
  const telling = proofs.filter(({ proof, outcome }) => proof !== 'onedrive-file' || outcome === 'fails');
  const outcome = worstFirst.find((each) => telling.some((proof) => proof.outcome === each)) ?? 'unknown';
  const same = outcome === signIn.outcome && signIn.code !== undefined;
  return { outcome, ...(same ? { code: signIn.code } : {}), proofs };
}
