/** A PC whose credentials are in memory and cost nothing: what is left is the host's own time. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialEntry, Credentials, Machine } from '../../native-host/machine/machine.ts';
import { createSimulatedMachine } from '../../native-host/machine/simulated/index.ts';
import { removable } from './purge-time.ts';

function credentialsInMemory(targets: readonly string[]): Credentials {
  const lastWritten = '2026-01-01T00:00:00.000Z';
  const entry = (target: string): CredentialEntry => ({ target, type: 'generic', user: 'ada', lastWritten });
  const stored = new Set(targets);
  const secret = Buffer.alloc(600, 7).toString('base64');
  const rest = { comment: '', targetAlias: '', flags: 0, persist: 2, attributes: [], secret };
  return {
    list: async () => [...stored].map(entry),
    has: async (target) => stored.has(target),
    protect: async (target) =>
      stored.has(target) ? { ...entry(target), ...rest, type: 'generic' } : undefined,
    readable: async () => true,
    same: async ({ target }) => stored.has(target),
    restore: async ({ target }) => void stored.add(target),
    remove: async (target) => stored.delete(target),
  };
}

/** A PC with so many entries that a purge removes, and as many others. Its journals are real files in this folder. */
export async function memoryPc(folder: string, count: number): Promise<Machine> {
  const file = join(folder, 'pc.json');
  await writeFile(file, '{}');
  const targets = removable(count).flatMap((target) => [`git:${target}`, target]);
  return { ...(await createSimulatedMachine(file)), credentials: credentialsInMemory(targets) };
}
