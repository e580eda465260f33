/** A simulated PC in a folder of its own: the sample, altered as the caller wants. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  changeSimulatedPc,
  ensureSamplePc,
  readSimulatedPc,
  type SimulatedPc,
  signInVerdict,
} from '../../native-host/machine/simulated/index.ts';
import type { Verdict } from '../stand-in/index.ts';

export interface TestPc {
  file: string;
  /** The PC as it stands now. */
  read(): SimulatedPc;
  /** Whether sign-in works on it now, for the stand-in. */
  verdict(): Promise<Verdict>;
  remove(): Promise<void>;
}

/** Makes a PC on which `change` has been at work. */
export async function makePc(change: (pc: SimulatedPc) => void = () => undefined): Promise<TestPc> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-pc-'));
  const file = join(folder, 'pc.json');
  await ensureSamplePc(file);
  await changeSimulatedPc(file, change);
  return {
    file,
    read: () => readSimulatedPc(file),
    verdict: async () => signInVerdict(readSimulatedPc(file)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
