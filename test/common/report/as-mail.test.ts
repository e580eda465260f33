/** A report as an e-mail that programs take. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asMail, LONGEST_MAIL } from '../../../common/report/as-mail.ts';
import { makeReport } from '../../../common/report/make.ts';
import { say, source, wording } from './source.ts';

const report = makeReport(source, wording);

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
