import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { row } from './row.ts';
import { asMarkdown, asText } from './table.ts';

const against = { name: 'nothing', figures: [10, 10, 20] };

it('A ratio is that of each round, and the goal is held by the median', () => {
  const ours = [30, 20, 20];
  const found = row({ name: 'ours', ours, against, goal: { of: 'ratio', atMost: 2 } });
  expect(found).toMatchObject({
    ours: { median: 20, low: 20, high: 30 },
    against: { figure: { median: 10 }, ratio: { median: 2, low: 1, high: 3 } },
    met: true,
  });
  expect(row({ name: 'ours', ours, against, goal: { of: 'ratio', atMost: 1.9 } }).met).toBe(false);
  expect(row({ name: 'ours', ours, against, goal: { of: 'figure', atMost: 19 } }).met).toBe(false);
  expect(row({ name: 'ours', ours, against }).met).toBeNull();
});

it('A table says what was measured against what, and whether the goal is met', () => {
  const rows = [
    row({ name: 'ours', ours: [30, 20, 20], against, goal: { of: 'ratio', atMost: 1.1 } }),
    row({ name: 'left behind', unit: '', ours: [0], goal: { of: 'figure', atMost: 0 } }),
  ];
  const part = { title: 'A part', rows, notes: ['A note.'] };
  expect(asMarkdown(part).split('\n')).toEqual([
    '### A part',
    '',
    '|  | ours | against | theirs | ratio | goal | met |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| ours | 20 (20 … 30) ms | nothing | 10 (10 … 20) ms | 2 (1 … 3) | ≤ 1.1 × | **no** |',
    '| left behind | 0 |  |  |  | ≤ 0 | yes |',
    '',
    'A note.',
  ]);
  expect(asText(part)).toMatch(/left behind +0 +≤ 0 +yes\n {2}A note\.$/);
});

it('A flag that there is not ends with 2 and says what there is', async () => {
  const { exitCode, stderr, stdout } = await execa(
    'node',
    [join(import.meta.dirname, 'main.ts'), '--bogus'],
    {
      preferLocal: true,
      reject: false,
    },
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain("Unknown option '--bogus'");
  expect(stderr).toContain('--growth');
});
