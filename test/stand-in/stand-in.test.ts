import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { cookiesAddress, plantAddress, STALE } from './cookies.ts';
import { type AnswerKind, type StandIn, type StandInOptions, startStandIn, type Verdict } from './index.ts';
import { pageSecrets } from './layout.ts';
import { configOf, formOf, Visitor } from './visitor.ts';

const home = 'https://www.office.com/';
let standIn: StandIn;
let verdict: Verdict;

async function start(options: Partial<StandInOptions> = {}): Promise<Visitor> {
  verdict = { works: true, code: 'AADSTS50173' };
  standIn = await startStandIn({ verdict: async () => verdict, ...options });
  return new Visitor(standIn);
}

afterEach(() => standIn.close());

const authorize = 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize';

describe('signing in', () => {
  test('goes to the sign-in service and back, and ends signed in', async () => {
    const visitor = await start();
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
    const visitor = await start();
    await visitor.go(home);
    verdict.works = false;
    expect((await visitor.go(home)).way).toEqual([home]);
  });

  test('works for m365.cloud.microsoft too', async () => {
    const visitor = await start();
    expect((await visitor.go('https://m365.cloud.microsoft/')).url.href).toBe(
      'https://m365.cloud.microsoft/',
    );
  });

  test('keeps the port where the request has one', async () => {
    const visitor = await start();
    const visit = await visitor.go(`https://www.office.com:${standIn.port}/`);
    expect(visit.status).toBe(200);
    expect(visit.way.every((address) => new URL(address).port === String(standIn.port))).toBe(true);
  });

  test('can come back by redirect', async () => {
    const visitor = await start();
    const visit = await visitor.go(`${home}login?response_mode=query`);
    expect(visit.url.href).toBe(home);
    expect(visit.body).toContain('ada@contoso.example');
  });

  test('redeems a code once', async () => {
    const visitor = await start();
    await visitor.go(`${home}login?response_mode=query`);
    const landing = standIn.requests.find(({ path }) => path.startsWith('/landingv2?'));
    const again = await visitor.go(new URL(landing?.path ?? '', home));
    expect(again.status).toBe(400);
  });

  test('leads back to no other site', async () => {
    const visitor = await start();
    const visit = await visitor.go(`${authorize}?redirect_uri=https%3A%2F%2Felsewhere.example%2Flandingv2`);
    expect(configOf(visit)).toMatchObject({ pgid: 'ConvergedError', iErrorCode: 50011 });
  });
});

describe('a sign-in that fails', () => {
  test('shows the error page with HTTP 200 and all that a program can go by', async () => {
    const visitor = await start();
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
    const visitor = await start();
    verdict.works = false;
    const { headers, body } = await visitor.go(home);
    const nonce = /script-src 'nonce-([\w-]+)'/.exec(String(headers['content-security-policy']))?.[1];
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}" type="text/javascript">`]);
    expect(headers['cache-control']).toContain('no-store');
    expect((await visitor.go(home)).headers['content-security-policy']).not.toContain(String(nonce));
  });

  test('drops the session, though it worked before', async () => {
    const visitor = await start();
    await visitor.go(home);
    verdict.works = false;
    expect(configOf(await visitor.go(`${home}login?prompt=login`))).toMatchObject({ pgid: 'ConvergedError' });
    expect((await visitor.go(home)).url.hostname).toBe('login.microsoftonline.com');
    verdict.works = true;
    expect((await visitor.go(home)).url.href).toBe(home);
  });

  test('shows the policy page for a policy', async () => {
    const visitor = await start();
    verdict = { works: false, code: 'AADSTS530003' };
    const config = configOf(await visitor.go(home));
    expect(config).toMatchObject({ pgid: 'ConvergedConditionalAccess', sErrorCode: '530003' });
    expect(config).not.toHaveProperty('strServiceExceptionMessage');
  });

  test('tells the app alone when no page may be shown', async () => {
    const visitor = await start();
    verdict.works = false;
    const visit = await visitor.go(`${home}login?prompt=none&response_mode=query`);
    expect(visit.url.hostname).toBe('www.office.com');
    expect(visit.url.searchParams.get('error')).toBe('interaction_required');
    expect(visit.url.searchParams.get('error_description')).toMatch(/^AADSTS50173: /);
  });

  test('speaks the language that it is told', async () => {
    const visitor = await start({ language: { lang: 'ar', dir: 'rtl' } });
    verdict.works = false;
    expect((await visitor.go(home)).body).toContain('<html dir="rtl" lang="ar">');
  });
});

