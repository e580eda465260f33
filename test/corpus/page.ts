/** One page of the corpus: what it is, where it comes from, and what must be said of it. */
import type { Category } from '../../common/failures/category.ts';
import { type CloudHost, hosts } from './shell.ts';

export interface CorpusPage {
  readonly file: string;
  readonly url: string;
  readonly html: string;
  /** Null for a page that has not failed, and for one that failed without a code. */
  readonly code: string | null;
  /** Null for a page that has not failed. */
  readonly category: Category | null;
}

export const at = (host: CloudHost, path = '/common/login'): string => `https://${hosts[host]}${path}`;

export const failing = (
  file: string,
  url: string,
  html: string,
  code: string | null,
  category: Category,
): CorpusPage => ({ file: `failing/${file}.html`, url, html, code, category });

export const healthy = (file: string, url: string, html: string): CorpusPage => ({
  file: `healthy/${file}.html`,
  url,
  html,
  code: null,
  category: null,
});
