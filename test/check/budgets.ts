/** How large each part of what is built may be. */
import type { Part, Sizes } from './built-sizes.ts';

/** KiB, gzipped. The watcher's and the popup's are the design's; the others leave what there was some room to grow. */
export const budgets: Record<Part, number> = {
  watcher: 6,
  'popup, first script': 30,
  banner: 22.4,
  background: 38.8,
  'extension, zip': 346,
  'host, until the first reply': 85,
  'host, all scripts': 786,
};

const isPart = (name: string): name is Part => Object.hasOwn(budgets, name);

/** The parts that are too large. */
export const overBudget = (sizes: Sizes): Part[] =>
  Object.keys(sizes)
    .filter(isPart)
    .filter((part) => sizes[part] > budgets[part]);

/** A table of all parts. */
export function tellSizes(sizes: Sizes): string {
  const row = (...cells: string[]) =>
    cells.map((each, at) => (at ? each.padStart(10) : each.padEnd(30))).join('');
  const lines = Object.keys(sizes)
    .filter(isPart)
    .map((part) =>
      row(part, sizes[part].toFixed(1), budgets[part].toFixed(1), sizes[part] > budgets[part] ? 'over' : ''),
    );
  return [row('KiB, gzipped', 'now', 'budget', ''), ...lines].join('\n');
}
