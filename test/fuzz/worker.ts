/** Runs batches of one target in a thread of its own, so that one which never comes back can be told and ended. */
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { heapInUse } from './heap.ts';
import type { Batch } from './target.ts';
import { targets } from './targets.ts';

export const WorkSchema = v.strictObject({
  target: v.string(),
  seed: v.number(),
  runs: v.number(),
  /** Milliseconds after which no further batch is begun. */
  milliseconds: v.number(),
  folder: v.string(),
  /** Each case is told before it is tried: the last one told is the one that never came back. */
  telling: v.boolean(),
});

export type Work = v.InferOutput<typeof WorkSchema>;

export type Told =
  | { is: 'begun'; seed: number }
  | { is: 'case'; input: string }
  | { is: 'done'; batch: Batch }
  /** Bytes in use after the first batch, when all is loaded, and after the last. */
  | { is: 'over'; before: number; after: number };

const { target: name, runs, milliseconds, folder, telling, ...work } = v.parse(WorkSchema, workerData);
const chosen = targets.find((each) => each.name === name);
if (!chosen) throw new Error(`There is no target ${name}.`);
const tell = (told: Told) => parentPort?.postMessage(told);

const end = performance.now() + milliseconds;
let before: number | undefined;
for (let { seed } = work, left = runs; left > 0 && performance.now() < end; seed += 1) {
  tell({ is: 'begun', seed });
  const size = Math.min(chosen.batch, left);
  const before_ = telling ? (input: string) => tell({ is: 'case', input }) : undefined;
  const batch = await chosen.run({ seed, runs: size, folder, before: before_ });
  tell({ is: 'done', batch });
  if (batch.failure) break;
  left -= size;
  before ??= heapInUse();
}
const after = heapInUse();
tell({ is: 'over', before: before ?? after, after });