describe('healthy pages that wait for the user', () => {
  test('the sign-in form says 50058 and access_denied, and is a form', async () => {
    const visitor = await start();
    verdict = { works: false, code: 'AADSTS50173', needsUser: true };
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
    const visitor = await start();
    standIn.next(kind);
    const visit = await visitor.go(home);
    expect(configOf(visit)).toMatchObject({ pgid: id });
    const { action, fields } = formOf(visit);
    expect((await visitor.go(action, fields)).url.href).toBe(home);
    expect((await visitor.go(`${home}login`)).url.href).toBe(home);
  });

  test('typing does not help while the PC is what is wrong', async () => {
    const visitor = await start();
    verdict.works = false;
    standIn.next('sign-in');
    const { action, fields } = formOf(await visitor.go(home));
    expect(configOf(await visitor.go(action, fields))).toMatchObject({ pgid: 'ConvergedError' });
  });

  test('/healthy always has one', async () => {
    const visitor = await start();
    expect(configOf(await visitor.go('https://login.microsoftonline.com/healthy')).pgid).toBe(
      'ConvergedSignIn',
    );
  });
});

describe('the browser’s own session', () => {
  const loginHost = 'login.microsoftonline.com';
  const shown = async (visitor: Visitor, host = loginHost) =>
    JSON.parse((await visitor.ask(cookiesAddress(host))).body);

  test.each([
    'https://login.microsoftonline.com/logout.srf',
    'https://login.microsoftonline.com/common/oauth2/v2.0/logout',
  ])('is kept by a sign-in, and ended by %s', async (address) => {
    const visitor = await start();
    await visitor.go(home);
    expect(await shown(visitor)).toContain('ESTSAUTHPERSISTENT');
    expect((await visitor.go(address)).status).toBe(200);
    expect(await shown(visitor)).not.toContain('ESTSAUTHPERSISTENT');
  });

  test('fails with the code of a stale cookie, which no sign-out takes away', async () => {
    const visitor = await start();
    await visitor.ask(plantAddress(loginHost, `${STALE}=AADSTS90007; Path=/; Secure`));
    await visitor.go('https://login.microsoftonline.com/logout.srf');
    expect(configOf(await visitor.go(home))).toMatchObject({ iErrorCode: 90007 });
    expect((await new Visitor(standIn).go(home)).url.href).toBe(home);
  });

  test('goes round as long as a stale cookie says so', async () => {
    const visitor = await start();
    await visitor.ask(plantAddress(loginHost, `${STALE}=loop; Path=/; Secure`));
    const { body } = await visitor.go(home);
    const again = /content="0; url=([^"]*)"/.exec(body)?.[1] ?? '';
    expect((await visitor.go(again)).body).toContain(again);
    await visitor.ask(plantAddress(loginHost, `${STALE}=; Path=/; Secure; Max-Age=0`));
    expect((await visitor.go(again)).url.href).toBe(home);
  });

  test('is told apart from that of the neighbours', async () => {
    const visitor = await start();
    await visitor.ask(plantAddress('mail.live.com', 'mail=1; Path=/; Secure'));
    expect(await shown(visitor, 'mail.live.com')).toEqual(['mail']);
    expect(await shown(visitor, 'login.live.com')).toEqual([]);
  });
});

