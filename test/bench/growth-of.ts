/** How something grows with its input: once, ten times and a hundred times as much of it. */
import { timed } from './figures.ts';
import { inFolder } from './in-folder.ts';
import { type Row, row } from './row.ts';

export interface Subject {
  name: string;
  /** What there is more and more of. */
  of: string;
  /** How much of it at first. */
  first: number;
  /** Gets all ready in a folder, and gives the work that is timed. */
  ready(size: number, folder: string): Promise<() => unknown> | (() => unknown);
}

const TIMES = [1, 10, 100] as const;

/** What is no more than linear, and the doubt of a measurement. */
const LINEAR = { of: 'figure', atMost: 1.15 } as const;

/** Milliseconds at each size, in each round. */
async function measure({ first, ready }: Subject, rounds: number): Promise<number[][]> {
  const times = TIMES.map(() => [] as number[]);
  // One more round at the beginning: a first time is no measure of what comes after.
  for (let round = -1; round < rounds; round++) {
    for (const [at, factor] of TIMES.entries()) {
      const took = await inFolder(async (folder) => timed(await ready(first * factor, folder)));
      if (round >= 0) times[at]?.push(took);
    }
  }
  return times;
}

/** The rows of one subject: both sizes against the first, and the power of the input by which the last step grew. */
export async function growthOf(subject: Subject, rounds: number): Promise<Row[]> {
  const [one = [], ten = [], hundred = []] = await measure(subject, rounds);
  const { name, of, first } = subject;
  const label = (factor: number) => `${(first * factor).toLocaleString('en')} ${of}`;
  const against = { name: label(1), figures: one };
  const power = hundred.map((time, round) => Math.log10(time / (ten[round] ?? Number.NaN)));
  return [
    row({ name: `${name}: ${label(10)}`, ours: ten, against }),
    row({ name: `${name}: ${label(100)}`, ours: hundred, against }),
    row({ name: `${name}: power of its growth`, unit: '', ours: power, goal: LINEAR }),
  ];
}
