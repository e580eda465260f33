/** A simulated PC on which Office and OneDrive remember all that they can, for the tests of `clear-identity-cache`. */
import type { FailureMeaning } from '../../../common/failures/index.ts';
import {
  changeSimulatedPc,
  type SimulatedPc,
  samplePc,
} from '../../../native-host/machine/simulated/index.ts';
import { clearIdentityCacheWithin } from '../../../native-host/remedies/clear-identity-cache.ts';
import type { Operation } from '../../../native-host/remedies/remedy.ts';
import { remedyOn } from './remedy-on.ts';

const remedy = clearIdentityCacheWithin({ close: 40, reset: 40, return: 20, start: 20, app: 20 });
export const IDENTITY = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';
export const OLDER = 'Software\\Microsoft\\Office\\15.0\\Common\\Identity';
export const ONEDRIVE = 'Software\\Microsoft\\OneDrive';
export const LOCAL = 'C:\\Users\\ada\\AppData\\Local\\Microsoft';
export const FILE = `${LOCAL}\\OneDrive\\settings\\PreSignInSettingsConfig.json`;

type Registry = SimulatedPc['registry']['HKCU'];
export type Parts = FailureMeaning['identity'];

/** The sample with all that there can be; changed by `edit`. */
export async function setUp(edit: (pc: SimulatedPc) => void = () => undefined) {
  const pc = samplePc();
  pc.files.push({ path: FILE, size: 12 });
  pc.registry.HKCU[ONEDRIVE] = {
    ...pc.registry.HKCU[ONEDRIVE],
    OneAuthUnrecoverableTimestamp: { type: 'REG_QWORD', value: 1_741_075_200 },
  };
  edit(pc);
  const test = await remedyOn(remedy, pc);
  return {
    ...test,
    runs: () => test.read().processes.some(({ image }) => image === 'OneDrive.exe'),
    identity: () => below(test.read().registry.HKCU, IDENTITY),
    /** The one operation whose label ends so. */
    async operation(end: string, ...parts: Parts): Promise<Operation> {
      const found = (await test.operations({ identity: parts })).find(({ item }) => item.label.endsWith(end));
      if (!found) throw new Error(`no operation ends with ${end}`);
      return found;
    },
    /** Makes a registry key anew, as an app does. */
    write: (key: string, values: Registry[string]) =>
      changeSimulatedPc(test.file, ({ registry }) => {
        registry.HKCU[key] = { ...registry.HKCU[key], ...values };
      }),
  };
}
export type Test = Awaited<ReturnType<typeof setUp>>;

function below(keys: Registry, key: string): Registry {
  return Object.fromEntries(Object.entries(keys).filter(([path]) => path.startsWith(key)));
}

export const dword = (value: number) => ({ type: 'REG_DWORD', value }) as const;
export const paths = ({ files }: SimulatedPc) =>
  files.map((file) => (typeof file === 'string' ? file : file.path));
