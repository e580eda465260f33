/** What became of a browser's registration. */
import * as v from 'valibot';
import { type BrowserRow, browsers } from './browsers.ts';
import { codeOf } from './whole-file.ts';

export const outcomes = [
  'registered',
  /** Taken back. */
  'removed',
  /** There is nothing: of the browser, or to take back. */
  'not-here',
  /** Packed by Flatpak or Snap, out of which no program can be started. */
  'packed',
  /** Registered for all of this PC, which only an administrator can change. */
  'machine-wide',
  /** A newer version is registered: left alone. */
  'newer',
  /** What is there of our name leads to another program: left alone. */
  'foreign',
  /** It cannot be written. */
  'refused',
] as const;

export const BrowserId = v.picklist(browsers.map(({ id }) => id));

export const OutcomeSchema = v.strictObject({
  browser: BrowserId,
  is: v.picklist(outcomes),
  /** The registry key or the file. */
  place: v.string(),
  /** Why it was refused, for a technician. */
  detail: v.optional(v.string()),
});

export type Outcome = v.InferOutput<typeof OutcomeSchema>;
export type OutcomeIs = Outcome['is'];

/** How a registration, or its end, is wanted. */
export interface Change {
  /** Ids of browsers; all when left out. */
  only?: readonly string[] | undefined;
  /** It is only said what would be done. */
  dryRun?: boolean;
}

/** One browser that fails must not stop the others. */
export async function settled(
  { id }: BrowserRow,
  place: string,
  act: OutcomeIs | Promise<OutcomeIs>,
): Promise<Outcome> {
  try {
    return { browser: id, is: await act, place };
  } catch (error) {
    return { browser: id, is: 'refused', place, detail: codeOf(error) };
  }
}
