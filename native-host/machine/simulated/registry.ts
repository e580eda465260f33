/** The registry of a simulated PC. */
import type { Registry } from '../machine.ts';
import type { Access } from './access.ts';
import { asRead } from './registry-bytes.ts';
import {
  copyKey,
  copyValue,
  keysBelow,
  named,
  removeKey,
  removeValue,
  writeKey,
  writeValue,
} from './registry-keys.ts';

/** The registry over the way to a PC. */
export function simulatedRegistry({ look, act }: Access): Registry {
  const own = (key: string, name?: string) => `HKCU\\${key}${name === undefined ? '' : `\\${name}`}`;
  return {
    read: (hive, key, name) =>
      look('registry.read', `${hive}\\${key}\\${name}`, (pc) => {
        const value = named(named(pc.registry[hive], key) ?? {}, name);
        return value && asRead(value);
      }),
    keys: (hive, key) => look('registry.keys', `${hive}\\${key}`, (pc) => keysBelow(pc.registry[hive], key)),
    values: (hive, key) =>
      look('registry.values', `${hive}\\${key}`, (pc) => Object.keys(named(pc.registry[hive], key) ?? {})),
    copyKey: (key) => look('registry.copyKey', own(key), ({ registry }) => copyKey(registry.HKCU, key)),
    writeKey: (key, copy) =>
      act('registry.writeKey', own(key), ({ registry }) => writeKey(registry.HKCU, key, copy)),
    removeKey: (key) => act('registry.removeKey', own(key), ({ registry }) => removeKey(registry.HKCU, key)),
    copyValue: (key, name) =>
      look('registry.copyValue', own(key, name), ({ registry }) => copyValue(registry.HKCU, key, name)),
    writeValue: (key, value) =>
      act('registry.writeValue', own(key, value.name), ({ registry }) =>
        writeValue(registry.HKCU, key, value),
      ),
    removeValue: (key, name) =>
      act('registry.removeValue', own(key, name), ({ registry }) => removeValue(registry.HKCU, key, name)),
  };
}
