import { beforeAll, describe, expect, it } from 'vitest';
import { prepare, runWorld } from './run-world.ts';
import { worlds } from './worlds.ts';

beforeAll(prepare, 300_000);

describe.concurrent('the check says what is the matter', () => {
  it.for(worlds)('$name', async (world, { expect }) => {
    expect((await runWorld(world)).wrong).toEqual([]);
  });
});

it('has no two worlds of one name', () => {
  expect(new Set(worlds.map(({ name }) => name)).size).toBe(worlds.length);
});
