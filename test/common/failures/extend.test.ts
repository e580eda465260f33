import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { beyondThisPc } from '../../../common/failures/category.ts';
import { extendCatalogue } from '../../../common/failures/extend.ts';
import { describeFailure, explain, meaningWords, setExtension } from '../../../common/failures/index.ts';

const entry = {
  code: 'AADSTS50173',
  category: 'local',
  title: 'Your password was changed at the office.',
  todo: 'Sign in again, or call 4711.',
};

afterEach(() => setExtension(new Map()));

describe('entries of an organisation', () => {
  it('stand in place of ours, in every spelling', () => {
    const { entries, refused } = extendCatalogue([
      { ...entry, code: 'aadsts: 50173', source: 'https://help.example/1' },
    ]);
    expect(refused).toEqual([]);
    setExtension(entries);
    const meaning = describeFailure('50173');
    expect(meaning).toEqual({
      code: 'AADSTS50173',
      category: 'local',
      title: 'failure_organisation',
      todo: 'failure_organisation_todo',
      words: { title: entry.title, todo: entry.todo },
      remedies: [],
      identity: [],
      documented: [],
      source: 'https://help.example/1',
    });
    expect(meaningWords(meaning, String)).toEqual({ title: entry.title, todo: entry.todo });
    expect(meaningWords(describeFailure('AADSTS50058'), String).title).toBe('failure_not_signed_in');
  });

  it('add codes that we do not know, and count in a text', () => {
    setExtension(extendCatalogue([{ ...entry, code: 'AADSTS59999', category: 'account' }]).entries);
    expect(explain('AADSTS70002 AADSTS59999').failure).toMatchObject({
      code: 'AADSTS59999',
      category: 'account',
    });
    expect(describeFailure('AADSTS59999').source).toBe('https://login.microsoftonline.com/error?code=59999');
  });

  it('go again when others are set', () => {
    setExtension(extendCatalogue([entry]).entries);
    setExtension(extendCatalogue([]).entries);
    expect(describeFailure('AADSTS50173').title).toBe('failure_password_changed');
  });

  it('may choose among remedies, which stay documented only where Microsoft says so', () => {
    const remedies = ['reset-onedrive', 'purge-credentials'];
    setExtension(extendCatalogue([{ ...entry, code: '0x8004de40', remedies }]).entries);
    expect(describeFailure('0x8004de40')).toMatchObject({ remedies, documented: ['reset-onedrive'] });
  });

  it('clear of the remembered accounts what our own entry for that code says', () => {
    const remedies = ['clear-identity-cache'];
    setExtension(extendCatalogue([{ ...entry, code: '0x8004dec5', remedies }]).entries);
    expect(describeFailure('0x8004dec5')).toMatchObject({ remedies, identity: ['identity-key', 'oneauth'] });
    setExtension(extendCatalogue([{ ...entry, code: '0x8004dec5', remedies: ['reset-onedrive'] }]).entries);
    expect(describeFailure('0x8004dec5')).toMatchObject({ remedies: ['reset-onedrive'], identity: [] });
  });

  it('carry a version and a date', () => {
    expect(extendCatalogue({ version: 7, date: '2026-11-20', entries: [entry] })).toMatchObject({
      version: 7,
      date: '2026-11-20',
      refused: [],
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['what is no entry', 'AADSTS50173', /Object/],
    ['a missing sentence', { ...entry, todo: undefined }, /todo/],
    ['an empty sentence', { ...entry, todo: '  ' }, /todo/],
    ['a sentence that is too long', { ...entry, title: 'x'.repeat(201) }, /title/],
    ['mark-up', { ...entry, title: '<b>Ring</b>' }, /title/],
    ['line breaks', { ...entry, todo: 'One\nTwo' }, /todo/],
    ['turned reading direction', { ...entry, todo: 'One \u202eowT' }, /todo/],
    ['a category that is none', { ...entry, category: 'mine' }, /category/],
    ['a code that is none', { ...entry, code: 'E-17' }, /"E-17" is no code/],
    ['a remedy that is none', { ...entry, remedies: ['format-disk'] }, /remedies/],
    ['a remedy twice', { ...entry, remedies: ['reset-onedrive', 'reset-onedrive'] }, /twice/],
    [
      'a remedy beyond this PC',
      { ...entry, category: 'policy', remedies: ['reset-onedrive'] },
      /"policy" is beyond/,
    ],
    [
      'a code beyond this PC made local',
      { ...entry, code: 'AADSTS53003', remedies: ['purge-credentials'] },
      /"policy" is beyond/,
    ],
    [
      'a remedy for the unknown',
      { ...entry, category: 'unknown', remedies: ['reset-onedrive'] },
      /"unknown"/,
    ],
    [
      'clearing remembered accounts for a code that does not point there',
      { ...entry, remedies: ['clear-identity-cache'] },
      /clear-identity-cache is only for codes/,
    ],
    [
      'the same for a code that only the organisation knows',
      { ...entry, code: 'AADSTS59999', remedies: ['clear-identity-cache'] },
      /clear-identity-cache is only for codes/,
    ],
    ['a source that is no address', { ...entry, source: 'javascript:alert(1)' }, /source/],
    ['anything more', { ...entry, command: 'calc.exe' }, /command/],
  ])('are refused for %s, and the rest is kept', (_, bad, reason) => {
    const { entries, refused } = extendCatalogue([bad, { ...entry, code: '50058' }]);
    expect(refused).toEqual([{ index: 0, reason: expect.stringMatching(reason) }]);
    expect([...entries.keys()]).toEqual(['AADSTS50058']);
  });

  it('are refused the second time', () => {
    const { entries, refused } = extendCatalogue([entry, { ...entry, code: '50173' }]);
    expect(entries.size).toBe(1);
    expect(refused).toEqual([{ index: 1, reason: 'code: AADSTS50173 is given twice' }]);
  });

  it('are kept under a bad head', () => {
    const { entries, refused } = extendCatalogue({ version: 'new', entries: [entry] });
    expect(entries.size).toBe(1);
    expect(refused).toEqual([{ index: null, reason: expect.stringContaining('version') }]);
  });

  it('are not read without end', () => {
    const { refused } = extendCatalogue(Array.from({ length: 5000 }, () => 0));
    expect(refused).toHaveLength(2001);
  });

  it('never break anything, and never repair what is beyond this PC', () => {
    const odd = fc.record(
      {
        code: fc.oneof(
          fc.string(),
          fc.constantFrom('AADSTS50173', 'AADSTS53003', '0x8004de40', 'net::ERR_FAILED'),
        ),
        category: fc.constantFrom('local', 'policy', 'none', 'service', 'unknown', 'other'),
        title: fc.string({ maxLength: 20 }),
        todo: fc.constant('Do it.'),
        remedies: fc.array(fc.constantFrom('purge-credentials', 'reset-onedrive', 'x'), { maxLength: 3 }),
      },
      { requiredKeys: ['code', 'category'] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.oneof(odd, fc.anything())), fc.anything()), (input) => {
        const { entries, refused } = extendCatalogue(input);
        for (const { category, remedies = [] } of entries.values())
          if (beyondThisPc.has(category) || category === 'unknown') expect(remedies).toEqual([]);
        if (Array.isArray(input)) expect(entries.size + refused.length).toBe(input.length);
      }),
    );
  });
});
