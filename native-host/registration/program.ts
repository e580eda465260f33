/** The program that a manifest names: where it is, and whether it is one. */
import { access, constants, open, stat } from 'node:fs/promises';
import { dirname, extname, isAbsolute, resolve } from 'node:path';
import { codeOf } from './whole-file.ts';

/**
 * Its absolute path. On Windows the one in the manifest may be as seen from there; elsewhere such a one is not found
 * (https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging): undefined.
 */
export function programPath(path: string, manifest: string): string | undefined {
  if (isAbsolute(path)) return path;
  return process.platform === 'win32' ? resolve(dirname(manifest), path) : undefined;
}

export type ProgramIs =
  | 'program'
  | 'missing'
  | 'no-program'
  /** It may not be read: so it is where a virus scanner holds it. */
  | 'refused';

/** Never fails. */
export async function judgeProgram(path: string): Promise<ProgramIs> {
  try {
    if (!(await stat(path)).isFile()) return 'no-program';
    return (await isProgram(path)) ? 'program' : 'no-program';
  } catch (error) {
    const code = codeOf(error);
    if (['ENOENT', 'ENOTDIR'].includes(code)) return 'missing';
    return 'refused';
  }
}

async function isProgram(path: string): Promise<boolean> {
  if (process.platform === 'win32') return isWindowsProgram(path);
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Every program of Windows begins so. https://learn.microsoft.com/windows/win32/debug/pe-format#ms-dos-stub-image-only */
const MARK = 'MZ';

async function isWindowsProgram(path: string): Promise<boolean> {
  if (['.cmd', '.bat'].includes(extname(path).toLowerCase())) return true;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MARK.length), 0, MARK.length, 0);
    return buffer.toString('latin1', 0, bytesRead) === MARK;
  } finally {
    await file.close();
  }
}
