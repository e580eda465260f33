/** The real PC. */
import type { Machine } from '../machine.ts';
import { createCredentials } from './credentials.ts';
import { exists } from './files.ts';
import { foldersOf, stateFolderOf } from './folders.ts';
import { processes } from './processes.ts';
import { registry } from './registry.ts';

export async function createWindowsMachine(): Promise<Machine> {
  return {
    kind: 'windows',
    credentials: createCredentials(),
    registry,
    processes,
    folders: foldersOf(process.env),
    stateFolder: stateFolderOf(process.env),
    exists,
    route: async () => ({ kind: 'direct' }),
    signInWorks: async () => 'unknown',
  };
}
