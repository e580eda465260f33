/** Which of several codes to believe, and what a whole text says. */
import { oauthError } from './answers.ts';
import { describeFailure, senseOf } from './describe.ts';
import type { FailureMeaning } from './index.ts';
import { findCodes } from './parse.ts';

export interface Explanation {
  /** The most telling; null where the text has no code. */
  readonly failure: FailureMeaning | null;
  readonly others: readonly FailureMeaning[];
}

/** Smaller is more telling. The server's reason tells more than what the client made of it. */
function weight(code: string): number {
  const { category, vague } = senseOf(code);
  if (category === 'none') return 4;
  if (vague) return 2;
  if (category === 'unknown') return 3;
  return code.startsWith('AADSTS') ? 0 : 1;
}

/**
 * Codes, the most telling first; equals keep their order. AADSTS70002 only wraps another: Microsoft reads it with
 * AADSTS135011 as a disabled and with AADSTS50155 as a deleted device.
 */
export function rank(codes: readonly string[]): string[] {
  return codes
    .map((code, at) => ({ code, at, weight: weight(code) }))
    .sort((a, b) => a.weight - b.weight || a.at - b.at)
    .map(({ code }) => code);
}

/** What a pasted text, an address or a code means. Only where nothing tells more does OAuth's own error count. */
export function explain(text: string): Explanation {
  const codes = findCodes(text);
  const oauth = codes.length === 0 ? oauthError(text) : null;
  const [failure, ...others] = rank(oauth ? [oauth] : codes).map((code) => describeFailure(code));
  return { failure: failure ?? null, others };
}
