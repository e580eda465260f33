/** The real PC. */
import { stat } from 'node:fs/promises';
import { ProblemError } from '../../../common/problem.ts';
import type { Machine } from '../machine.ts';
import { createCredentials } from './credentials.ts';
import { foldersOf, stateFolderOf } from './folders.ts';
import { processes } from './processes.ts';
import { registry } from './registry.ts';

const absent = new Set(['ENOENT', 'ENOTDIR']);
const refused = new Set(['EACCES', 'EPERM']);

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (absent.has(code)) return false;
    throw new ProblemError(refused.has(code) ? 'access-denied' : 'internal', `stat failed: ${code}`);
  }
}

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
