/** Looks after a fuzzing thread: adds up what it tells, and says which input ended it, or kept it for ever. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Failure } from './target.ts';
import type { Told, Work } from './worker.ts';

/** Milliseconds for one batch, which takes about a second. */
const PATIENCE = 120_000;
/** Bytes that a whole run may keep: caches have bounds, and a leak has none. */
const MOST_GROWTH = 24 * 1024 * 1024;

export interface Report {
  target: string;
  cases: number;
  kinds: Record<string, number>;
  seconds: number;
  /** Bytes in use after garbage collection, from the first batch's end to the last one's; null where it never ended. */
  growth: number | null;
  failure?: Failure;
}

type Asked = Pick<Work, 'target' | 'seed' | 'runs' | 'milliseconds'>;

/** What a thread told before its end, and how it ended. */
interface Life {
  report: Report;
  /** The seed of the batch in which it died, or stayed. */
  lost?: { seed: number; why: string };
  /** The last case that was told. */
  input: string;
}

function live(work: Work, patience: number): Promise<Life> {
  const { promise, resolve } = Promise.withResolvers<Life>();
  const begin = performance.now();
  const life: Life = {
    report: { target: work.target, cases: 0, kinds: {}, seconds: 0, growth: null },
    input: '',
  };
  let { seed } = work;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: work });
  let timer = setTimeout(() => undefined);
  let ended = false;
  // Whatever comes after its end, such as the exit after an error, tells nothing new.
  const end = (why?: string) => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    life.report.seconds = (performance.now() - begin) / 1000;
    if (why !== undefined) life.lost = { seed, why };
    void worker.terminate().then(() => resolve(life));
  };
  worker.on('message', (told: Told) => {
    if (told.is === 'begun') {
      seed = told.seed;
      clearTimeout(timer);
      timer = setTimeout(() => end(`no end within ${patience / 1000} seconds`), patience);
    } else if (told.is === 'case') life.input = told.input;
    else if (told.is === 'done') add(life.report, told.batch);
    else {
      life.report.growth = told.after - told.before;
      end();
    }
  });
  worker.on('error', (error) => end(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  worker.on('exit', (code) => end(`the thread ended with ${code}`));
  return promise;
}

function add(report: Report, { cases, kinds, failure }: Pick<Report, 'cases' | 'kinds' | 'failure'>): void {
  report.cases += cases;
  for (const [kind, count] of Object.entries(kinds)) report.kinds[kind] = (report.kinds[kind] ?? 0) + count;
  if (failure) report.failure = failure;
}

/** Fuzzes one target. A batch that crashed or hung is tried once more, case by case, to tell at which input. */
export async function supervise(asked: Asked, patience = PATIENCE): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'signin-rescue-fuzz-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clear);
  try {
    const { report, lost } = await live({ ...asked, folder, telling: false }, patience);
    if (lost) {
      const again = await live({ ...asked, seed: lost.seed, folder, telling: true }, patience);
      report.failure = { seed: lost.seed, input: again.lost ? again.input : '', why: lost.why };
    } else if (!report.failure && (report.growth ?? 0) > MOST_GROWTH) {
      report.failure = { seed: asked.seed, input: '', why: `it keeps ${report.growth} bytes of memory` };
    }
    return report;
  } finally {
    clear();
    process.off('exit', clear);
  }
}
