/** A simulated PC in a folder of its own, gone when the test has ended. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Machine } from '../../../../native-host/machine/machine.ts';
import {
  createSimulatedMachine,
  readSimulatedPc,
  type SimulatedPc,
  type SimulatedPcInput,
} from '../../../../native-host/machine/simulated/index.ts';

export type PcInput = SimulatedPcInput;

/** The name of a file that is not there yet. */
export function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-pc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'pc.json');
}

/** Writes the PC and opens it; `now` reads the file again. */
export async function openPc(
  pc: PcInput,
): Promise<{ file: string; machine: Machine; now: () => SimulatedPc }> {
  const file = temporaryFile();
  writeFileSync(file, JSON.stringify(pc));
  return { file, machine: await createSimulatedMachine(file), now: () => readSimulatedPc(file) };
}

/** A limit that is not meant to be reached. */
export const patient = () => ({ timeout: 10_000, signal: new AbortController().signal });

/** What an error must be to be the problem `kind`. */
export const problem = (kind: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ kind }) });
