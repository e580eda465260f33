import type { RemedyId } from '../../common/remedies.ts';
import { purgeCredentials } from './purge-credentials.ts';
import type { Remedy } from './remedy.ts';
import { resetOneDrive } from './reset-onedrive.ts';

/** Every remedy by its id. */
export const remedies: Readonly<Record<RemedyId, Remedy>> = {
  'purge-credentials': purgeCredentials,
  'reset-onedrive': resetOneDrive,
};
