/** Nothing that looks like a token, a cookie or a password leaves with a report, wherever it has come from. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REMOVED, scrub, scrubText } from '../../../common/report/scrub.ts';
import { nasty, random } from './nasty.ts';

describe('is dropped', () => {
  test.each(nasty)('%s', (_, text, secret) => {
    expect(text).toContain(secret);
    const rest = scrubText(text);
    expect(rest).not.toContain(secret);
    expect(rest).toContain(REMOVED);
  });

  test('whatever stands around it', () => {
    const around = fc.string({ unit: fc.constantFrom(...' ;&?,"\'()<>\n\t.=') });
    const any = fc.constantFrom(...nasty);
    fc.assert(
      fc.property(around, any, around, (before, [, text, secret], after) => {
        expect(scrubText(`x ${before}\n${text} ${after}`)).not.toContain(secret);
      }),
      { numRuns: 3000 },
    );
  });

  test('a random text, however long, in any spelling of base64', () => {
    const spelled = (text: string, url: boolean) =>
      url ? text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') : text;
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 48, max: 400 }), fc.boolean(), (seed, bytes, url) => {
        const text = spelled(random(seed, bytes), url);
        // Nothing is left that is long enough to be of use.
        expect(scrubText(`[${text}]`).replaceAll(REMOVED, '').length).toBeLessThan(20);
      }),
      { numRuns: 3000 },
    );
  });

  test('once and for all: what is left is left alone', () => {
    for (const [, text] of nasty) expect(scrubText(scrubText(text))).toBe(scrubText(text));
  });
});

describe('stays', () => {
  test.each([
    'AADSTS50173',
    'Basic settings of the proxy; schemes: Basic, Negotiate, NTLM',
    'code: AADSTS50173',
    'code=50173',
    'https://login.microsoftonline.com/error?code=50173',
    '"code":"AADSTS50173"',
    'error 0x8004de40, code=0x8004de40',
    '5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35',
    'Correlation ID: 5C2F1A9E-3B7D-4E0A-9C41-2D8E6F0B7A35',
    'flushdns ended with code 1',
    'CredDeleteW failed with Win32 error 1168',
    'OneDrive Cached Credential Business - Business1',
    'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256',
    'C=US, O=DigiCert Inc, CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1',
    'https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-AADSTS50000-issue',
    'https://learn.microsoft.com/windows/win32/debug/system-error-code-lookup-tool',
    String.raw`HKCU\Software\Microsoft\OneDrive\Accounts\Business1\ConfiguredTenantId`,
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.departments-with-long-names.contoso.example',
    'Sign-in needs your password or second factor',
    'This PC is registered with your organisation, but has no sign-in token of it.',
    'device:no-token',
    'http://wpad.contoso.example/proxy.pac',
    '2026-11-22T09:41:07.000Z',
  ])('%s', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  test('what a record says beside it', () => {
    expect(scrub({ code: 'AADSTS1', count: 7, none: null, on: true })).toEqual({
      code: 'AADSTS1',
      count: 7,
      none: null,
      on: true,
    });
  });
});

test('a secret is found at any depth, in names of fields as well, and by its name alone', () => {
  const [, text, secret] = nasty[0] ?? ['', '', ''];
  const shown = JSON.stringify(scrub({ deep: [{ [text]: [text] }], canary: '7q', sFT: 'x', id_token: 'y' }));
  expect(shown).not.toContain(secret);
  expect(JSON.parse(shown)).toMatchObject({ canary: REMOVED, sFT: REMOVED, id_token: REMOVED });
});
