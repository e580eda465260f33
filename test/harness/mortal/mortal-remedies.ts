/** All remedies with limits that a test can wait for, in place of native-host/remedies/index.ts. */
import { ProblemError } from '../../../common/problem.ts';
import { isGuide, type RemedyId, type RepairId } from '../../../common/remedies.ts';
import { clearBrowserSession } from '../../../native-host/remedies/clear-browser-session.ts';
import { clearIdentityCacheWithin } from '../../../native-host/remedies/clear-identity-cache.ts';
import { flushDns, purgeKerberos, refreshDeviceToken } from '../../../native-host/remedies/commands.ts';
import { purgeCredentials } from '../../../native-host/remedies/purge-credentials.ts';
import { relinkOneDriveWithin } from '../../../native-host/remedies/relink-onedrive.ts';
import type { Remedy } from '../../../native-host/remedies/remedy.ts';
import { resetOneDriveWithin } from '../../../native-host/remedies/reset-onedrive.ts';
import { restartOneDriveWithin } from '../../../native-host/remedies/restart-onedrive.ts';

const limits = { close: 200, reset: 200, return: 20, start: 200 };
const limit = 1_000;

const remedies: Readonly<Record<RepairId, Remedy>> = {
  'clear-browser-session': clearBrowserSession,
  'flush-dns': { ...flushDns, limit },
  'purge-kerberos': { ...purgeKerberos, limit },
  'refresh-device-token': { ...refreshDeviceToken, limit },
  'restart-onedrive': restartOneDriveWithin(limits),
  'purge-credentials': purgeCredentials,
  'clear-identity-cache': clearIdentityCacheWithin({ ...limits, app: 200 }),
  'reset-onedrive': resetOneDriveWithin(limits),
  'relink-onedrive': relinkOneDriveWithin({ ...limits, confirm: 200, look: 5 }),
};

export function repairOf(id: RemedyId): Remedy {
  if (isGuide(id)) throw new ProblemError('internal', `${id} only guides`);
  return remedies[id];
}
