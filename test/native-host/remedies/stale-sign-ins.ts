/** A simulated PC with stored sign-ins that fail, for the tests of `purge-credentials`. */
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { purgeCredentials } from '../../../native-host/remedies/purge-credentials.ts';
import { type PcInput, SAMPLE_STALE } from '../../harness/test-pc.ts';
import { remedyOn } from './remedy-on.ts';

export const [A = '', B = ''] = SAMPLE_STALE;
export const WRITTEN = samplePc().credentials.find(({ target }) => target === A)?.lastWritten ?? '';
/** The intent to remove the first. */
export const INTENT = { target: A, lastWritten: WRITTEN };

export const setUp = (pc?: PcInput) => remedyOn(purgeCredentials, pc);
