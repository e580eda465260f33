/** A report about a repair that was chosen by hand, in each of its forms. */
import { describe, expect, test } from 'vitest';
import { asHtml } from '../../../common/report/as-html.ts';
import { asMail } from '../../../common/report/as-mail.ts';
import { asText } from '../../../common/report/as-text.ts';
import { makeReport } from '../../../common/report/make.ts';
import type { Report } from '../../../common/report/report.ts';
import { failure, run, say, source, wording } from './source.ts';

const page = (made: Report) => asHtml(made, { say, lang: 'en', dir: 'ltr' });

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
