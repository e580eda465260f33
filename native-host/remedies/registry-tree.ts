/** Copies of registry keys and values: whether two are the same, and whether one is a part of the other. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { StoredKey, StoredValue } from '../machine/machine.ts';

export const StoredValueSchema = v.strictObject({
  name: v.string(),
  type: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  data: v.pipe(v.string(), v.base64()),
}) satisfies v.GenericSchema<unknown, StoredValue>;

export const StoredKeySchema: v.GenericSchema<unknown, StoredKey> = v.strictObject({
  name: v.string(),
  values: v.array(StoredValueSchema),
  keys: v.array(v.lazy(() => StoredKeySchema)),
});

/** In an order of its own: Windows lists values in the order in which they were written. */
function sorted<T extends { name: string }>(things: readonly T[]): T[] {
  return [...things].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

function ordered({ name, values, keys }: StoredKey): StoredKey {
  return { name, values: sorted(values).map(plain), keys: sorted(keys).map(ordered) };
}

const plain = ({ name, type, data }: StoredValue): StoredValue => ({ name, type, data });

const digest = (thing: unknown) => createHash('sha256').update(JSON.stringify(thing)).digest('hex');

/** A key's whole content as 64 digits. */
export function printOfKey(key: StoredKey): string {
  return digest(ordered(key));
}

/** A value as 64 digits. */
export function printOfValue(value: StoredValue): string {
  return digest(plain(value));
}

export function sameKey(a: StoredKey, b: StoredKey): boolean {
  return printOfKey(a) === printOfKey(b);
}

export function sameValue(a: StoredValue, b: StoredValue): boolean {
  return a.name === b.name && a.type === b.type && a.data === b.data;
}

/** Whether all that is in `part` is in `whole` too, and the same. */
export function isPart(part: StoredKey, whole: StoredKey): boolean {
  return (
    part.values.every((value) => whole.values.some((other) => sameValue(value, other))) &&
    part.keys.every((key) => whole.keys.some((other) => other.name === key.name && isPart(key, other)))
  );
}

/** Both together; where they differ, `newer` counts. */
export function merged(older: StoredKey, newer: StoredKey): StoredKey {
  const only = <T extends { name: string }>(things: readonly T[], others: readonly T[]) =>
    things.filter(({ name }) => !others.some((other) => other.name.toLowerCase() === name.toLowerCase()));
  const keys = newer.keys.map((key) => {
    const before = older.keys.find(({ name }) => name.toLowerCase() === key.name.toLowerCase());
    return before ? merged(before, key) : key;
  });
  return {
    name: newer.name,
    values: [...only(older.values, newer.values), ...newer.values],
    keys: [...only(older.keys, newer.keys), ...keys],
  };
}
