/** A report as a page that needs nothing else. */
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { asHtml } from '../../../common/report/as-html.ts';
import { makeReport } from '../../../common/report/make.ts';
import type { Report } from '../../../common/report/report.ts';
import { found } from '../../fixtures/found.ts';
import { say, source, wording } from './source.ts';

const report = makeReport(source, wording);

type Node = DefaultTreeAdapterMap['childNode'];
type Element = DefaultTreeAdapterMap['element'];

function elementsOf(html: string): Element[] {
  const within = (nodes: readonly Node[]): Element[] =>
    nodes.flatMap((node) => ('tagName' in node ? [node, ...within(node.childNodes)] : []));
  return within(parse(html).childNodes);
}

const page = (made: Report) => asHtml(made, { say, lang: 'en', dir: 'ltr' });
const attribute = ({ attrs }: Element, name: string) => attrs.find((each) => each.name === name)?.value;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');

describe('as a page', () => {
  const elements = elementsOf(page(report));
  const all = (...names: string[]) => elements.filter(({ tagName }) => names.includes(tagName));

  test('says its language and direction, and what it may do: nothing', () => {
    const rtl = elementsOf(asHtml(report, { say, lang: 'ar', dir: 'rtl' }))[0];
    expect(rtl && [attribute(rtl, 'lang'), attribute(rtl, 'dir')]).toEqual(['ar', 'rtl']);
    const policies = all('meta').filter(
      (each) => attribute(each, 'http-equiv') === 'Content-Security-Policy',
    );
    expect(policies.map((each) => attribute(each, 'content'))).toEqual([
      "default-src 'none'; style-src 'unsafe-inline'",
    ]);
  });

  test('lets nothing out of an attribute', () => {
    const lang = '" onload="x()" data-x=\'<b>';
    const [root] = elementsOf(asHtml(report, { say, lang, dir: 'ltr' }));
    expect(root?.attrs.map(({ name, value }) => [name, value])).toEqual([
      ['lang', lang],
      ['dir', 'ltr'],
    ]);
  });

  test('needs nothing from elsewhere, and runs nothing', () => {
    expect(all('script', 'link', 'img', 'iframe', 'object', 'a', 'form', 'base')).toEqual([]);
    const names = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
    for (const name of names) expect(name).not.toMatch(/^(on|src|href|style$)/);
    expect(page(report)).not.toMatch(/url\(|@import/);
  });

  test('has one first heading, none left out between, and tables whose cells are named', () => {
    const levels = all('h1', 'h2', 'h3', 'h4').map(({ tagName }) => Number(tagName[1]));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const head of all('th')) expect(attribute(head, 'scope')).toMatch(/^(row|col)$/);
    expect(all('caption')).toHaveLength(all('table').length);
    expect(all('table').length).toBeGreaterThan(4);
  });

  test('has a look of its own for dark and for paper', () => {
    expect(page(report)).toContain('@media (prefers-color-scheme: dark)');
    expect(page(report)).toContain('@media print');
  });

  test('says all that the text says', () => {
    for (const { words } of report.check?.findings ?? []) expect(page(report)).toContain(escaped(words));
    for (const { name } of report.tried[0]?.steps ?? []) expect(page(report)).toContain(name);
  });

  test('is the same page whatever stands in it: all is escaped', () => {
    const marks = fc.string({ unit: fc.constantFrom(...'<>&"\'/=! -x`'), minLength: 1, maxLength: 40 });
    const evil = fc.oneof(
      marks,
      fc.constantFrom('</td><script>x()</script>', '" onload="x()', '</style><b>', '<!--'),
    );
    const shape = (made: Report) =>
      elementsOf(page(made)).map(({ tagName, attrs }) => [tagName, attrs.map(({ name }) => name)]);
    const withText = (text: string) => {
      const one = found('fault', 'endpoints', 'tls-failed', { subject: text, evidence: { error: text } });
      const check = source.check && { ...source.check, findings: [one] };
      const words = { say, meaning: () => ({ title: text, todo: text, source: null }) };
      return makeReport({ ...source, check }, words, { full: true });
    };
    const plain = shape(withText('x'));
    fc.assert(
      fc.property(evil, (text) => {
        expect(shape(withText(text))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });
});
