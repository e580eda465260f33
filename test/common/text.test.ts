import { describe, expect, test } from 'vitest';
import { fill } from '../../common/text.ts';

const files = '{$2, plural, one {One file in $1} other {# files in $1}} left. $1 stays.';
const arabic =
  '{$1, plural, zero {zero #} one {one #} two {two #} few {few #} many {many #} other {other #}}';

test.each([
  ['C:\\a', 1, 'One file in C:\\a left. C:\\a stays.'],
  ['C:\\a', 0, '0 files in C:\\a left. C:\\a stays.'],
  ['C:\\a', '12', '12 files in C:\\a left. C:\\a stays.'],
  ['C:\\a', 'many', 'many files in C:\\a left. C:\\a stays.'],
  ['C:\\a', '', ' files in C:\\a left. C:\\a stays.'],
])('%s, %j', (folder, count, said) => {
  expect(fill(files, [folder, count], 'en')).toBe(said);
});

test('numbers are written as the language does, in western digits', () => {
  const written = (language: string) => fill('{$1, plural, other {#}}', [2310], language);
  expect(['en', 'de', 'ar'].map(written)).toEqual(['2,310', '2.310', '2,310']);
});

test('the language says which branch a number takes', () => {
  const branch = (number: number) => fill(arabic, [number], 'ar').split(' ')[0];
  expect([0, 1, 2, 3, 11, 100].map(branch)).toEqual(['zero', 'one', 'two', 'few', 'many', 'other']);
  expect(fill('{$1, plural, one {a} many {b} other {c}}', [0], 'fr')).toBe('a');
});

describe('what comes from elsewhere', () => {
  test('is never taken for a part of the message', () => {
    const name = '{$1, plural, one {x} other {y}} $2 # $&';
    expect(fill('At $1: {$2, plural, one {#} other {# of $1}}', [name, 2], 'en')).toBe(
      `At ${name}: 2 of ${name}`,
    );
    expect(fill('{$1, plural, one {#} other {#}}', ['$2 {$2', 5], 'en')).toBe('$2 {$2');
  });

  test('a value that is missing leaves its place to be seen', () => {
    expect(fill('$1 and $2', ['a'], 'en')).toBe('a and $2');
  });
});
