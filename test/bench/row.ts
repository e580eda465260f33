/** What every room of the benchmark gives: rows of one kind, for one table. */
import { ratios, type Summary, summary } from './figures.ts';

export interface Goal {
  /** Of the ratio, or of the figure itself. */
  of: 'ratio' | 'figure';
  atMost: number;
}

export interface Row {
  name: string;
  /** Empty where things are counted. */
  unit: 'ms' | 'MiB' | 'KiB' | '';
  ours: Summary;
  /** What it is measured against, and the ratio of each round's two figures; null where it stands for itself. */
  against: { name: string; figure: Summary; ratio: Summary } | null;
  goal: Goal | null;
  /** By the median; null without a goal. */
  met: boolean | null;
}

/** What one room found. */
export interface Part {
  title: string;
  rows: Row[];
  /** What was not measured and why, and what a reader must know of it. */
  notes: string[];
}

/** How long a room measures. */
export interface Effort {
  /** Rounds of everything; each room knows how many it needs otherwise. */
  rounds: number | undefined;
}

interface Measured {
  name: string;
  unit?: Row['unit'];
  ours: readonly number[];
  against?: { name: string; figures: readonly number[] };
  goal?: Goal;
}

/** A row of what was measured, round by round. */
export function row({ name, unit = 'ms', ours, against, goal }: Measured): Row {
  const figure = summary(ours);
  const other = against && {
    name: against.name,
    figure: summary(against.figures),
    ratio: ratios(ours, against.figures),
  };
  const held = goal?.of === 'ratio' ? other?.ratio : figure;
  return {
    name,
    unit,
    ours: figure,
    against: other ?? null,
    goal: goal ?? null,
    met: goal && held ? held.median <= goal.atMost : null,
  };
}
