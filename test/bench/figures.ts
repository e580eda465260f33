/** Figures of a benchmark: median and spread, in milliseconds or as ratios. */

export interface Summary {
  median: number;
  /** The 10 % and the 90 % quantile. */
  low: number;
  high: number;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const summary = (values: readonly number[]): Summary => ({
  median: Number(quantile(values, 0.5).toFixed(2)),
  low: Number(quantile(values, 0.1).toFixed(2)),
  high: Number(quantile(values, 0.9).toFixed(2)),
});

/** What each round took against the bare one beside it. */
export function ratios(ours: readonly number[], bare: readonly number[]): Summary {
  return summary(ours.map((each, round) => each / (bare[round] ?? Number.NaN)));
}

/** Milliseconds that something takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
