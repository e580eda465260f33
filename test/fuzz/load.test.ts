/** Loads in small; `npm run fuzz -- --load …` has them in full. */
import { expect, it } from 'vitest';
import { flood } from './load/flood.ts';
import { hellos } from './load/hellos.ts';
import { hosts } from './load/hosts.ts';

it('many hellos in a row are all answered, and nothing of them is kept', async () => {
  expect(await hellos(200)).toMatchObject({ figures: { hellos: 200 }, wrong: [] });
});

it('hosts started at once all answer, lose nothing of the history and leave no lock', async () => {
  expect(await hosts(6)).toMatchObject({ figures: { answered: 6, 'in the history': 6 }, wrong: [] });
});

it('a browser that floods and does not read takes no memory, and has every answer when it reads', async () => {
  expect(await flood(800)).toMatchObject({ figures: { requests: 800 }, wrong: [] });
});
