/**
 * Closes OneDrive in the proper way and starts it again. `/background` is documented by Microsoft
 * (https://learn.microsoft.com/sharepoint/deploy-on-windows), `/shutdown` is in wide use.
 */
import * as v from 'valibot';
import { findOneDrive, oneDrivePlaces } from '../machine/onedrive.ts';
import { noUndo } from './no-undo.ts';
import {
  installedExe,
  type OneDriveLimits,
  oneDriveItem,
  restartOneDriveNow,
  usualLimits,
} from './onedrive-control.ts';
import type { Remedy } from './remedy.ts';

const IntentSchema = v.strictObject({ do: v.literal('restart'), place: v.picklist(oneDrivePlaces) });

/** The remedy with its limits, which tests shorten. */
export function restartOneDriveWithin(limits: OneDriveLimits): Remedy {
  return {
    ...noUndo,
    id: 'restart-onedrive',
    risk: 'none',
    seconds: 30,
    limit: 150_000,
    source:
      'https://support.microsoft.com/office/fix-onedrive-sync-problems-0899b115-05f7-45ec-95b2-e4cc8c4670b2',
    proves: 'onedrive',

    async preview(machine) {
      const place = await findOneDrive(machine);
      if (!place) return { state: 'onedrive-missing' };
      return {
        state: 'ready',
        operations: [{ item: oneDriveItem(machine, place), intent: { do: 'restart', place } }],
      };
    },

    async act(machine, intent, { report }) {
      const { place } = v.parse(IntentSchema, intent);
      await restartOneDriveNow(machine, await installedExe(machine, place), report, limits);
    },
  };
}

export const restartOneDrive = restartOneDriveWithin(usualLimits);
