/** What is in a report, that it is as documented, and that no secret is in any form of it. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { asHtml } from '../../../common/report/as-html.ts';
import { asJson } from '../../../common/report/as-json.ts';
import { asMail } from '../../../common/report/as-mail.ts';
import { asText } from '../../../common/report/as-text.ts';
import { makeReport, type ReportSource } from '../../../common/report/make.ts';
import { ReportSchema } from '../../../common/report/report.ts';
import { nasty, random } from './nasty.ts';
import { failure, run, say, source, wording } from './source.ts';

const report = makeReport(source, wording);

describe('a report', () => {
  test.each([false, true])('is what its schema says, full: %s', (full) => {
    const made = makeReport(source, wording, { full });
    expect(v.parse(ReportSchema, JSON.parse(asJson(made)))).toEqual(made);
    expect(made.masked).toBe(!full);
  });

  test('can be of nothing at all', () => {
    const nothing = { ...source, failures: [], check: null, runs: [], recurrences: [], rules: [] };
    const made = makeReport(nothing, wording);
    v.parse(ReportSchema, made);
    expect(asText(made, say)).toMatch(/^Sign-in report\n[\s\S]+\nMade at: 2026-11-22T09:45:00\.000Z\n$/);
    expect(asMail(made, 'it@contoso.example', say)).toContain('?subject=Sign-in%20report&');
  });

  test('says the same words as on screen', () => {
    expect(report.failures[0]).toMatchObject({ who: 'This PC', words: expect.stringContaining('password') });
    expect(report.tried[0]).toMatchObject({
      words: 'Sign-in still fails',
      steps: [
        { name: 'Remove stored sign-in entries', problem: { kind: 'access-denied' } },
        { name: 'Reset OneDrive', words: 'Sign-in still fails', verification: { outcome: 'fails' } },
      ],
      undone: { restored: 3, impossible: [expect.stringContaining(': its backup is no longer there')] },
    });
    expect(report.recurrences[0]?.words).toBe('4 times in 30 days. Each time with a VPN connected.');
  });

  test('says what the organisation does not let run, and not what it approved', () => {
    expect(report.notAllowed).toMatchObject([
      { remedy: 'relink-onedrive', because: 'forbidden' },
      { remedy: 'reset-onedrive', because: 'needs-approval' },
    ]);
    const line = 'Reset OneDrive: Your organisation wants to approve this first.';
    expect(asText(report, say)).toContain(`Not allowed by the organisation:\n- `);
    expect(asText(report, say)).toContain(`- ${line}\n`);
    expect(asHtml(report, { say, lang: 'en', dir: 'ltr' })).toContain('wants to approve this first.');
  });

  test('begins with the cause, then what follows from it', () => {
    const found = report.check?.findings.map(({ check, part, level }) => `${check} ${part ?? level}`);
    expect(found?.slice(0, 4)).toEqual(['proxy cause', 'endpoints follows', 'mtu fault', 'internet fault']);
    expect(report.check?.words).toBe('The proxy p….example:3128 does not answer.');
  });

  test.each([
    ['looking', 'Looking at the connection…'],
    ['cancelled', 'The check was cancelled'],
  ] as const)('names no cause while it is %s', (state, words) => {
    const check = source.check && { ...source.check, state };
    const made = makeReport({ ...source, check }, wording);
    expect(made.check?.words).toBe(words);
    expect(made.check?.findings.some(({ part }) => part)).toBe(false);
  });

  test.each([
    ['fixed', 'waiting', 'Not needed'],
    ['not-fixed', 'waiting', 'Not done'],
    ['interrupted', 'running', 'Cut off'],
    ['running', 'running', 'In progress'],
    ['your-turn', 'waiting', 'Waiting'],
  ] as const)('of a run that is %s says of a step that is %s: %s', (status, step, words) => {
    const steps = run.steps.slice(1).map(({ verification: _, ...each }) => ({ ...each, status: step }));
    const made = makeReport({ ...source, runs: [{ ...run, status, steps }] }, wording);
    expect(made.tried[0]?.steps[0]?.words).toBe(words);
  });
});

/** All fields of a schema, as `a.b.c`. */
function fieldsOf(schema: v.GenericSchema, path = ''): string[] {
  if ('wrapped' in schema) return fieldsOf(schema.wrapped as v.GenericSchema, path);
  if (schema.type === 'array' && 'item' in schema) return fieldsOf(schema.item as v.GenericSchema, path);
  if (schema.type !== 'strict_object' || !('entries' in schema)) return [];
  return Object.entries(schema.entries as Record<string, v.GenericSchema>).flatMap(([name, entry]) => {
    const own = path ? `${path}.${name}` : name;
    return [own, ...fieldsOf(entry, own)];
  });
}

test('docs/REPORT.md names every field, and no other', () => {
  const [, section = ''] = readFileSync('docs/REPORT.md', 'utf8').split(/^## What is in it$/m);
  const [table = ''] = section.split(/^## /m);
  const cells = table.split('\n').flatMap((line) => line.split('|')[1] ?? []);
  const named = cells.flatMap((cell) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, name]) => name));
  expect(named.toSorted()).toEqual(fieldsOf(ReportSchema).toSorted());
});

/** Puts a text into every string of a report's source that is free text. */
function poisoned(text: string): ReportSource {
  const put = (deep: unknown, key = ''): unknown => {
    if (Array.isArray(deep)) return deep.map((each) => put(each, key));
    if (typeof deep === 'object' && deep !== null)
      return Object.fromEntries(Object.entries(deep).map(([name, value]) => [name, put(value, name)]));
    return typeof deep === 'string' && !fixed.has(key) ? `${deep} ${text}` : deep;
  };
  return put(source) as ReportSource;
}
/** Ids, and what schemas hold to a form. */
const fixed = new Set(
  [
    'code codes category time startedAt endedAt madeAt correlationId requestId status remedy kind outcome undo',
    'because why meaning check level scope state who pattern helped proof',
  ].flatMap((names) => names.split(' ')),
);

describe('no secret leaves', () => {
  const forms = (text: string, full: boolean) => {
    const words = { ...wording, meaning: () => ({ title: `x ${text}`, todo: text, source: null }) };
    const made = makeReport(poisoned(text), words, { full });
    return [
      asText(made, say),
      JSON.stringify(JSON.parse(asJson(made))),
      asHtml(made, { say, lang: 'en', dir: 'ltr' }),
      decodeURIComponent(asMail(made, 'it@contoso.example', say)),
    ];
  };

  test.each(nasty)('%s, hidden in every field, in no form, full or not', (_, text, secret) => {
    for (const full of [false, true]) {
      for (const form of forms(text, full)) {
        // A wrapped line could hide it from a plain look.
        expect(form.replace(/\s+/g, ' ')).not.toContain(secret.replace(/\s+/g, ' '));
        expect(form).toContain('AADSTS50173');
      }
    }
  });

  test('random texts, hidden in every field', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, full) => {
        const secret = random(seed, 64);
        for (const form of forms(`{"x":"${secret}"}`, full)) expect(form).not.toContain(secret.slice(4, 40));
      }),
      { numRuns: 100 },
    );
  });

  test('and the ids that IT needs stay', () => {
    const [text = ''] = forms('', false);
    for (const id of [failure.correlationId, failure.requestId]) expect(text).toContain(id);
  });
});
