import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { guideIds, repairIds } from '../../../common/remedies.ts';
import { remedies } from '../../../native-host/remedies/index.ts';

/** The rows of docs/REMEDIES.md that begin with a remedy's id, by that id. */
const rows = new Map(
  Array.from(
    readFileSync('docs/REMEDIES.md', 'utf8').matchAll(/^\| `([a-z-]+)` (.*)\|$/gm),
    ([, id = '', row = '']) => [id, row] as const,
  ),
);

it('docs/REMEDIES.md has a row for every remedy', () => {
  for (const id of [...repairIds, ...guideIds]) expect([...rows.keys()]).toContain(id);
});

it.each(repairIds)('docs/REMEDIES.md tells of %s what the plan tells', (id) => {
  const { source, seconds, undo } = remedies[id];
  const cells = (rows.get(id) ?? '').split('|').map((cell) => cell.trim());
  expect(cells[0]).toBe(`[source](${source})`);
  expect(cells[4]).toContain(seconds < 90 ? `${seconds} s` : `${seconds / 60} min`);
  expect(cells[5]?.split(/\W/)[0]).toBe(undo);
});
