/** How this folder reaches Windows: koffi, loaded when an API is first needed and not a moment earlier. */
import { ProblemError, type ProblemKind } from '../../../common/problem.ts';

export type Koffi = typeof import('koffi')['default'];

/** A pointer as koffi 3 gives it; NULL is null. */
export type Pointer = bigint | null;

/** Memory that a native call may read: a buffer of ours, or a pointer that Windows gave us. */
export interface NativeBytes {
  pointer: Buffer | bigint;
  length: number;
}

/** Declares native functions once, at first use. Loading koffi costs more than the host's whole start. */
export function declare<T>(make: (koffi: Koffi) => T): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= import('koffi').then((module) => make(module.default));
    return made;
  };
}

/** The system error codes that mean something here. https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes */
export const WIN32 = {
  SUCCESS: 0,
  FILE_NOT_FOUND: 2,
  PATH_NOT_FOUND: 3,
  ACCESS_DENIED: 5,
  NOT_SAME_DEVICE: 17,
  NO_MORE_FILES: 18,
  SHARING_VIOLATION: 32,
  LOCK_VIOLATION: 33,
  FILE_EXISTS: 80,
  BUFFER_OVERFLOW: 111,
  DISK_FULL: 112,
  INVALID_NAME: 123,
  ALREADY_EXISTS: 183,
  NO_DATA: 232,
  MORE_DATA: 234,
  NO_MORE_ITEMS: 259,
  DIRECTORY: 267,
  INVALID_FLAGS: 1004,
  NOT_FOUND: 1168,
} as const;

/** The problem that a failed API call is; the detail says which call and which number. */
export function win32Problem(api: string, code: number, kind?: ProblemKind): ProblemError {
  const kinds = new Map<number, ProblemKind>([
    [WIN32.ACCESS_DENIED, 'access-denied'],
    [WIN32.DISK_FULL, 'disk-full'],
    [WIN32.SHARING_VIOLATION, 'file-in-use'],
    [WIN32.LOCK_VIOLATION, 'file-in-use'],
  ]);
  return new ProblemError(kind ?? kinds.get(code) ?? 'internal', `${api} failed with Win32 error ${code}`);
}

/** Memory of Windows as a buffer, without a copy: gone as soon as Windows frees it. */
export function viewOf(koffi: Koffi, pointer: Pointer, length: number): Buffer {
  if (pointer === null || length === 0) return Buffer.alloc(0);
  return Buffer.from(koffi.view(pointer, length));
}
