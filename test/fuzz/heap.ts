/** How much memory is in use once the garbage is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Node gives its collector away at the start only (`--expose-gc`), or to a context that is made after this. */
function collector(): () => void {
  if (globalThis.gc) return globalThis.gc;
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

/** Bytes of this thread's heap, and of what it holds outside of it. */
export function heapInUse(): number {
  const collect = collector();
  // What a first collection finalizes is free after the second.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
