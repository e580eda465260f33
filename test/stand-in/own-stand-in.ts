/** A stand-in for one test: it ends with it. */
import { onTestFinished } from 'vitest';
import { type StandInOptions, startStandIn, type Verdict } from './index.ts';
import { Visitor } from './visitor.ts';

/** Each sign-in asks for the verdict, which may be changed meanwhile. */
export async function ownStandIn(options: Partial<StandInOptions> = {}) {
  const verdict: Verdict = { works: true, code: 'AADSTS50173' };
  const standIn = await startStandIn({ verdict: async () => verdict, ...options });
  onTestFinished(() => standIn.close());
  return { standIn, verdict, visitor: new Visitor(standIn) };
}

export const home = 'https://www.office.com/';
export const authorize = 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize';
