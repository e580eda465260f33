/** Versions of the product, as `1.20.3`. */

/** Whether one version is older than another, number by number. */
export function isOlder(one: string, other: string): boolean {
  const [left, right] = [numbers(one), numbers(other)];
  const at = left.findIndex((number, index) => number !== (right[index] ?? 0));
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

/** Three of them; what is no number counts as none. */
function numbers(version: string): number[] {
  const [main = ''] = version.split(/[-+]/);
  return [0, 1, 2].map((index) => Number.parseInt(main.split('.')[index] ?? '', 10) || 0);
}
