/** Writes the corpus: `node test/corpus/make.ts`. The pages are committed; a test holds them to what this makes. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failingElsewhere } from './failing-elsewhere.ts';
import { failingPages } from './failing-pages.ts';
import { healthyElsewhere } from './healthy-elsewhere.ts';
import { healthyPages } from './healthy-pages.ts';
import type { CorpusPage } from './page.ts';
import { corpusFolder, EXPECTED, type Expected } from './read.ts';

const pages: readonly CorpusPage[] = [
  ...failingPages,
  ...failingElsewhere,
  ...healthyPages,
  ...healthyElsewhere,
];

/** What `EXPECTED` holds. */
export const expected: readonly Expected[] = pages.map(({ html: _, ...rest }) => rest);

export const corpus: readonly CorpusPage[] = pages;

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  for (const kind of ['failing', 'healthy']) {
    rmSync(join(corpusFolder, kind), { recursive: true, force: true });
    mkdirSync(join(corpusFolder, kind), { recursive: true });
  }
  for (const { file, html } of pages) writeFileSync(join(corpusFolder, file), html);
  const lines = expected.map((each) => `  ${JSON.stringify(each)}`);
  writeFileSync(join(corpusFolder, EXPECTED), `[\n${lines.join(',\n')}\n]\n`);
}
