/** A simulated PC whose OneDrive is linked and fails, for the tests of `reset-onedrive`. */
import { type SimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { resetOneDriveWithin } from '../../../native-host/remedies/reset-onedrive.ts';
import { remedyOn } from './remedy-on.ts';

const remedy = resetOneDriveWithin({ close: 40, reset: 40, return: 20, start: 20 });

/** A REG_QWORD as it is stored. */
function quadWord(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.toString('base64');
}

export const ACCOUNT = {
  name: 'Business1',
  email: 'ada@contoso.example',
  folder: 'C:\\Users\\ada\\OneDrive - Contoso',
  tenant: '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11',
  since: quadWord(1_741_075_200),
};
const SERVER = 'login.microsoftonline.com';
export const RESET = { do: 'reset', place: 'per-user', server: SERVER, accounts: [ACCOUNT] } satisfies Json;
export const RECONNECT = { do: 'account', account: ACCOUNT } satisfies Json;
export const EXE = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe';
export const KEY = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';

/** The sample with a OneDrive that fails; changed by `oneDrive` and `more`. */
export async function setUp(
  oneDrive: Partial<SimulatedPc['oneDrive']> = {},
  more: Partial<SimulatedPc> = {},
) {
  const sample = samplePc();
  const test = await remedyOn(remedy, {
    ...sample,
    ...more,
    oneDrive: { ...sample.oneDrive, stale: true, ...oneDrive },
  });
  return {
    ...test,
    // Once begun it goes on to its end, whatever the person says meanwhile.
    act: (intent: Json = RESET) => test.act(intent, { signal: AbortSignal.abort() }),
    runs: () => test.read().processes.some(({ image }) => image === 'OneDrive.exe'),
    /** What OneDrive.exe was told, in order. */
    told: () => test.read().log.map(({ subject }) => subject.replace(`${EXE} `, '')),
  };
}
