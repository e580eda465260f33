/** Moving a file or folder by one rename: whole, at once, never over something, never to another volume. */
import { win32 } from 'node:path';
import { declare, type Pointer, WIN32 } from './native.ts';

const INVALID_HANDLE = 0xffffffff_ffffffffn;
const DELETE = 0x1_0000;
/** FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE: asks for what nobody needs to give up. */
const SHARE_ALL = 0x7;
const OPEN_EXISTING = 3;
/** FILE_FLAG_BACKUP_SEMANTICS, without which no folder opens, and FILE_FLAG_OPEN_REPARSE_POINT. */
const FLAGS = 0x0200_0000 | 0x0020_0000;

type Create = (
  path: string,
  access: number,
  share: number,
  security: null,
  disposition: number,
  flags: number,
  template: null,
) => Pointer;

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/winbase/nf-winbase-movefileexw
 * https://learn.microsoft.com/en-us/windows/win32/api/fileapi/nf-fileapi-createfilew
 */
const functions = declare((koffi) => {
  const kernel32 = koffi.load('kernel32.dll');
  const rename: (from: string, to: string, flags: number) => boolean = kernel32.func(
    '__stdcall',
    'MoveFileExW',
    'bool',
    ['str16', 'str16', 'uint32'],
  );
  const parameters = ['str16', 'uint32', 'uint32', 'void *', 'uint32', 'uint32', 'void *'];
  const create: Create = kernel32.func('__stdcall', 'CreateFileW', 'void *', parameters);
  const close: (handle: Pointer) => boolean = kernel32.func('__stdcall', 'CloseHandle', 'bool', ['void *']);
  const lastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return { rename, create, close, lastError };
});

/** Renames; gives the Win32 error code, 0 when it is done. */
export async function move(from: string, to: string): Promise<number> {
  const api = await functions();
  const done = api.rename(win32.toNamespacedPath(from), win32.toNamespacedPath(to), 0);
  return done ? WIN32.SUCCESS : api.lastError();
}

/**
 * Whether a refused rename was refused because of a program that has the thing, or something in it, open: Windows
 * says ERROR_ACCESS_DENIED for a folder with open files as it does for missing rights, but with rights enough the
 * folder itself still opens for renaming.
 */
export async function isInUse(path: string): Promise<boolean> {
  const api = await functions();
  const long = win32.toNamespacedPath(path);
  const handle = api.create(long, DELETE, SHARE_ALL, null, OPEN_EXISTING, FLAGS, null);
  if (handle === INVALID_HANDLE) return api.lastError() === WIN32.SHARING_VIOLATION;
  api.close(handle);
  return true;
}
