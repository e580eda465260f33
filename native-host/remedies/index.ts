import { ProblemError } from '../../common/problem.ts';
import { isGuide, type RemedyId, type RepairId } from '../../common/remedies.ts';
import { clearBrowserSession } from './clear-browser-session.ts';
import { clearIdentityCache } from './clear-identity-cache.ts';
import { flushDns, purgeKerberos, refreshDeviceToken } from './commands.ts';
import { purgeCredentials } from './purge-credentials.ts';
import { relinkOneDrive } from './relink-onedrive.ts';
import type { Remedy } from './remedy.ts';
import { resetOneDrive } from './reset-onedrive.ts';
import { restartOneDrive } from './restart-onedrive.ts';

/** Every remedy that changes something, by its id. */
export const remedies: Readonly<Record<RepairId, Remedy>> = {
  'clear-browser-session': clearBrowserSession,
  'flush-dns': flushDns,
  'purge-kerberos': purgeKerberos,
  'refresh-device-token': refreshDeviceToken,
  'restart-onedrive': restartOneDrive,
  'purge-credentials': purgeCredentials,
  'clear-identity-cache': clearIdentityCache,
  'reset-onedrive': resetOneDrive,
  'relink-onedrive': relinkOneDrive,
};

/** The remedy of an id. A guide has none: asking for one is a defect. */
export function repairOf(id: RemedyId): Remedy {
  if (isGuide(id)) throw new ProblemError('internal', `${id} only guides`);
  return remedies[id];
}
