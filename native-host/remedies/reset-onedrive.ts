/**
 * OneDrive's own reset: close it, run `OneDrive.exe /reset`, wait until that has ended, start it again if it did
 * not come back by itself. Files stay; sync connections are dropped and a full sync follows.
 */
import { type OneDriveLimits, RESET_LIMIT, usualLimits } from './onedrive-control.ts';
import type { Remedy } from './remedy.ts';
import { resetting } from './reset.ts';

/** The remedy with its limits, which tests shorten. */
export function resetOneDriveWithin(limits: OneDriveLimits): Remedy {
  return resetting({
    id: 'reset-onedrive',
    seconds: 120,
    limit: RESET_LIMIT,
    source: 'https://support.microsoft.com/office/reset-onedrive-34701e00-bf7b-42db-b960-84905399050c',
    limits,
    optional: false,
    // The person signs in to OneDrive again when it asks.
    afterwards: async () => undefined,
  });
}

export const resetOneDrive = resetOneDriveWithin(usualLimits);
