/** What calls to a machine are given, and what they fail with. */
import { expect } from 'vitest';

/** A limit that is not meant to be reached. */
export const patient = () => ({ timeout: 10_000, signal: new AbortController().signal });

/** What an error must be to be the problem `kind`. */
export const problem = (kind: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ kind }) });
