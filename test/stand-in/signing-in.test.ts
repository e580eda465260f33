/** Sign-ins at the stand-in: ones that work, that fail, and that wait for the user. */
import { describe, expect, test } from 'vitest';
import type { AnswerKind } from './index.ts';
import { pageSecrets } from './layout.ts';
import { authorize, home, ownStandIn } from './own-stand-in.ts';
import { configOf, formOf } from './visitor.ts';

describe('signing in', () => {
  test('goes to the sign-in service and back, and ends signed in', async () => {
    const { visitor, standIn } = await ownStandIn();
    const visit = await visitor.go(home);
    expect(visit.way).toEqual([
      home,
      'https://www.office.com/login',
      authorize,
      'https://www.office.com/landingv2',
      home,
    ]);
    expect(visit.body).toContain('ada@contoso.example');
    const asked = new URL(standIn.requests[2]?.path ?? '', authorize).searchParams;
    expect(asked.get('client_id')).toBe('4765445b-32c6-49b0-83e6-1d93765276ca');
    expect(asked.get('redirect_uri')).toBe('https://www.office.com/landingv2');
  });

  test('is not needed twice', async () => {
    const { visitor, verdict } = await ownStandIn();
    await visitor.go(home);
    verdict.works = false;
    expect((await visitor.go(home)).way).toEqual([home]);
  });

  test('works for m365.cloud.microsoft too', async () => {
    const { visitor } = await ownStandIn();
    expect((await visitor.go('https://m365.cloud.microsoft/')).url.href).toBe(
      'https://m365.cloud.microsoft/',
    );
  });

  test('keeps the port where the request has one', async () => {
    const { visitor, standIn } = await ownStandIn();
    const visit = await visitor.go(`https://www.office.com:${standIn.port}/`);
    expect(visit.status).toBe(200);
    expect(visit.way.every((address) => new URL(address).port === String(standIn.port))).toBe(true);
  });

  test('can come back by redirect', async () => {
    const { visitor } = await ownStandIn();
    const visit = await visitor.go(`${home}login?response_mode=query`);
    expect(visit.url.href).toBe(home);
    expect(visit.body).toContain('ada@contoso.example');
  });

  test('redeems a code once', async () => {
    const { visitor, standIn } = await ownStandIn();
    await visitor.go(`${home}login?response_mode=query`);
    const landing = standIn.requests.find(({ path }) => path.startsWith('/landingv2?'));
    const again = await visitor.go(new URL(landing?.path ?? '', home));
    expect(again.status).toBe(400);
  });

  test('leads back to no other site', async () => {
    const { visitor } = await ownStandIn();
    const visit = await visitor.go(`${authorize}?redirect_uri=https%3A%2F%2Felsewhere.example%2Flandingv2`);
    expect(configOf(visit)).toMatchObject({ pgid: 'ConvergedError', iErrorCode: 50011 });
  });
});

