/** Copies of values and keys, bit by bit. */
import { ProblemError } from '../../../common/problem.ts';
import type { Registry, StoredKey, StoredValue } from '../machine.ts';
import type { Pointer } from './native.ts';
import {
  allValues,
  type KeyFunctions,
  keyFunctions,
  queryValue,
  type RawValue,
  roots,
  subkeys,
  withKey,
} from './registry-key.ts';

/**
 * Native programs can make names with a NUL in them, which no function here could write again: no copy is
 * better than one that cannot be put back.
 */
function whole(name: string): string {
  if (!name.includes('\0')) return name;
  throw new ProblemError('not-supported', 'a name in the registry has a NUL in it');
}

function stored({ name, type, data }: RawValue): StoredValue {
  return { name: whole(name), type, data: data.toString('base64') };
}

function copy(api: KeyFunctions, root: Pointer, key: string, name: string): StoredKey | undefined {
  return withKey(api, root, key, (handle) => ({
    name,
    values: allValues(api, handle).map(stored),
    // One that went away meanwhile is none.
    keys: subkeys(api, handle).flatMap((below) => copy(api, handle, whole(below), below) ?? []),
  }));
}

export const registryCopy: Pick<Registry, 'copyKey' | 'copyValue'> = {
  async copyKey(key) {
    return copy(await keyFunctions(), roots.HKCU, key, key.split('\\').at(-1) ?? '');
  },

  async copyValue(key, name) {
    const api = await keyFunctions();
    const value = withKey(api, roots.HKCU, key, (handle) => queryValue(api, handle, name));
    return value && stored(value);
  },
};
