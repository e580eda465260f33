/**
 * The keys of one hive of a simulated PC. The file lists whole paths; a path makes the keys above it too, so a key
 * without values is listed only when nothing is below it. Names count in any letter case and keep their own.
 */
import type { StoredKey, StoredValue } from '../machine.ts';
import { fromStored, stored } from './registry-bytes.ts';
import type { SimulatedKeys, SimulatedValues } from './registry-schema.ts';

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const isBelow = (path: string, key: string) => path.toLowerCase().startsWith(`${key}\\`.toLowerCase());
const parentOf = (key: string) => key.slice(0, Math.max(0, key.lastIndexOf('\\')));

/** How a record spells a name; undefined where it has none like it. */
function spelling(record: Record<string, unknown>, name: string): string | undefined {
  return Object.keys(record).find((key) => same(key, name));
}

/** A property by its name in any letter case. */
export function named<T>(record: Record<string, T>, name: string): T | undefined {
  const own = spelling(record, name);
  return own === undefined ? undefined : record[own];
}

/** Names directly below a key. */
export function keysBelow(keys: SimulatedKeys, key: string): string[] {
  const names = new Map<string, string>();
  for (const path of Object.keys(keys)) {
    if (!isBelow(path, key)) continue;
    const [name = ''] = path.slice(key.length + 1).split('\\');
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

function isThere(keys: SimulatedKeys, key: string): boolean {
  return Object.keys(keys).some((path) => same(path, key) || isBelow(path, key));
}

/** The path as the keys that are there already spell it. */
function spelledPath(keys: SimulatedKeys, key: string): string {
  const like = Object.keys(keys).find((path) => same(path, key) || isBelow(path, key));
  if (like !== undefined) return like.slice(0, key.length);
  const parent = parentOf(key);
  return parent ? spelledPath(keys, parent) + key.slice(parent.length) : key;
}

/** A key's values, to be changed; the key is made as needed. */
export function valuesOf(keys: SimulatedKeys, key: string): SimulatedValues {
  const listed = named(keys, key);
  if (listed) return listed;
  const values: SimulatedValues = {};
  keys[spelledPath(keys, key)] = values;
  for (let above = parentOf(key); above; above = parentOf(above)) {
    const path = spelling(keys, above);
    if (path !== undefined && Object.keys(keys[path] ?? {}).length === 0) delete keys[path];
  }
  return values;
}

/** A value as Windows would store it. */
export function copyValue(keys: SimulatedKeys, key: string, name: string): StoredValue | undefined {
  const values = named(keys, key) ?? {};
  const own = spelling(values, name);
  const value = own === undefined ? undefined : values[own];
  return own !== undefined && value ? { name: own, ...stored(value) } : undefined;
}

/** Writes a value, making its key as needed. */
export function writeValue(keys: SimulatedKeys, key: string, value: StoredValue): void {
  const values = valuesOf(keys, key);
  values[spelling(values, value.name) ?? value.name] = fromStored(value);
}

/** False when it was not there. The key stays, also when it has nothing left. */
export function removeValue(keys: SimulatedKeys, key: string, name: string): boolean {
  const values = named(keys, key) ?? {};
  const own = spelling(values, name);
  if (own === undefined) return false;
  delete values[own];
  return true;
}

/** A key with all that is below it. */
export function copyKey(keys: SimulatedKeys, key: string): StoredKey | undefined {
  if (!isThere(keys, key)) return undefined;
  const path = spelledPath(keys, key);
  return {
    name: path.slice(path.lastIndexOf('\\') + 1),
    values: Object.entries(named(keys, key) ?? {}).map(([name, value]) => ({ name, ...stored(value) })),
    keys: keysBelow(keys, key).flatMap((name) => copyKey(keys, `${key}\\${name}`) ?? []),
  };
}

/** Writes a copy back over what is there. */
export function writeKey(keys: SimulatedKeys, key: string, copy: StoredKey): void {
  for (const child of copy.keys) writeKey(keys, `${key}\\${child.name}`, child);
  for (const value of copy.values) writeValue(keys, key, value);
  if (!isThere(keys, key)) valuesOf(keys, key);
}

/** Removes a key with all that is below it; false when it was not there. The key above it stays. */
export function removeKey(keys: SimulatedKeys, key: string): boolean {
  if (!isThere(keys, key)) return false;
  const above = parentOf(spelledPath(keys, key));
  for (const path of Object.keys(keys)) {
    if (same(path, key) || isBelow(path, key)) delete keys[path];
  }
  if (above && !isThere(keys, above)) keys[above] = {};
  return true;
}
