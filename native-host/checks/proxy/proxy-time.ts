/** How long the parts of a look at the proxy may take. */
import type { CheckContext } from '../check.ts';

/** Milliseconds at most, and the share of the whole check's time: those behind the first together less than all of it. */
const limits = {
  detect: [3000, 0.2],
  fetch: [5000, 0.4],
  start: [5000, 0.2],
  evaluate: [2000, 0.2],
  probe: [3000, 0.15],
} as const;

/** What is left for a script that has been detected, so that a probe still has its share. */
const AFTER_DETECTION = 0.9;

// Whole milliseconds: `AbortSignal.timeout` takes no others.

/** The same for one part of the check, with the time that this may take. */
export function within(part: keyof typeof limits, context: CheckContext): CheckContext {
  const [most, share] = limits[part];
  return { ...context, timeout: Math.round(Math.min(most, context.timeout * share)) };
}

/** The same for what follows a detection that began then, by the clock of `performance.now`. */
export function afterDetection(begin: number, context: CheckContext): CheckContext {
  return { ...context, timeout: (context.timeout - (performance.now() - begin)) * AFTER_DETECTION };
}
