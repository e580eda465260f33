/**
 * Files of simulated PCs. The oracle: any bytes are either refused with `machine-unreadable` and a sentence that
 * names the file, or are a PC that reads the same when it is written and read again. On such a PC every way of
 * looking answers, or fails with a problem that is no defect.
 */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { toProblem } from '../../../common/problem.ts';
import type { Machine } from '../../../native-host/machine/machine.ts';
import { findOneDrive, oneDriveAccounts } from '../../../native-host/machine/onedrive.ts';
import {
  createSimulatedMachine,
  readSimulatedPc,
  type SimulatedPc,
  samplePc,
} from '../../../native-host/machine/simulated/index.ts';
import { altered, oddValue, spoiled } from '../spoil.ts';
import { type Ground, target } from '../target.ts';

const whole = JSON.parse(JSON.stringify(samplePc()));
const asBytes = (json: fc.Arbitrary<unknown>) =>
  json.map((value) => Buffer.from(JSON.stringify(value) ?? ''));
const input = fc.oneof(
  { weight: 3, arbitrary: asBytes(altered(whole)) },
  { weight: 1, arbitrary: asBytes(oddValue) },
  { weight: 2, arbitrary: spoiled(asBytes(altered(whole, oddValue, 1)), 2) },
);

function read(file: string): SimulatedPc | undefined {
  try {
    return readSimulatedPc(file);
  } catch (error) {
    const { kind, detail = '' } = toProblem(error);
    equal(kind, 'machine-unreadable');
    ok(detail.includes(file), detail);
    return undefined;
  }
}

/** All that only looks. */
const looks: Record<string, (machine: Machine) => Promise<unknown>> = {
  credentials: ({ credentials }) => credentials.list(),
  registry: ({ registry }) => registry.copyKey('Software\\Microsoft\\Office\\16.0\\Common\\Identity'),
  accounts: oneDriveAccounts,
  oneDrive: findOneDrive,
  survey: ({ files }) => files.survey('C:\\Users\\ada\\OneDrive - Contoso', 1_000),
  openOne: ({ files }) => files.openOne('C:\\Users\\ada\\OneDrive - Contoso'),
  processes: ({ processes }) => processes.running('OneDrive.exe'),
  adapters: (machine) => machine.adapters(),
  addresses: (machine) => machine.addresses(),
  nameServers: (machine) => machine.nameServers(),
  route: (machine) => machine.route('login.microsoftonline.com'),
  signIn: (machine) => machine.signInWorks(),
  startedAt: async (machine) => {
    // A time that is none would spread from here.
    ok(!Number.isNaN((await machine.startedAt()).getTime()));
  },
};

async function looksAreAnswered(machine: Machine): Promise<void> {
  for (const [name, look] of Object.entries(looks)) {
    await look(machine).catch((error: unknown) => {
      const { kind, detail } = toProblem(error);
      ok(kind !== 'internal', `${name}: ${detail}`);
    });
  }
}

async function judge(bytes: Uint8Array, { folder, count }: Ground): Promise<void> {
  const file = join(folder, 'pc.json');
  writeFileSync(file, bytes);
  const pc = read(file);
  if (!pc) return count('refused');
  // Its folder may be anywhere on the disk, and its faults may hang: those are what they say.
  const { stateFolder, ...plain } = { ...pc, faults: [] };
  writeFileSync(file, JSON.stringify(plain));
  deepStrictEqual(readSimulatedPc(file), plain);
  await looksAreAnswered(await createSimulatedMachine(file));
  rmSync(`${file}.state`, { recursive: true });
  count(stateFolder === undefined ? 'read' : 'read, with a folder of its own');
}

export const pcsTarget = target({ name: 'pcs', batch: 500, input, judge });
