/** Judges a saved page exactly as the watcher judges it in a browser. */
import { signInPlace } from '../../common/pages/address.ts';
import { factsReader } from '../../common/pages/facts.ts';
import { judge } from '../../common/pages/judge.ts';
import type { Signal } from '../../common/pages/signal.ts';
import { savedPage } from './saved-page.ts';

/** The signal of a page from this address; null where the extension would not look, or could not tell. */
export function judgePage(html: string, address: string): Signal | null {
  const place = signInPlace(address);
  return place && judge(factsReader(savedPage(html, place, new URL(address).search))());
}