describe('a sign-in that fails', () => {
  test('shows the error page with HTTP 200 and all that a program can go by', async () => {
    const { visitor, verdict } = await ownStandIn();
    verdict.works = false;
    const visit = await visitor.go(home);
    expect(visit.status).toBe(200);
    expect(visit.url.hostname).toBe('login.microsoftonline.com');
    expect(visit.body).toContain('<meta name="PageID" content="ConvergedError">');
    expect(visit.body).toMatch(/<div id="exceptionMessageContainer">AADSTS50173: /);
    expect(configOf(visit)).toMatchObject({
      pgid: 'ConvergedError',
      iErrorCode: 50173,
      strServiceExceptionMessage: expect.stringMatching(/^AADSTS50173: /),
      strMainMessage: expect.any(String),
      correlationId: visit.url.searchParams.get('client-request-id'),
      sessionId: visit.headers['x-ms-request-id'],
      serverDetails: { rt: expect.any(String) },
      oCancelPostParams: { error: 'access_denied' },
      ...pageSecrets,
    });
  });

  test('allows no script but its own', async () => {
    const { visitor, verdict } = await ownStandIn();
    verdict.works = false;
    const { headers, body } = await visitor.go(home);
    const nonce = /script-src 'nonce-([\w-]+)'/.exec(String(headers['content-security-policy']))?.[1];
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}" type="text/javascript">`]);
    expect(headers['cache-control']).toContain('no-store');
    expect((await visitor.go(home)).headers['content-security-policy']).not.toContain(String(nonce));
  });

  test('drops the session, though it worked before', async () => {
    const { visitor, verdict } = await ownStandIn();
    await visitor.go(home);
    verdict.works = false;
    expect(configOf(await visitor.go(`${home}login?prompt=login`))).toMatchObject({ pgid: 'ConvergedError' });
    expect((await visitor.go(home)).url.hostname).toBe('login.microsoftonline.com');
    verdict.works = true;
    expect((await visitor.go(home)).url.href).toBe(home);
  });

  test('shows the policy page for a policy', async () => {
    const { visitor, verdict } = await ownStandIn();
    Object.assign(verdict, { works: false, code: 'AADSTS530003' });
    const config = configOf(await visitor.go(home));
    expect(config).toMatchObject({ pgid: 'ConvergedConditionalAccess', sErrorCode: '530003' });
    expect(config).not.toHaveProperty('strServiceExceptionMessage');
  });

  test('tells the app alone when no page may be shown', async () => {
    const { visitor, verdict } = await ownStandIn();
    verdict.works = false;
    const visit = await visitor.go(`${home}login?prompt=none&response_mode=query`);
    expect(visit.url.hostname).toBe('www.office.com');
    expect(visit.url.searchParams.get('error')).toBe('interaction_required');
    expect(visit.url.searchParams.get('error_description')).toMatch(/^AADSTS50173: /);
  });

  test('speaks the language that it is told', async () => {
    const { visitor, verdict } = await ownStandIn({ language: { lang: 'ar', dir: 'rtl' } });
    verdict.works = false;
    expect((await visitor.go(home)).body).toContain('<html dir="rtl" lang="ar">');
  });
});

describe('healthy pages that wait for the user', () => {
  test('the sign-in form says 50058 and access_denied, and is a form', async () => {
    const { visitor, verdict } = await ownStandIn();
    Object.assign(verdict, { works: false, code: 'AADSTS50173', needsUser: true });
    const visit = await visitor.go(home);
    expect(configOf(visit)).toMatchObject({
      pgid: 'ConvergedSignIn',
      sErrorCode: '50058',
      arrValErrs: ['50058'],
      sErrTxt: '',
      oCancelPostParams: { error: 'access_denied' },
    });
    expect(visit.body).toContain('name="passwd"');
    const { action, fields } = formOf(visit);
    expect((await visitor.go(action, fields)).url.href).toBe(home);
  });

  test.each<[AnswerKind, string]>([
    ['sign-in', 'ConvergedSignIn'],
    ['second-factor', 'ConvergedTFA'],
    ['stay-signed-in', 'KmsiInterrupt'],
  ])('%s comes when it is asked for, once, and leads on', async (kind, id) => {
    const { visitor, standIn } = await ownStandIn();
    standIn.next(kind);
    const visit = await visitor.go(home);
    expect(configOf(visit)).toMatchObject({ pgid: id });
    const { action, fields } = formOf(visit);
    expect((await visitor.go(action, fields)).url.href).toBe(home);
    expect((await visitor.go(`${home}login`)).url.href).toBe(home);
  });

  test('typing does not help while the PC is what is wrong', async () => {
    const { visitor, standIn, verdict } = await ownStandIn();
    verdict.works = false;
    standIn.next('sign-in');
    const { action, fields } = formOf(await visitor.go(home));
    expect(configOf(await visitor.go(action, fields))).toMatchObject({ pgid: 'ConvergedError' });
  });

  test('/healthy always has one', async () => {
    const { visitor } = await ownStandIn();
    expect(configOf(await visitor.go('https://login.microsoftonline.com/healthy')).pgid).toBe(
      'ConvergedSignIn',
    );
  });
});
