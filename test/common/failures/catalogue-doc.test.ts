import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { remedyIds } from '../../../common/remedies.ts';

it('docs/CATALOGUE.md names every remedy that there is, and none that there is not', () => {
  const [, offers = ''] =
    /## What it offers\n([\s\S]*?)\n## /.exec(readFileSync('docs/CATALOGUE.md', 'utf8')) ?? [];
  const named = new Set(Array.from(offers.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g), ([, id = '']) => id));
  const parts = ['identity-key', 'pre-sign-in', 'unrecoverable-mark'];
  expect([...named].sort()).toEqual([...remedyIds, ...parts].sort());
});
