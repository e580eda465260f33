/** The simulated PC of the story: in a folder of its own, and what the stand-in sign-in asks it. */
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

export interface StoryPc {
  file: string;
  read(): SimulatedPc;
  change(change: (pc: SimulatedPc) => void): Promise<void>;
  verdict(): Promise<{ works: boolean; code: string }>;
  remove(): Promise<void>;
}

/** The sample PC, changed as wanted. */
export async function makePc(change?: (pc: SimulatedPc) => void): Promise<StoryPc> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-pc-'));
  const file = join(folder, 'pc.json');
  await ensureSamplePc(file);
  if (change) await changeSimulatedPc(file, change);
  return {
    file,
    read: () => readSimulatedPc(file),
    change: (next) => changeSimulatedPc(file, next),
    verdict: async () => signInVerdict(readSimulatedPc(file)),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  };
}
