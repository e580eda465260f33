import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { failureOf } from '../../common/pages/verdict.ts';
import { judgePage } from '../../native-host/pages/judge-page.ts';
import { pageSecrets } from '../stand-in/pages.ts';
import { languages } from './languages.ts';
import { corpus, expected } from './make.ts';
import { corpusFolder, readExpected, readHtml } from './read.ts';
import { ids, user } from './shell.ts';

const pages = readExpected();
const failing = pages.filter(({ category }) => category !== null);

describe('the corpus', () => {
  it('is what make.ts makes, file by file', () => {
    expect(pages).toEqual(expected);
    for (const { file, html } of corpus) expect(readHtml(file) === html, file).toBe(true);
    const files = ['failing', 'healthy'].flatMap((kind) =>
      readdirSync(join(corpusFolder, kind)).map((name) => `${kind}/${name}`),
    );
    expect(files.sort()).toEqual(pages.map(({ file }) => file).sort());
  });

  it('has enough of both, in every language and every category that pages can have, and stays small', () => {
    expect(failing.length).toBeGreaterThanOrEqual(60);
    expect(pages.length - failing.length).toBeGreaterThanOrEqual(60);
    for (const { mkt } of Object.values(languages)) {
      expect(
        corpus.some(({ html, category }) => category && html.includes(`lang="${mkt}"`)),
        mkt,
      ).toBe(true);
    }
    const categories = new Set(failing.map(({ category }) => category));
    expect([...categories].sort()).toEqual(
      'account app device federation local network policy service unknown user'.split(' '),
    );
    const size = pages.reduce((sum, { file }) => sum + statSync(join(corpusFolder, file)).size, 0);
    expect(size).toBeLessThan(1_500_000);
  });
});

test.each(pages)('$file is $code', ({ file, url, code, category }) => {
  const html = readHtml(file);
  const signal = judgePage(html, url);
  const failure = signal && failureOf(signal);
  expect({ code: failure && signal.code, category: failure?.category ?? null }).toEqual({ code, category });
  const said = JSON.stringify({ signal, failure });
  for (const secret of [...Object.values(pageSecrets), user, 'lovelace', 'SECRET'])
    expect(said).not.toContain(secret);
  if (failure && html.includes('$Config={')) {
    expect(signal).toMatchObject({ correlationId: ids.correlationId, requestId: ids.requestId });
    expect(signal.time).toBe(`${ids.time}.000Z`);
  }
});
