/** Where Windows keeps things for this user, from the environment that Windows gives every process. */
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import type { Folders } from '../machine.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function required(environment: Environment, ...names: string[]): string {
  for (const name of names) {
    const value = environment[name];
    if (value) return value;
  }
  throw new ProblemError('machine-unreadable', `the environment has no ${names.join(', no ')}`);
}

/**
 * `ProgramW6432` is the 64-bit folder in any process; `ProgramFiles` is the 32-bit one in a 32-bit process.
 * https://learn.microsoft.com/en-us/windows/win32/winprog64/wow64-implementation-details#environment-variables
 */
export function foldersOf(environment: Environment): Folders {
  return {
    localAppData: required(environment, 'LOCALAPPDATA'),
    programFiles: required(environment, 'ProgramW6432', 'ProgramFiles'),
    programFilesX86: required(environment, 'ProgramFiles(x86)', 'ProgramFiles'),
    system: win32.join(required(environment, 'SystemRoot', 'windir'), 'System32'),
  };
}

/** Journals and backups. `SIGNIN_RESCUE_STATE` puts them elsewhere, for tests. */
export function stateFolderOf(environment: Environment): string {
  return (
    environment.SIGNIN_RESCUE_STATE || win32.join(required(environment, 'LOCALAPPDATA'), 'Signin Rescue')
  );
}
