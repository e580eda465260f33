/** The registry, read only, always its 64-bit view. */
import type { Hive, Registry, RegistryValue } from '../machine.ts';
import { declare, type Pointer, WIN32, win32Problem } from './native.ts';

/** Predefined keys are 32-bit numbers extended with their sign. https://learn.microsoft.com/en-us/windows/win32/sysinfo/predefined-keys */
const roots: Record<Hive, bigint> = { HKCU: 0xffffffff_80000001n, HKLM: 0xffffffff_80000002n };

/** KEY_READ | KEY_WOW64_64KEY. https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-key-security-and-access-rights */
const ACCESS = 0x20019 | 0x0100;
const REG_SZ = 1;
const REG_EXPAND_SZ = 2;
const REG_DWORD = 4;
/** A key's name has at most 255 characters. https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-element-size-limits */
const KEY_NAME_LENGTH = 256;

type Open = (root: bigint, key: string, options: number, access: number, opened: Pointer[]) => number;
type Query = (
  key: Pointer,
  name: string,
  reserved: null,
  type: number[],
  data: Buffer,
  size: number[],
) => number;
type Enumerate = (
  key: Pointer,
  index: number,
  name: Buffer,
  length: number[],
  reserved: null,
  className: null,
  classLength: null,
  lastWritten: null,
) => number;

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regopenkeyexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regqueryvalueexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regenumkeyexw
 */
const functions = declare((koffi) => {
  const advapi32 = koffi.load('advapi32.dll');
  const key = 'void *';
  const size = koffi.inout(koffi.pointer('uint32'));
  const number = koffi.out(koffi.pointer('uint32'));
  const pointer = koffi.out(koffi.pointer('void *'));
  const data = koffi.out(koffi.pointer('void'));
  const open: Open = advapi32.func('__stdcall', 'RegOpenKeyExW', 'int32', [
    key,
    'str16',
    'uint32',
    'uint32',
    pointer,
  ]);
  const query: Query = advapi32.func('__stdcall', 'RegQueryValueExW', 'int32', [
    key,
    'str16',
    'void *',
    number,
    data,
    size,
  ]);
  const enumerate: Enumerate = advapi32.func('__stdcall', 'RegEnumKeyExW', 'int32', [
    key,
    'uint32',
    data,
    size,
    'void *',
    'void *',
    'void *',
    'void *',
  ]);
  const close: (key: Pointer) => number = advapi32.func('__stdcall', 'RegCloseKey', 'int32', [key]);
  return { open, query, enumerate, close };
});

type Functions = Awaited<ReturnType<typeof functions>>;

/** Opens a key for `use`; undefined when it is not there. */
function withKey<T>(api: Functions, hive: Hive, key: string, use: (key: Pointer) => T): T | undefined {
  const opened: Pointer[] = [null];
  const code = api.open(roots[hive], key, 0, ACCESS, opened);
  if (code === WIN32.FILE_NOT_FOUND || code === WIN32.PATH_NOT_FOUND) return undefined;
  if (code !== WIN32.SUCCESS) throw win32Problem('RegOpenKeyExW', code);
  const [handle = null] = opened;
  try {
    return use(handle);
  } finally {
    api.close(handle);
  }
}

function query(api: Functions, key: Pointer, name: string): RegistryValue | undefined {
  // The value may grow between two calls, so ask until it fits.
  for (let room = 1024; ; ) {
    const data = Buffer.alloc(room);
    const type = [0];
    const size = [room];
    const code = api.query(key, name, null, type, data, size);
    const [length = 0] = size;
    if (code === WIN32.SUCCESS) return toValue(type[0] ?? 0, data.subarray(0, length));
    if (code === WIN32.FILE_NOT_FOUND) return undefined;
    if (code !== WIN32.MORE_DATA) throw win32Problem('RegQueryValueExW', code);
    room = Math.max(length, room * 2);
  }
}

function toValue(type: number, data: Buffer): RegistryValue {
  if (type === REG_DWORD && data.length === 4) return { type: 'REG_DWORD', value: data.readUInt32LE() };
  if (type !== REG_SZ && type !== REG_EXPAND_SZ) return { type: 'other', value: null };
  // A string may be stored without its NUL, or with more behind it.
  const [value = ''] = data.toString('utf16le').split('\0', 1);
  return { type: type === REG_SZ ? 'REG_SZ' : 'REG_EXPAND_SZ', value };
}

function subkeys(api: Functions, key: Pointer): string[] {
  const names: string[] = [];
  for (let index = 0; ; index += 1) {
    const name = Buffer.alloc(KEY_NAME_LENGTH * 2);
    const length = [KEY_NAME_LENGTH];
    const code = api.enumerate(key, index, name, length, null, null, null, null);
    if (code === WIN32.NO_MORE_ITEMS) return names;
    if (code !== WIN32.SUCCESS) throw win32Problem('RegEnumKeyExW', code);
    names.push(name.toString('utf16le', 0, (length[0] ?? 0) * 2));
  }
}

/** A REG_EXPAND_SZ is given raw, its `%NAMES%` not expanded: what is stored is what is compared and shown. */
export const registry: Registry = {
  async read(hive, key, name) {
    const api = await functions();
    return withKey(api, hive, key, (handle) => query(api, handle, name));
  },
  async keys(hive, key) {
    const api = await functions();
    return withKey(api, hive, key, (handle) => subkeys(api, handle)) ?? [];
  },
};