describe('what can be asked for', () => {
  test('a failure with another code than the verdict has', async () => {
    const visitor = await start();
    standIn.next('fails', 'AADSTS50020');
    expect(configOf(await visitor.go(home))).toMatchObject({ iErrorCode: 50020 });
  });

  test('a slow page: headers at once, the body late', async () => {
    await start({ slowness: 300 });
    verdict.works = false;
    standIn.next('slow');
    const socket = connect({
      host: '127.0.0.1',
      port: standIn.port,
      ca: standIn.ca,
      servername: 'www.office.com',
    });
    const query = 'redirect_uri=https%3A%2F%2Fwww.office.com%2Flandingv2';
    socket.write(
      `GET /common/oauth2/v2.0/authorize?${query} HTTP/1.1\r\nHost: login.microsoftonline.com\r\nConnection: close\r\n\r\n`,
    );
    const chunks: string[] = [];
    for await (const chunk of socket.setEncoding('utf8')) {
      chunks.push(chunk);
    }
    expect(chunks[0]).toContain('200 OK');
    expect(chunks[0]).not.toContain('ConvergedError');
    expect(chunks.join('')).toContain('ConvergedError');
  });

  test('a server that fails', async () => {
    const visitor = await start();
    standIn.next('server-error');
    expect((await visitor.go(home)).status).toBe(500);
  });

  test('a connection that is reset, again when it is tried again, and not for the next sign-in', async () => {
    const visitor = await start();
    standIn.next('reset');
    await expect(visitor.go(home)).rejects.toMatchObject({ code: 'ECONNRESET' });
    const broken = standIn.requests.at(-1);
    expect(broken).not.toHaveProperty('status');
    await expect(visitor.go(new URL(broken?.path ?? '', authorize))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect((await visitor.go(home)).url.href).toBe(home);
  });

  test('a loop of redirects', async () => {
    const visitor = await start();
    standIn.next('redirect-loop');
    const visit = await visitor.go(home, undefined, 30);
    expect(visit.way).toHaveLength(30);
    expect(visit.status).toBe(302);
    expect((await visitor.go(home)).url.href).toBe(home);
  });

  test('a loop of pages', async () => {
    const visitor = await start();
    standIn.next('page-loop');
    let address = home;
    for (let round = 0; round < 5; round++) {
      const visit = await visitor.go(address);
      expect(visit.way.at(-1)).toBe('https://www.office.com/landingv2');
      address = /content="0; url=([^"]*)"/.exec(visit.body)?.[1] ?? '';
      expect(address).toBe('https://www.office.com/login?state=page-loop');
    }
  });
});

describe('the server', () => {
  test('logs what it was asked, with the answer', async () => {
    const visitor = await start();
    await visitor.go('https://login.microsoftonline.com/nothing?a=1');
    expect(standIn.requests).toMatchObject([
      { method: 'GET', host: 'login.microsoftonline.com', path: '/nothing?a=1', status: 404 },
    ]);
  });

  test('has a certificate of its own authority for its names and those it is told', async () => {
    const visitor = await start({ hosts: ['oneclient.sfx.ms'] });
    const certificate = new X509Certificate(standIn.cert);
    expect(certificate.verify(new X509Certificate(standIn.ca).publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect((await visitor.ask('https://oneclient.sfx.ms/')).status).toBe(200);
    await expect(visitor.ask('https://elsewhere.example/')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('fails by 500 when the verdict does, and goes on', async () => {
    let broken = true;
    const visitor = await start({
      verdict: async () => {
        if (broken) throw new Error('no verdict');
        return verdict;
      },
    });
    expect(await visitor.go(home)).toMatchObject({
      status: 500,
      body: expect.stringContaining('no verdict'),
    });
    broken = false;
    expect((await visitor.go(home)).status).toBe(200);
  });

  test('closes at once, whatever is under way', async () => {
    const visitor = await start({ slowness: 60_000 });
    standIn.next('slow');
    const visit = visitor.go(home).catch((error: unknown) => error);
    await waitFor(() => standIn.requests.some(({ path }) => path.includes('authorize')), 'the sign-in');
    // Well before the minute is over, or the test is.
    await standIn.close();
    expect(await visit).toBeInstanceOf(Error);
  });
});
