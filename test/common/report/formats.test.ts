/** The forms of a report: text for a ticket, a page that needs nothing else, and an e-mail that programs take. */
import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { asHtml } from '../../../common/report/as-html.ts';
import { asMail, LONGEST_MAIL } from '../../../common/report/as-mail.ts';
import { asText } from '../../../common/report/as-text.ts';
import { makeReport } from '../../../common/report/make.ts';
import type { Report } from '../../../common/report/report.ts';
import { wrap } from '../../../common/report/wrap.ts';
import { failure, found, run, say, source, wording } from './source.ts';

const report = makeReport(source, wording);

describe('as text', () => {
  const text = asText(report, say);
  const lines = text.split('\n');

  test.each([
    'Code: AADSTS50173',
    'Who can fix it: This PC',
    'Correlation ID: 5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35',
    'Request ID: 9d0b6c1e-7f24-4c8b-8a55-0e3c7d915b00',
    'Time: 2026-11-22T09:41:07.000Z',
    'Connection check: The proxy p….example:3128 does not answer.',
    'Result: Sign-in still fails',
    '- Reset OneDrive: Sign-in still fails',
    'In the way:',
    '- A VPN is connected: C….',
    'Fine:',
    'Extension: 0.1.0',
    'Browser: Edg/142.0.0.0',
  ])('holds the line: %s', (line) => {
    expect(lines).toContain(line);
  });

  test('tells the failure first, then the cause, what was tried, what is in the way, and last what is fine', () => {
    const order = ['AADSTS50173', 'Connection check:', 'What was done:', 'In the way:', 'Fine:', 'Made by:'];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  test('is within 80 columns, but for a word that is longer by itself', () => {
    const long = lines.filter((line) => line.length > 80);
    expect(long).toEqual([]);
  });

  test('says what it is: shortened, or not, and of a PC that is none', () => {
    expect(text).toContain('are shortened.');
    const full = asText(makeReport({ ...source, simulated: true }, wording, { full: true }), say);
    expect(full).not.toContain('are shortened.');
    expect(full).toContain('Simulated PC: none of this is about a real one.');
  });
});

test('a wrapped text has all its words, in lines that are as long as they may be and no longer', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcü漢'), minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
      const lines = wrap(`- ${words.join(' ')}`);
      const bare = lines.map((line) => line.slice(2));
      expect(bare.join(' ')).toBe(words.join(' '));
      for (const [at, line] of lines.entries()) {
        if (line.length > 80) expect(bare[at]).not.toContain(' ');
        const next = bare[at + 1]?.split(' ')[0];
        if (next !== undefined) expect(line.length + 1 + next.length).toBeGreaterThan(80);
      }
    }),
  );
});

test('between words from right to left, times and ids stay whole, and nothing is added elsewhere', () => {
  const rtl: typeof say = (key, ...values) => (key === 'language_direction' ? 'rtl' : say(key, ...values));
  const marked = asText(report, rtl);
  expect(marked).toMatch(/\u200e\d{4}-\d\d-\d\dT[\d:.]+Z/);
  expect(marked).not.toMatch(/(?<!\u200e)\b\d{4}-\d\d-\d\dT/);
  expect(marked.replaceAll('\u200e', '')).toBe(asText(report, say));
  expect(asText(report, say)).not.toContain('\u200e');
});

type Node = DefaultTreeAdapterMap['childNode'];
type Element = DefaultTreeAdapterMap['element'];

function elementsOf(html: string): Element[] {
  const within = (nodes: readonly Node[]): Element[] =>
    nodes.flatMap((node) => ('tagName' in node ? [node, ...within(node.childNodes)] : []));
  return within(parse(html).childNodes);
}

const page = (made: Report) => asHtml(made, { say, lang: 'en', dir: 'ltr' });
const attribute = ({ attrs }: Element, name: string) => attrs.find((each) => each.name === name)?.value;

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

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;');

describe('as an e-mail', () => {
  const parts = (address: string) => {
    const url = new URL(address);
    return {
      to: decodeURIComponent(url.pathname),
      subject: url.searchParams.get('subject') ?? '',
      body: url.searchParams.get('body') ?? '',
    };
  };

  test('is to the help desk, with code and correlation id as its subject', () => {
    const { to, subject, body } = parts(asMail(report, 'help.desk@contoso.example', say));
    expect(to).toBe('help.desk@contoso.example');
    expect(subject).toBe('Sign-in report: AADSTS50173 5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35');
    expect(body).toContain('Correlation ID: 5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35\r\n');
    expect(body).not.toMatch(/(?<!\r)\n/);
  });

  test.each([
    'a&b=c@contoso.example',
    'a?cc=x@contoso.example',
    'a%b@contoso.example',
    "o'neil@contoso.example",
  ])('to %s goes there and nowhere else', (to) => {
    const address = asMail(report, to, say);
    expect(parts(address).to).toBe(to);
    expect([...new URL(address).searchParams.keys()]).toEqual(['subject', 'body']);
  });

  test('is never longer than programs take, ends with a whole sign, and says that it was cut', () => {
    const unit = fc.constantFrom('a', '&', ' ', '\n', 'ü', '漢', '👩‍👩‍👧', '\ud800', '%');
    const text = fc.string({ unit, minLength: 1, maxLength: 3000 });
    fc.assert(
      fc.property(text, (title) => {
        const words = { say, meaning: () => ({ title, todo: '', source: null }) };
        const address = asMail(makeReport(source, words), 'it@contoso.example', say);
        expect(address.length).toBeLessThanOrEqual(LONGEST_MAIL);
        const { body } = parts(address);
        if (!body.includes('Made at: ')) expect(body).toContain('The whole report can be copied');
        const start = body.split('\r\n\r\nThis is a part')[0] ?? '';
        expect(start.replace(/👩‍👩‍👧/gu, '')).not.toMatch(/👩|👧|\u200d/u);
      }),
      { numRuns: 200 },
    );
  });

  test('is whole where it fits', () => {
    const short = makeReport({ ...source, check: null, runs: [] }, wording);
    expect(parts(asMail(short, 'it@contoso.example', say)).body).toMatch(/Made at: .+\r\n$/);
  });
});

describe('of a repair that was chosen by hand', () => {
  const chosen = { code: 'by-hand', category: 'unknown', time: failure.time } as const;
  const made = makeReport(
    {
      ...source,
      check: null,
      failures: [chosen],
      runs: [{ ...run, failure: chosen }],
      recurrences: [{ code: 'by-hand', count: 3, pattern: null, helped: [] }],
    },
    wording,
  );
  const mail = decodeURIComponent(asMail(made, 'it@contoso.example', say));

  test.each([
    ['text', asText(made, say)],
    ['page', page(made)],
    ['e-mail', mail],
  ])('the %s says so in words, and shows no code', (_, form) => {
    expect(form).toContain('You chose this repair yourself.');
    expect(form).not.toMatch(/by-hand|Who can fix it|page about this code|^Code:|<th scope="row">Code</m);
  });

  test('the e-mail is about no code, and so is the page', () => {
    expect(mail).toContain('?subject=Sign-in report&');
    expect(page(made)).toContain('<h1>Sign-in report</h1>');
  });

  test('nothing comes back by itself; for programs the id stays', () => {
    expect(made.recurrences).toEqual([]);
    expect([made.failures[0]?.code, made.tried[0]?.code]).toEqual(['by-hand', 'by-hand']);
  });
});
