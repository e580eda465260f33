/** Folders as Windows lists them, with attributes and reparse tags, which Node does not give. */
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import type { Entry } from './cloud-files.ts';
import { declare, type Koffi, type Pointer, WIN32, win32Problem } from './native.ts';

export interface ListedEntry extends Entry {
  /** Nothing is in it; says nothing of folders. */
  hollow: boolean;
}

const INVALID_HANDLE = 0xffffffff_ffffffffn;
/** FindExInfoBasic: without the short 8.3 names. */
const BASIC = 1;
const LARGE_FETCH = 2;
/** https://learn.microsoft.com/en-us/windows/win32/api/minwinbase/ns-minwinbase-win32_find_dataw */
const FIND_DATA = { length: 592, sizeHigh: 28, sizeLow: 32, tag: 36, name: 44, nameEnd: 44 + 260 * 2 };
const PHCM_EXPOSE_PLACEHOLDERS = 2;

const absent: readonly number[] = [
  WIN32.FILE_NOT_FOUND,
  WIN32.PATH_NOT_FOUND,
  WIN32.INVALID_NAME,
  WIN32.DIRECTORY,
];

type FindFirst = (
  pattern: string,
  level: number,
  data: Buffer,
  search: number,
  filter: null,
  flags: number,
) => Pointer;

/** Windows 10 has it from version 1709 on, Wine has it not. */
function declareMode(koffi: Koffi): (mode: number) => number {
  const ntdll = koffi.load('ntdll.dll');
  try {
    return ntdll.func('__stdcall', 'RtlSetThreadPlaceholderCompatibilityMode', 'int8', ['int8']);
  } catch {
    return () => -1;
  }
}

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/fileapi/nf-fileapi-findfirstfileexw
 * https://learn.microsoft.com/en-us/windows/win32/api/fileapi/nf-fileapi-findnextfilew
 * https://learn.microsoft.com/en-us/windows-hardware/drivers/ddi/ntifs/nf-ntifs-rtlsetthreadplaceholdercompatibilitymode
 */
const functions = declare((koffi) => {
  const kernel32 = koffi.load('kernel32.dll');
  const data = koffi.out(koffi.pointer('void'));
  const parameters = ['str16', 'int32', data, 'int32', 'void *', 'uint32'];
  const first: FindFirst = kernel32.func('__stdcall', 'FindFirstFileExW', 'void *', parameters);
  const next: (search: Pointer, data: Buffer) => boolean = kernel32.func(
    '__stdcall',
    'FindNextFileW',
    'bool',
    ['void *', data],
  );
  const close: (search: Pointer) => boolean = kernel32.func('__stdcall', 'FindClose', 'bool', ['void *']);
  const lastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return { first, next, close, lastError, setMode: declareMode(koffi) };
});

type Functions = Awaited<ReturnType<typeof functions>>;

/**
 * Shows OneDrive's placeholders for what they are: to programs outside Windows' own folder they look like common
 * files. https://learn.microsoft.com/en-us/windows/win32/cfapi/build-a-cloud-file-sync-engine#compatibility-with-applications-that-use-reparse-points
 */
function exposed<T>(api: Functions, look: () => T): T {
  const before = api.setMode(PHCM_EXPOSE_PLACEHOLDERS);
  try {
    return look();
  } finally {
    if (before >= 0) api.setMode(before);
  }
}

function read(data: Buffer): ListedEntry {
  const [name = ''] = data.toString('utf16le', FIND_DATA.name, FIND_DATA.nameEnd).split('\0', 1);
  const hollow = data.readUInt32LE(FIND_DATA.sizeLow) === 0 && data.readUInt32LE(FIND_DATA.sizeHigh) === 0;
  return { name, attributes: data.readUInt32LE(), tag: data.readUInt32LE(FIND_DATA.tag), hollow };
}

/** What fits a pattern, `most` entries at most; undefined where its folder is not there. */
function find(api: Functions, pattern: string, most: number): ListedEntry[] | undefined {
  const data = Buffer.alloc(FIND_DATA.length);
  const search = api.first(pattern, BASIC, data, 0, null, LARGE_FETCH);
  if (search === INVALID_HANDLE) {
    const code = api.lastError();
    if (absent.includes(code)) return undefined;
    throw win32Problem('FindFirstFileExW', code);
  }
  const entries: ListedEntry[] = [];
  try {
    do {
      const entry = read(data);
      if (entry.name !== '.' && entry.name !== '..') entries.push(entry);
      if (entries.length >= most) return entries;
    } while (api.next(search, data));
    const code = api.lastError();
    if (code !== WIN32.NO_MORE_FILES) throw win32Problem('FindNextFileW', code);
    return entries;
  } finally {
    api.close(search);
  }
}

/**
 * A path in the form that has no limit of length, without a backslash at its end. Undefined for one with a
 * wildcard, which no file has in its name. Fails for a path that is not absolute.
 */
function longForm(path: string): string | undefined {
  if (!win32.isAbsolute(path)) throw new ProblemError('internal', 'not an absolute path');
  const long = win32.toNamespacedPath(path).replace(/\\+$/, '');
  return /[*?"<>|\0]/.test(long.slice(4)) ? undefined : long;
}

/** The entry at a path; undefined when nothing is there. Never follows a link, opens nothing. */
export async function entryAt(path: string): Promise<ListedEntry | undefined> {
  const api = await functions();
  const long = longForm(path);
  return long === undefined ? undefined : exposed(api, () => find(api, long, 1)?.[0]);
}

/** What is in a folder, `most` entries at most; undefined when the folder is not there. */
export async function entriesOf(
  folder: string,
  most = Number.POSITIVE_INFINITY,
): Promise<ListedEntry[] | undefined> {
  const api = await functions();
  const long = longForm(folder);
  return long === undefined ? undefined : exposed(api, () => find(api, `${long}\\*`, most));
}
