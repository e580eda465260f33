import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../common/pages/judge.ts';
import { kindOf } from '../../../common/pages/kinds.ts';
import { SignalSchema } from '../../../extension/signal.ts';
import { codeOf, correlationId, facts, requestId } from './facts.ts';

describe('healthy pages', () => {
  it.each([
    ['ConvergedSignIn', 'sign-in'],
    ['ConvergedTFA', 'mfa'],
    ['KmsiInterrupt', 'interrupt'],
    ['ConvergedProofUpRedirect', 'interrupt'],
    ['ConvergedConsent', 'interrupt'],
    ['BssoInterrupt', 'interrupt'],
    ['ConvergedSomethingNew', 'other'],
    ['constructor', 'other'],
  ])('%s is %s, whatever code stands in it', (page, kind) => {
    // Every fresh sign-in page has sErrorCode 50058, and a ProofUp page 50203.
    const signal = {
      type: 'signal',
      page,
      kind,
      code: null,
      correlationId: null,
      requestId: null,
      time: null,
    };
    expect(judge(facts(page, { page, errorCode: '50058', correlationId, requestId }))).toEqual(signal);
    expect(judge(facts(page))).toEqual(signal);
  });

  it('take the id from $Config where there is no meta element', () => {
    expect(judge(facts(null, { page: 'ConvergedSignIn', errorCode: '50058' }))).toMatchObject({
      kind: 'sign-in',
      code: null,
    });
  });

  it('tell nothing while nothing is known', () => {
    expect(judge(facts(null))).toBeNull();
    expect(judge(facts(null, {}))).toBeNull();
    expect(judge(facts('<img src=x>'))).toBeNull();
  });
});

describe('error pages', () => {
  it('tell code, ids and time', () => {
    const config = {
      page: 'ConvergedError',
      errorCode: '50105',
      message: 'AADSTS50105: not assigned',
      correlationId: correlationId.toUpperCase(),
      requestId,
      time: '2026-11-22T10:20:30',
    };
    expect(judge(facts('ConvergedError', config))).toEqual({
      type: 'signal',
      page: 'ConvergedError',
      kind: 'error',
      code: 'AADSTS50105',
      correlationId,
      requestId,
      time: '2026-11-22T10:20:30.000Z',
    });
  });

  it('tell the same from the shown message alone, in any language', () => {
    const shown = `AADSTS53003: 条件付き Trace ID: ${requestId} Correlation ID: ${correlationId} Timestamp: 2026-11-22 10:20:30Z`;
    expect(judge(facts(null, null, shown))).toEqual({
      type: 'signal',
      page: null,
      kind: 'error',
      code: 'AADSTS53003',
      correlationId,
      requestId,
      time: '2026-11-22T10:20:30.000Z',
    });
  });

  it.each(['ConvergedError', 'ConvergedConditionalAccess', 'ConvergedLoginPaginatedError'])(
    '%s is one',
    (page) => {
      expect(judge(facts(page, { errorCode: '53003' }))).toMatchObject({
        kind: 'error',
        code: 'AADSTS53003',
      });
    },
  );

  it('believe the message before the number', () => {
    expect(codeOf(facts('ConvergedError', { errorCode: '50058', message: 'AADSTS500133: x' }))).toBe(
      'AADSTS500133',
    );
  });

  it('tell the inner code of AADSTS70002', () => {
    const message = 'AADSTS70002: Error validating credentials. AADSTS50155: Device';
    expect(codeOf(facts('ConvergedError', { message }))).toBe('AADSTS50155');
    expect(codeOf(facts('ConvergedError', { message: 'AADSTS70002: x' }))).toBe('AADSTS70002');
  });

  it('are errors even without a code', () => {
    expect(judge(facts('ConvergedError'))).toMatchObject({ kind: 'error', code: null });
    expect(judge(facts(null, null, 'Something went wrong'))).toMatchObject({ kind: 'error', code: null });
  });

  it('count a shown container on any page, but never the code of that page', () => {
    const shown = 'Sorry, but we cannot go on';
    expect(judge(facts('ConvergedSignIn', { errorCode: '50058' }, shown))).toMatchObject({
      kind: 'error',
      code: null,
    });
    expect(codeOf(facts('ConvergedSignIn', { errorCode: '50058' }, 'AADSTS50020: x'))).toBe('AADSTS50020');
  });

  it('drop ids and times that are none', () => {
    const config = {
      errorCode: '50105',
      correlationId: '{{.ClientRequestId}}',
      requestId: 'x',
      time: '0000-99-99T99:99:99',
    };
    expect(judge(facts('ConvergedError', config))).toMatchObject({
      correlationId: null,
      requestId: null,
      time: null,
    });
  });
});

describe('every signal', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      'ConvergedError',
      'AADSTS50105',
      '50058',
      '2026-11-22 10:20:30Z',
      correlationId,
      '2026-13-40T99:00:00',
    ),
  );
  const any = fc.option(text, { nil: null });
  const path = fc.constantFrom('/', '/error', '/login.srf', '/te/a/b');
  const config = fc.record({
    page: any,
    errorCode: fc.option(fc.integer({ min: 1000, max: 9_999_999 }).map(String), { nil: null }),
    message: any,
    errorText: any,
    correlationId: any,
    requestId: any,
    time: any,
  });

  it('fits the schema of the side that receives it', () => {
    fc.assert(
      fc.property(
        fc.tuple(any, fc.option(config, { nil: null }), any, any, any, text, path),
        ([pageId, read, exception, inline, denied, words, path]) => {
          const signal = judge(facts(pageId, read, exception, { inline, denied, path, text: () => words }));
          if (signal !== null) expect(v.parse(SignalSchema, signal)).toEqual(signal);
        },
      ),
    );
  });

  it('is refused with anything more or longer', () => {
    const signal = { ...judge(facts('ConvergedError')), sFT: 'secret' };
    expect(v.safeParse(SignalSchema, signal).success).toBe(false);
    expect(
      v.safeParse(SignalSchema, { ...judge(facts('ConvergedError')), page: 'x'.repeat(81) }).success,
    ).toBe(false);
  });
});

describe('kindOf', () => {
  it('takes no longer for a hostile id', () => {
    expect(kindOf(`Converged${'Error'.repeat(100_000)}x`)).toBe('other');
    expect(kindOf('Interrupt'.repeat(100_000))).toBe('other');
  });
});
