/** A report as text for a ticket. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asText } from '../../../common/report/as-text.ts';
import { makeReport } from '../../../common/report/make.ts';
import { wrap } from '../../../common/report/wrap.ts';
import { say, source, wording } from './source.ts';

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
