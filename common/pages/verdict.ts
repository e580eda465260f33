/** What a signal amounts to: the failure to tell people of, or none. */
import { describeFailure, type FailureMeaning } from '../failures/index.ts';
import type { Signal } from './signal.ts';

/**
 * The meaning of a signal; null for a page that has not failed, and for an expected interruption. A page that
 * fails without a code is unknown, and named by its id.
 */
export function failureOf({ kind, code, page }: Signal): FailureMeaning | null {
  if (kind !== 'error') return null;
  const meaning = describeFailure(code ?? page ?? 'unknown');
  return meaning.category === 'none' ? null : meaning;
}
