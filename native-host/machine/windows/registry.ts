/** The registry: values to read and judge, and with the files beside it copied and written. */
import type { Registry, RegistryValue } from '../machine.ts';
import { registryCopy } from './registry-copy.ts';
import {
  allValues,
  keyFunctions,
  queryValue,
  type RawValue,
  roots,
  subkeys,
  withKey,
} from './registry-key.ts';
import { registryWrite } from './registry-write.ts';

/** https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-value-types */
const REG_SZ = 1;
const REG_EXPAND_SZ = 2;
const REG_BINARY = 3;
const REG_DWORD = 4;

function toValue({ type, data }: RawValue): RegistryValue {
  if (type === REG_DWORD && data.length === 4) return { type: 'REG_DWORD', value: data.readUInt32LE() };
  if (type === REG_BINARY) return { type: 'REG_BINARY', value: data.toString('base64') };
  if (type !== REG_SZ && type !== REG_EXPAND_SZ) return { type: 'other', value: null };
  // A string may be stored without its NUL, or with more behind it.
  const [value = ''] = data.toString('utf16le').split('\0', 1);
  return { type: type === REG_SZ ? 'REG_SZ' : 'REG_EXPAND_SZ', value };
}

/** A REG_EXPAND_SZ is given raw, its `%NAMES%` not expanded: what is stored is what is compared and shown. */
export const registry: Registry = {
  async read(hive, key, name) {
    const api = await keyFunctions();
    const value = withKey(api, roots[hive], key, (handle) => queryValue(api, handle, name));
    return value && toValue(value);
  },

  async keys(hive, key) {
    const api = await keyFunctions();
    return withKey(api, roots[hive], key, (handle) => subkeys(api, handle)) ?? [];
  },

  async values(hive, key) {
    const api = await keyFunctions();
    const found = withKey(api, roots[hive], key, (handle) => allValues(api, handle)) ?? [];
    return found.map(({ name }) => name);
  },

  ...registryCopy,
  ...registryWrite,
};
