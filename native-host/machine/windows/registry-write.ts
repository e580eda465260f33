/** Writing to the registry, in HKCU alone. */
import { ProblemError } from '../../../common/problem.ts';
import type { Registry, StoredKey, StoredValue } from '../machine.ts';
import { declare, type Pointer, WIN32, win32Problem } from './native.ts';
import { KEY_WOW64_64KEY, keyFunctions, roots, withKey } from './registry-key.ts';

/** https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-key-security-and-access-rights */
const KEY_SET_VALUE = 0x0002;
const KEY_CREATE_SUB_KEY = 0x0004;
/** DELETE | KEY_QUERY_VALUE | KEY_SET_VALUE | KEY_ENUMERATE_SUB_KEYS, as RegDeleteTreeW asks. */
const KEY_EMPTY = 0x10000 | 0x0001 | KEY_SET_VALUE | 0x0008;

type Create = (
  root: Pointer,
  key: string,
  reserved: number,
  className: null,
  options: number,
  access: number,
  security: null,
  created: Pointer[],
  disposition: null,
) => number;
type SetValue = (
  key: Pointer,
  name: string,
  reserved: number,
  type: number,
  data: Buffer,
  size: number,
) => number;

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regcreatekeyexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regsetvalueexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regdeletetreew
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regdeletekeyexw
 * https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regdeletevaluew
 */
const functions = declare((koffi) => {
  const advapi32 = koffi.load('advapi32.dll');
  const func = (name: string, parameters: Parameters<typeof advapi32.func>[3]) =>
    advapi32.func('__stdcall', name, 'int32', parameters);
  const named = ['void *', 'str16', 'uint32'];
  const created = koffi.out(koffi.pointer('void *'));
  const create: Create = func('RegCreateKeyExW', [
    ...named,
    ...['void *', 'uint32', 'uint32', 'void *'],
    created,
    'void *',
  ]);
  const set: SetValue = func('RegSetValueExW', [...named, 'uint32', koffi.pointer('void'), 'uint32']);
  const empty: (key: Pointer, below: null) => number = func('RegDeleteTreeW', ['void *', 'void *']);
  const removeKey: (root: Pointer, key: string, view: number, reserved: number) => number = func(
    'RegDeleteKeyExW',
    [...named, 'uint32'],
  );
  const removeValue: (key: Pointer, name: string) => number = func('RegDeleteValueW', ['void *', 'str16']);
  return { create, set, empty, removeKey, removeValue };
});

type Functions = Awaited<ReturnType<typeof functions>> & Awaited<ReturnType<typeof keyFunctions>>;

async function allFunctions(): Promise<Functions> {
  const [write, read] = await Promise.all([functions(), keyFunctions()]);
  return { ...write, ...read };
}

function check(api: string, code: number): void {
  if (code !== WIN32.SUCCESS) throw win32Problem(api, code);
}

/** A path of two names at least: no call may ever mean the whole hive or one of its first keys. */
function own(key: string): string {
  if (/^[^\\\0]+(\\[^\\\0]+)+$/.test(key)) return key;
  throw new ProblemError('internal', 'not the path of a key below another');
}

/** Fails for a copy whose names would reach elsewhere, or be cut short, before anything is written. */
function checkNames({ values, keys }: { values: readonly { name: string }[]; keys: StoredKey[] }): void {
  const right =
    values.every(({ name }) => !name.includes('\0')) &&
    keys.every(({ name }) => name !== '' && !/[\\\0]/.test(name));
  if (!right) throw new ProblemError('backup-unreadable', 'a name that no key or value can have');
  for (const key of keys) checkNames(key);
}

function createKey<T>(api: Functions, root: Pointer, key: string, use: (key: Pointer) => T): T {
  const created: Pointer[] = [null];
  const access = KEY_SET_VALUE | KEY_CREATE_SUB_KEY | KEY_WOW64_64KEY;
  check('RegCreateKeyExW', api.create(root, key, 0, null, 0, access, null, created, null));
  const [handle = null] = created;
  try {
    return use(handle);
  } finally {
    api.close(handle);
  }
}

/**
 * Windows adds a NUL to a string that has none, but only where one happens to follow in memory: so what follows
 * is no NUL.
 */
function setValue(api: Functions, key: Pointer, { name, type, data }: StoredValue): void {
  const bytes = Buffer.from(data, 'base64');
  const guarded = Buffer.concat([bytes, Buffer.alloc(4, 0xff)]);
  check('RegSetValueExW', api.set(key, name, 0, type, guarded, bytes.length));
}

function writeBelow(api: Functions, root: Pointer, key: string, { values, keys }: StoredKey): void {
  createKey(api, root, key, (handle) => {
    for (const value of values) setValue(api, handle, value);
    for (const below of keys) writeBelow(api, handle, below.name, below);
  });
}

type Writing = Pick<Registry, 'writeKey' | 'removeKey' | 'writeValue' | 'removeValue'>;

export const registryWrite: Writing = {
  async writeKey(key, copy) {
    checkNames(copy);
    writeBelow(await allFunctions(), roots.HKCU, own(key), copy);
  },

  async removeKey(key) {
    const api = await allFunctions();
    const empty = (handle: Pointer) => {
      check('RegDeleteTreeW', api.empty(handle, null));
      return true;
    };
    if (!withKey(api, roots.HKCU, own(key), empty, KEY_EMPTY)) return false;
    check('RegDeleteKeyExW', api.removeKey(roots.HKCU, key, KEY_WOW64_64KEY, 0));
    return true;
  },

  async writeValue(key, value) {
    checkNames({ values: [value], keys: [] });
    const api = await allFunctions();
    createKey(api, roots.HKCU, own(key), (handle) => setValue(api, handle, value));
  },

  async removeValue(key, name) {
    checkNames({ values: [{ name }], keys: [] });
    const api = await allFunctions();
    const remove = (handle: Pointer) => {
      const code = api.removeValue(handle, name);
      if (code === WIN32.FILE_NOT_FOUND) return false;
      check('RegDeleteValueW', code);
      return true;
    };
    return withKey(api, roots.HKCU, own(key), remove, KEY_SET_VALUE) ?? false;
  },
};
