/** A simulated PC in a file of a test's own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as v from 'valibot';
import type { Machine } from '../../native-host/machine/machine.ts';
import {
  createSimulatedMachine,
  readSimulatedPc,
  type SimulatedPc,
  type SimulatedPcSchema,
  samplePc,
} from '../../native-host/machine/simulated/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type PcInput = v.InferInput<typeof SimulatedPcSchema>;

export interface TestPc {
  folder: string;
  file: string;
  machine: Machine;
  /** The PC as it stands now. */
  read: () => SimulatedPc;
}

/** Writes a PC and opens it. Left out, it is the sample with `paceMs` 0. */
export async function testPc(pc: PcInput = samplePc(), folder = temporaryFolder()): Promise<TestPc> {
  const file = join(folder, 'pc.json');
  writeFileSync(file, JSON.stringify(pc));
  return { folder, file, machine: await createSimulatedMachine(file), read: () => readSimulatedPc(file) };
}

/** Names of the stored credentials, in the PC's order. */
export function targets(pc: Pick<SimulatedPc, 'credentials'>): string[] {
  return pc.credentials.map(({ target }) => target);
}

/** Names of those of the sample's credentials that a repair may remove. */
export const SAMPLE_STALE = samplePc()
  .credentials.filter(({ stale }) => stale)
  .map(({ target }) => target);
