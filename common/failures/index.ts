/**
 * The catalogue: what a code means, who can fix it, what helps, and where that is written. The codes are data
 * (Microsoft: "error codes are subject to change at any time"), a table per family; this file looks them up.
 */
import type { IdentityPart, RemedyId } from '../remedies.ts';
import type { MessageKey } from '../text.ts';
import type { Category } from './category.ts';
import type { Words } from './entry.ts';

/** What one code means. */
export interface FailureMeaning {
  /** Canonical: `AADSTS50173`, `0x8004de40`, `AADB2C90118`, `net::ERR_TIMED_OUT`, `oauth:access_denied`. */
  readonly code: string;
  readonly category: Category;
  /** One sentence: what happened. */
  readonly title: MessageKey;
  /** One sentence: what to do. */
  readonly todo: MessageKey;
  /** What the organisation says instead, where its policy has an entry of its own; `meaningWords` chooses. */
  readonly words?: Words;
  /** Empty where nothing on this PC helps. */
  readonly remedies: readonly RemedyId[];
  /** What of the remembered accounts `clear-identity-cache` may take. */
  readonly identity: readonly IdentityPart[];
  /** Those of them that Microsoft documents for this very code. */
  readonly documented: readonly RemedyId[];
  /** Where the meaning is written. */
  readonly source: string | null;
}

export { describeFailure, meaningWords, setExtension } from './describe.ts';
export { explain, rank } from './explain.ts';
export { networkCode } from './network.ts';
export { findCodes } from './parse.ts';
export { catalogue } from './version.ts';
