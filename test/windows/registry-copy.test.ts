import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWine, type Wine } from '../harness/wine/wine.ts';

let wine: Wine;
let out: ReturnType<typeof JSON.parse>;
beforeAll(async () => {
  wine = await openWine();
  const { code, stdout, stderr } = await wine.runNode(
    await wine.bundle('test/windows/inside/registry-copy.ts'),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  out = JSON.parse(stdout);
});
afterAll(() => wine[Symbol.asyncDispose]());

test('a copy is whole and changes nothing', () => {
  expect(Object.keys(out.before.values)).toHaveLength(8);
  expect(Object.keys(out.before.keys.types.values)).toHaveLength(24);
  expect(out.before.keys.types.values['value 23']).toMatchObject({ type: 3, length: 1024 * 1024 });
  expect(out.before.keys.types.values['value 18']).toMatchObject({ type: 0x7fff_0001, length: 5 });
  expect(out.copy).toMatchObject({ name: 'tree', values: 8 });
  expect(out.copy.keys.toSorted()).toEqual(['empty', 'level 0', 'many', 'names', 'types']);
  expect(out.unchanged).toEqual(out.before);
});

test('a key is removed with all that is below it, and nothing beside it', () => {
  expect(out.removed).toBe(true);
  expect(out.gone).toBeNull();
  expect(out.removedAgain).toBe(false);
  expect(out.copiedGone).toBeNull();
  expect(out.beside.values.stays).toMatchObject({ type: 1 });
});

test('what is written back is the same to the last bit, once or twice', () => {
  expect(out.after).toEqual(out.before);
  expect(out.twice).toEqual(out.before);
});

test('what is left of a key is made whole again, and what is new stays', () => {
  const { types, ...keys } = out.before.keys;
  const added = { 'new value': { type: 1, length: 8, data: '6e00650077000000' } };
  expect(out.mended).toEqual({
    values: out.before.values,
    keys: {
      ...keys,
      types: { ...types, values: { ...types.values, ...added } },
      'new key': { values: {}, keys: {} },
    },
  });
});

test('a value of any type and name is copied, removed and written back to the last bit', () => {
  expect(Object.keys(out.values)).toHaveLength(24);
  for (const [index, value] of Object.entries(out.values)) {
    const type = out.before.keys.types.values[`value ${index}`];
    expect({ index, value }).toEqual({
      index,
      value: { name: true, type: type.type, length: type.length, first: true, second: false, same: true },
    });
  }
  expect(out.noKey).toEqual({ copy: null, remove: false });
});

test('a name that could not be written again is not copied', () => {
  expect(out.nul).toBe('not-supported');
});

test('a copy with names that reach elsewhere is refused before anything is written', () => {
  expect(new Set(Object.values(out.refused))).toEqual(new Set(['backup-unreadable']));
  expect(Object.keys(out.refused)).toHaveLength(6);
  expect(out.nothingWritten).toBeNull();
});

test('no call means a whole hive or one of its first keys', () => {
  expect(Object.keys(out.paths)).toHaveLength(7);
  for (const outcomes of Object.values(out.paths))
    expect(new Set(outcomes as string[])).toEqual(new Set(['internal']));
});
