/** Open keys of the registry and what can be read of them, always in the 64-bit view. */
import type { Hive } from '../machine.ts';
import { declare, type Pointer, WIN32, win32Problem } from './native.ts';

/** Predefined keys are 32-bit numbers extended with their sign. https://learn.microsoft.com/en-us/windows/win32/sysinfo/predefined-keys */
export const roots: Record<Hive, bigint> = { HKCU: 0xffffffff_80000001n, HKLM: 0xffffffff_80000002n };

/** https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-key-security-and-access-rights */
export const KEY_WOW64_64KEY = 0x0100;
const KEY_READ = 0x20019;
/** A key's name has at most 255 characters, a value's 16,383. https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-element-size-limits */
const KEY_NAME_LENGTH = 256;
const VALUE_NAME_LENGTH = 16_384;
const FIRST_ROOM = 1024;

/** A value as it is stored. */
export interface RawValue {
  name: string;
  type: number;
  data: Buffer;
}

type Open = (root: Pointer, key: string, options: number, access: number, opened: Pointer[]) => number;
type Query = (
  key: Pointer,
  name: string,
  reserved: null,
  type: number[],
  data: Buffer,
  size: number[],
) => number;
type EnumerateKeys = (
  key: Pointer,
  index: number,
  name: Buffer,
  length: number[],
  reserved: null,
  className: null,
  classLength: null,
  lastWritten: null,
) => number;
type EnumerateValues = (
  key: Pointer,
  index: number,
  name: Buffer,
  length: number[],
  reserved: null,
  type: number[],
  data: Buffer,
  size: number[],
) => number;

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regopenkeyexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regqueryvalueexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regenumkeyexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regenumvaluew
 */
export const keyFunctions = declare((koffi) => {
  const advapi32 = koffi.load('advapi32.dll');
  const size = koffi.inout(koffi.pointer('uint32'));
  const number = koffi.out(koffi.pointer('uint32'));
  const pointer = koffi.out(koffi.pointer('void *'));
  const data = koffi.out(koffi.pointer('void'));
  const func = (name: string, parameters: Parameters<typeof advapi32.func>[3]) =>
    advapi32.func('__stdcall', name, 'int32', parameters);
  const open: Open = func('RegOpenKeyExW', ['void *', 'str16', 'uint32', 'uint32', pointer]);
  const query: Query = func('RegQueryValueExW', ['void *', 'str16', 'void *', number, data, size]);
  const named = ['void *', 'uint32', data, size, 'void *'];
  const keys: EnumerateKeys = func('RegEnumKeyExW', [...named, 'void *', 'void *', 'void *']);
  const values: EnumerateValues = func('RegEnumValueW', [...named, number, data, size]);
  const close: (key: Pointer) => number = func('RegCloseKey', ['void *']);
  return { open, query, keys, values, close };
});

export type KeyFunctions = Awaited<ReturnType<typeof keyFunctions>>;

const absent: readonly number[] = [WIN32.FILE_NOT_FOUND, WIN32.PATH_NOT_FOUND];

/** Opens a key below another for `use`; undefined when it is not there. */
export function withKey<T>(
  api: KeyFunctions,
  root: Pointer,
  key: string,
  use: (key: Pointer) => T,
  access = KEY_READ,
): T | undefined {
  const opened: Pointer[] = [null];
  const code = api.open(root, key, 0, access | KEY_WOW64_64KEY, opened);
  if (absent.includes(code)) return undefined;
  if (code !== WIN32.SUCCESS) throw win32Problem('RegOpenKeyExW', code);
  const [handle = null] = opened;
  try {
    return use(handle);
  } finally {
    api.close(handle);
  }
}

/** A value by its name; undefined when it is not there. */
export function queryValue(api: KeyFunctions, key: Pointer, name: string): RawValue | undefined {
  // The value may grow between two calls, so ask until it fits.
  for (let room = FIRST_ROOM; ; ) {
    const data = Buffer.alloc(room);
    const type = [0];
    const size = [room];
    const code = api.query(key, name, null, type, data, size);
    const [length = 0] = size;
    if (code === WIN32.SUCCESS) return { name, type: type[0] ?? 0, data: data.subarray(0, length) };
    if (code === WIN32.FILE_NOT_FOUND) return undefined;
    if (code !== WIN32.MORE_DATA) throw win32Problem('RegQueryValueExW', code);
    room = Math.max(length, room * 2);
  }
}

const text = (buffer: Buffer, [length = 0]: number[]) => buffer.toString('utf16le', 0, length * 2);

/** The names of the keys directly below. */
export function subkeys(api: KeyFunctions, key: Pointer): string[] {
  const names: string[] = [];
  const name = Buffer.alloc(KEY_NAME_LENGTH * 2);
  for (;;) {
    const length = [KEY_NAME_LENGTH];
    const code = api.keys(key, names.length, name, length, null, null, null, null);
    if (code === WIN32.NO_MORE_ITEMS) return names;
    if (code !== WIN32.SUCCESS) throw win32Problem('RegEnumKeyExW', code);
    names.push(text(name, length));
  }
}

/** All values of a key, its default value with an empty name. */
export function allValues(api: KeyFunctions, key: Pointer): RawValue[] {
  const found: RawValue[] = [];
  const name = Buffer.alloc(VALUE_NAME_LENGTH * 2);
  let data = Buffer.alloc(FIRST_ROOM);
  for (;;) {
    const length = [VALUE_NAME_LENGTH];
    const type = [0];
    const size = [data.length];
    const code = api.values(key, found.length, name, length, null, type, data, size);
    if (code === WIN32.NO_MORE_ITEMS) return found;
    if (code === WIN32.MORE_DATA) {
      data = Buffer.alloc(Math.max(size[0] ?? 0, data.length * 2));
      continue;
    }
    if (code !== WIN32.SUCCESS) throw win32Problem('RegEnumValueW', code);
    const bytes = Buffer.copyBytesFrom(data, 0, size[0] ?? 0);
    found.push({ name: text(name, length), type: type[0] ?? 0, data: bytes });
  }
}
