/** Finds items by their names, other words for them, and by what they say. */
import { go } from 'fuzzysort';
import type { Item } from './items.ts';

/** From here on a match is one, of 1: slips of the fingers are let pass. */
const THRESHOLD = 0.25;
/** A description is long, so that letters of anything are found in it somewhere. */
const THRESHOLD_OF_TEXT = 0.5;
/** What is found by its name comes before what is found by another word, and this before a description. */
const WORD = 0.9;
const TEXT = 0.6;
/** What fits so much worse than the best is left out. */
const SHARE_OF_BEST = 0.5;

/** The items that fit, best first. */
export function search(items: readonly Item[], query: string): Item[] {
  const found = go(query, [...items], {
    keys: ['title', 'keywords', ({ subtitle }) => subtitle ?? ''],
    threshold: THRESHOLD,
    limit: 12,
    scoreFn: ([title, keywords, text]) => {
      const ofText = text && text.score >= THRESHOLD_OF_TEXT ? text.score : 0;
      return Math.max(title?.score ?? 0, (keywords?.score ?? 0) * WORD, ofText * TEXT);
    },
  });
  const [best] = found;
  return found.filter(({ score }) => score >= (best?.score ?? 0) * SHARE_OF_BEST).map(({ obj }) => obj);
}
