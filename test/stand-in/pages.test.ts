import { describe, expect, test } from 'vitest';
import * as pages from './pages.ts';
import { configOf } from './visitor.ts';

const all: [string, string][] = [
  ['ConvergedError', pages.errorPage('AADSTS50173')],
  ['ConvergedConditionalAccess', pages.accessPolicyPage('AADSTS53003')],
  ['ConvergedSignIn', pages.signInPage()],
  ['ConvergedTFA', pages.secondFactorPage()],
  ['KmsiInterrupt', pages.staySignedInPage()],
];

describe.each(all)('%s', (id, body) => {
  test('says its id twice and carries the secrets that no tool may pass on', () => {
    expect(body).toContain(`<meta name="PageID" content="${id}">`);
    expect(configOf({ body })).toMatchObject({ pgid: id, ...pages.pageSecrets });
  });

  test('has traps for a careless reader of `$Config`, but only inside its strings', () => {
    expect(configOf({ body }).sTraps).toMatch(/\};.*\$Config=/s);
    expect(body.match(/<\/script>/g)).toHaveLength(1);
  });
});

test('a page is the same every time, so that it can be a fixture', () => {
  expect(pages.errorPage('AADSTS50173')).toBe(pages.errorPage('AADSTS50173'));
});

test.each([
  ['AADSTS50173', 50173],
  ['AADSTS700082', 700082],
  ['0x8004de40', 0],
])('the error page for %s has the number %s', (code, number) => {
  const body = pages.errorPage(code);
  expect(configOf({ body }).iErrorCode).toBe(number);
  expect(body).toContain(`<div id="exceptionMessageContainer">${code}: `);
});

test('texts cannot break out of a page', () => {
  const body = pages.returnPage('https://www.office.com/"><b>', { state: '"><script>alert(1)</script>' });
  expect(body).not.toContain('<b>');
  expect(body.match(/<script/g)).toHaveLength(1);
});
