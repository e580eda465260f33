import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../../common/pages/facts.ts';
import { isOpen, judge } from '../../../common/pages/judge.ts';
import { failureOf } from '../../../common/pages/verdict.ts';
import { codeOf, facts } from './facts.ts';

const told = (
  page: string,
  errorCode: string,
  rest: Partial<PageFacts> = {},
  errorText: string | null = null,
) => facts(page, { page, errorCode, errorText }, null, rest);
const shown = { inline: 'No' };

describe('a page that goes on', () => {
  it.each(['50126', '50034', '50055', '51004', '50058', '16000', '99999999'])(
    'is healthy with %s beside its fields: it says so itself',
    (code) => {
      expect(judge(told('ConvergedSignIn', code, shown))?.kind).toBe('sign-in');
      expect(judge(told('ConvergedSignIn', code, {}, 'No'))?.kind).toBe('sign-in');
    },
  );

  it.each(['50057', '53003', '135011', '80001', '90033'])('has failed with %s, once it says so', (code) => {
    expect(codeOf(told('ConvergedSignIn', code, shown))).toBe(`AADSTS${code}`);
    expect(codeOf(told('ConvergedSignIn', code, {}, 'No'))).toBe(`AADSTS${code}`);
    const silent = told('ConvergedSignIn', code);
    expect(judge(silent)?.kind).toBe('sign-in');
    expect(isOpen(silent, judge(silent))).toBe(true);
  });

  it('believes a code in what is shown before its own number', () => {
    expect(codeOf(told('ConvergedSignIn', '50058', { inline: 'AADSTS50057: x' }))).toBe('AADSTS50057');
    expect(codeOf(told('ConvergedSignIn', '50057', { inline: 'AADSTS50126: x' }))).toBeNull();
  });

  it('has failed when the second factor was denied, in any language', () => {
    expect(codeOf(facts('ConvergedTFA', null, null, { denied: '拒否' }))).toBe('AADSTS500121');
    expect(codeOf(told('ConvergedTFA', '500121', {}, 'No'))).toBe('AADSTS500121');
    expect(codeOf(told('ConvergedTFA', '500121'))).toBeNull();
    expect(codeOf(told('ConvergedTFA', '500121', shown))).toBeNull();
    expect(codeOf(told('ConvergedSignIn', '500121', shown))).toBeNull();
  });

  it('has failed where an administrator has to agree first, unless only an app says so', () => {
    const words = { text: () => 'AADSTS90094: x' };
    expect(codeOf(told('ConvergedConsent', '90094'))).toBe('AADSTS90094');
    expect(codeOf(facts('ConvergedConsent', null, null, words))).toBe('AADSTS90094');
    expect(codeOf(facts('ConvergedConsent', null, null, { ...words, canAgree: true }))).toBeNull();
    expect(codeOf(facts('ConvergedSignIn', null, null, words))).toBeNull();
  });
});

describe('the code of an error page', () => {
  it.each([
    ['Error Code: 53003', '53003'],
    ['Fehlercode: 53003 Anforderungs-ID: 1', '53003'],
    ['错误代码：５３００３', '53003'],
    ['رمز الخطأ\n\u200e53003\u200f\n', '53003'],
    ['AADSTS#50105', '50105'],
  ])('is found in %j', (words, code) => {
    expect(codeOf(facts('ConvergedConditionalAccess', null, null, { text: () => words }))).toBe(
      `AADSTS${code}`,
    );
  });

  it.each([
    'Redmond, WA\n98052\n',
    'Timestamp: 2026-10-05',
    '1.0.50105.1',
    'Telefon: 50105-1',
    'Id: 50105abc',
  ])('is not found in %j', (words) => {
    expect(codeOf(facts('ConvergedError', null, null, { text: () => words }))).toBeNull();
  });

  it('is looked for among what is hidden last of all', () => {
    const text = (hidden: boolean) => (hidden ? 'AADSTS50011' : 'AADSTS53003');
    expect(codeOf(facts('ConvergedError', null, null, { text }))).toBe('AADSTS53003');
    expect(
      codeOf(facts('ConvergedError', null, null, { text: (hidden) => (hidden ? 'AADSTS50011' : '') })),
    ).toBe('AADSTS50011');
  });

  it('may be a reason in the source of an old page', () => {
    const old = { path: '/login.srf', source: () => '<a HR=8004786C>' };
    expect(codeOf(facts(null, null, null, old))).toBe('0x8004786c');
    expect(judge(facts(null, null, null, { ...old, path: '/common/login' }))).toBeNull();
    expect(judge(facts('ConvergedSignIn', null, null, old))?.kind).toBe('sign-in');
  });
});

describe('the look-up of codes', () => {
  it('shows codes and has not failed', () => {
    expect(judge(facts(null, null, 'AADSTS50020: x', { path: '/error' }))).toBeNull();
    expect(judge(facts('ErrorLookup', null, 'AADSTS50020: x', { path: '/error' }))?.kind).toBe('other');
  });
});

describe('failureOf', () => {
  const signal = judge(facts('ConvergedError', { message: 'AADSTS50105: x' }));
  it('is the catalogue\u2019s word on error pages, and unknown without a code', () => {
    expect(signal && failureOf(signal)).toMatchObject({ code: 'AADSTS50105', category: 'account' });
    expect(signal && failureOf({ ...signal, code: null })).toMatchObject({
      category: 'unknown',
      remedies: [],
    });
    expect(signal && failureOf({ ...signal, code: null, page: null })).toMatchObject({ category: 'unknown' });
  });
  it('is none on other pages, and for an expected interruption', () => {
    expect(signal && failureOf({ ...signal, kind: 'mfa' })).toBeNull();
    expect(signal && failureOf({ ...signal, code: 'AADSTS50140' })).toBeNull();
  });
});
