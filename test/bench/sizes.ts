/** How large what was built is, against the budgets that `npm run check` holds. */
import { dirname } from 'node:path';
import { budgets } from '../check/budgets.ts';
import { builtSizes } from '../check/built-sizes.ts';
import { extensionFolder } from '../harness/build.ts';
import { type Part, row } from './row.ts';

export async function sizesCost(): Promise<Part> {
  const sizes = await builtSizes(dirname(extensionFolder('chromium')));
  return {
    title: 'Sizes, gzipped',
    rows: Object.entries(budgets).map(([name, atMost]) =>
      row({
        name,
        unit: 'KiB',
        ours: Object.entries(sizes).flatMap(([part, size]) => (part === name ? [size] : [])),
        goal: { of: 'figure', atMost },
      }),
    ),
    notes: [],
  };
}
