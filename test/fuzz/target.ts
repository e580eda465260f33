/**
 * What fuzzing is made of: a target has a generator of inputs and an oracle, which says what must be true whatever
 * the input. Cases come in batches, each with a seed of its own, so that any of them can be had again by that seed.
 */
import fc from 'fast-check';

/** What a case may use. */
export interface Ground {
  /** A folder for files, empty at first; cases may leave theirs there until the next. */
  readonly folder: string;
  /** Takes note of what kind of outcome there was. */
  count(kind: string): void;
}

interface Definition<T> {
  name: string;
  /** Cases of one batch: about a second of work. */
  batch: number;
  input: fc.Arbitrary<T>;
  /** The oracle: throws where something is wrong. */
  judge(input: T, ground: Ground): void | Promise<void>;
}

export interface Failure {
  /** Of the batch: the same seed finds the same input in its first batch. */
  seed: number;
  /** The smallest input that fails: Base64 of its bytes, or of JSON in which bytes are Base64. */
  input: string;
  why: string;
}

export interface Batch {
  cases: number;
  kinds: Record<string, number>;
  failure?: Failure;
}

export interface BatchOptions {
  seed: number;
  runs: number;
  folder: string;
  /** Called before each case with its input, as in a failure. */
  before?: ((input: string) => void) | undefined;
}

export interface Target {
  readonly name: string;
  readonly batch: number;
  run(options: BatchOptions): Promise<Batch>;
}

/** Makes a target whose batches can be run without knowing what its inputs are. */
export function target<T>({ name, batch, input, judge }: Definition<T>): Target {
  return {
    name,
    batch,
    async run({ seed, runs, folder, before }) {
      const kinds: Record<string, number> = {};
      const count = (kind: string) => {
        kinds[kind] = (kinds[kind] ?? 0) + 1;
      };
      const property = fc.asyncProperty(input, async (each) => {
        before?.(asBase64(each));
        await judge(each, { folder, count });
      });
      const details = await fc.check(property, { seed, numRuns: runs });
      if (!details.failed) return { cases: details.numRuns, kinds };
      const [smallest] = details.counterexample ?? [];
      const failure = { seed, input: asBase64(smallest), why: reasonOf(details.errorInstance) };
      return { cases: details.numRuns, kinds, failure };
    },
  };
}

/** An input as text that can be pasted. */
export function asBase64(input: unknown): string {
  if (input instanceof Uint8Array) return Buffer.from(input).toString('base64');
  return Buffer.from(JSON.stringify(withBytesAsText(input)) ?? 'undefined').toString('base64');
}

function withBytesAsText(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(withBytesAsText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withBytesAsText(each)]));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
