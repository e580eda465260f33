/**
 * A PC that is a JSON file, so that every flow can be tried on any system. Docs: docs/SIMULATED.md. The file is
 * read afresh at each operation: what a person, a test or a second process changes is seen at once.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import type { Machine } from '../machine.ts';
import { accessTo } from './access.ts';
import { simulatedCredentials } from './credentials.ts';
import { simulatedFiles } from './files.ts';
import { routeOf, windowsAnswerOf } from './network.ts';
import { readSimulatedPc } from './pc-file.ts';
import { simulatedProcesses } from './processes.ts';
import { simulatedRegistry } from './registry.ts';
import type { SimulatedPc } from './schema.ts';
import { signInVerdict } from './verdict.ts';

export { changeSimulatedPc, readSimulatedPc } from './pc-file.ts';
export { ensureSamplePc, samplePc } from './sample.ts';
export { type Cause, type SimulatedPc, type SimulatedPcInput, SimulatedPcSchema } from './schema.ts';
export { signInVerdict } from './verdict.ts';

/** Nine hours. */
const USUAL_DAY = 9 * 3_600_000;

/** Makes the folder that backups go to, for this user's eyes only. */
function privateFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // An older folder may have been made by other hands, with other rights.
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new ProblemError('access-denied', `${folder}: ${(error as Error).message}`);
  }
  return folder;
}

/** A PC that says nothing of it was started this morning. */
function startOf({ startedAt }: SimulatedPc): Date {
  return startedAt === undefined ? new Date(Date.now() - USUAL_DAY) : new Date(startedAt);
}

/** The PC in this file. Fails with `machine-unreadable` when the file is not one. */
export async function createSimulatedMachine(file: string): Promise<Machine> {
  const path = resolve(file);
  const { folders, stateFolder } = readSimulatedPc(path);
  const access = accessTo(path);

  return {
    kind: 'simulated',
    credentials: simulatedCredentials(access),
    registry: simulatedRegistry(access),
    processes: simulatedProcesses(access),
    files: simulatedFiles(access),
    folders,
    stateFolder: privateFolder(resolve(dirname(path), stateFolder ?? `${path}.state`)),

    windowsRequest: (host, limit) =>
      access.look('windowsRequest', host, (pc) => windowsAnswerOf(pc, host), limit),
    detectProxyScript: (limit) => access.look('detectProxyScript', '', ({ network }) => network.wpad, limit),
    nameServers: () => access.look('nameServers', '', (pc) => [...pc.nameServers]),
    addresses: () => access.look('addresses', '', (pc) => [...pc.addresses]),
    adapters: () =>
      access.look('adapters', '', ({ adapters }) =>
        adapters.map(({ mtu, ...adapter }) => ({ ...adapter, mtu })),
      ),
    startedAt: () => access.look('startedAt', '', startOf),
    reportEvent: (event) =>
      access.act('reportEvent', String(event.id), ({ events }) => void events.push(event)),
    route: (host) => access.look('route', host, (pc) => routeOf(pc, host)),
    signInWorks: () => access.look('signInWorks', '', signInVerdict),
  };
}
