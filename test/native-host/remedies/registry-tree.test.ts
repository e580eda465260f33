import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredKey } from '../../../native-host/machine/machine.ts';
import { isPart, merged, printOfKey, sameKey } from '../../../native-host/remedies/registry-tree.ts';

const seeded = { seed: 20260301, numRuns: 300 };

const values = fc.uniqueArray(
  fc.record({
    name: fc.string({ unit: 'binary', maxLength: 8 }),
    type: fc.constantFrom(0, 1, 3, 7, 11, 0xffff_0012),
    data: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  }),
  { selector: ({ name }) => name.toLowerCase(), maxLength: 4 },
);

/** Keys within keys, so many levels deep. */
function keys(depth: number): fc.Arbitrary<StoredKey> {
  const below: fc.Arbitrary<StoredKey> =
    depth > 0 ? keys(depth - 1) : fc.constant<StoredKey>({ name: 'leaf', values: [], keys: [] });
  return fc.record({
    name: fc.string({ minLength: 1, maxLength: 6 }),
    values,
    keys: fc.uniqueArray(below, { selector: ({ name }) => name.toLowerCase(), maxLength: 3 }),
  });
}
const tree = keys(2);

/** The same in another order. */
function turned({ name, values, keys }: StoredKey): StoredKey {
  return { name, values: [...values].reverse(), keys: keys.map(turned).reverse() };
}

/** What a removal may have left. */
function cut({ name, values, keys }: StoredKey, at: number): StoredKey {
  return { name, values: values.slice(at), keys: keys.slice(at).map((key) => cut(key, at)) };
}

describe('a copy of a key', () => {
  it('is the same in whatever order Windows lists it', () => {
    fc.assert(
      fc.property(tree, (key) => {
        expect(printOfKey(turned(key))).toBe(printOfKey(key));
        expect(sameKey(turned(key), key)).toBe(true);
      }),
      seeded,
    );
  });

  it('is another with one bit more, another type or another name', () => {
    const value = { name: 'a', type: 1, data: 'AAAA' };
    const key = { name: 'k', values: [value], keys: [{ name: 'c', values: [], keys: [] }] };
    const others = [
      { ...key, values: [{ ...value, data: 'AAAB' }] },
      { ...key, values: [{ ...value, type: 2 }] },
      { ...key, values: [{ ...value, name: 'A' }] },
      { ...key, keys: [] },
      { ...key, name: 'K' },
    ];
    for (const other of others) expect(sameKey(other, key)).toBe(false);
  });

  it('has what a cut-off removal left as its part, and is no part of less than itself', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 0, max: 2 }), (key, at) => {
        const part = cut(key, at);
        expect(isPart(part, key)).toBe(true);
        expect(isPart(key, part)).toBe(sameKey(key, part));
      }),
      seeded,
    );
  });

  it('is no part of one that differs in a key below', () => {
    const deep = (data: string) => ({
      name: 'k',
      values: [],
      keys: [{ name: 'c', values: [{ name: 'a', type: 1, data }], keys: [] }],
    });
    expect(isPart(deep('AAAA'), deep('AAAA'))).toBe(true);
    expect(isPart(deep('AAAA'), deep('AAAB'))).toBe(false);
  });

  it('merged with what is left of it, in either order, is whole again', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 0, max: 2 }), (key, at) => {
        expect(sameKey(merged(key, cut(key, at)), key)).toBe(true);
        expect(sameKey(merged(cut(key, at), key), key)).toBe(true);
      }),
      seeded,
    );
  });

  it('merged with what came since has both, and the newer where they differ', () => {
    const value = (name: string, data: string) => ({ name, type: 1, data });
    const key = (values: StoredKey['values'], keys: StoredKey[] = []) => ({ name: 'k', values, keys });
    const older = key([value('a', 'AAAA'), value('b', 'AAAA')], [key([value('c', 'AAAA')])]);
    const newer = key([value('B', 'AAAB')], [key([value('d', 'AAAB')])]);
    expect(merged(older, newer)).toEqual(
      key([value('a', 'AAAA'), value('B', 'AAAB')], [key([value('c', 'AAAA'), value('d', 'AAAB')])]),
    );
  });
});
