/** What the stand-in's hosts know in common. */
import type { PageOptions } from './layout.ts';

/** How one authorization request is answered. */
export type AnswerKind =
  /** Signed in, back to the app. */
  | 'works'
  /** The error page, or the policy page for a policy's code. */
  | 'fails'
  /** Healthy pages that wait for the user. */
  | 'sign-in'
  | 'second-factor'
  | 'stay-signed-in'
  /** What the verdict says, with the headers at once and the body late. */
  | 'slow'
  | 'server-error'
  | 'reset'
  /** Sent to and fro without end, without a page. */
  | 'redirect-loop'
  /** The same with pages that load and go on by themselves. */
  | 'page-loop';

/** In `state`, of a loop that a stale session keeps going. */
export const STALE_LOOP = 'stale-loop';

export interface Verdict {
  works: boolean;
  /** What it fails with, `AADSTS50173`. */
  code: string;
  /** Neither works nor fails: the user is asked for the password. */
  needsUser?: boolean;
}

export interface State {
  verdict: () => Promise<Verdict>;
  /** Answers that were asked for, first come first served; then the verdict decides again. */
  waiting: { kind: AnswerKind; code?: string }[];
  /** Codes given out and not yet redeemed. */
  codes: Set<string>;
  sessions: Set<string>;
  /** Queries of authorization requests that are answered by a reset. */
  resets: Set<string>;
  language: Pick<PageOptions, 'lang' | 'dir'>;
}
