/** What a test can ask of the stand-in, and the server that it is. */
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { authorize, home, ownStandIn } from './own-stand-in.ts';
import { configOf } from './visitor.ts';

describe('what can be asked for', () => {
  test('a failure with another code than the verdict has', async () => {
    const { visitor, standIn } = await ownStandIn();
    standIn.next('fails', 'AADSTS50020');
    expect(configOf(await visitor.go(home))).toMatchObject({ iErrorCode: 50020 });
  });

  test('a slow page: headers at once, the body late', async () => {
    const { standIn, verdict } = await ownStandIn({ slowness: 300 });
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
    const { visitor, standIn } = await ownStandIn();
    standIn.next('server-error');
    expect((await visitor.go(home)).status).toBe(500);
  });

  test('a connection that is reset, again when it is tried again, and not for the next sign-in', async () => {
    const { visitor, standIn } = await ownStandIn();
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
    const { visitor, standIn } = await ownStandIn();
    standIn.next('redirect-loop');
    const visit = await visitor.go(home, undefined, 30);
    expect(visit.way).toHaveLength(30);
    expect(visit.status).toBe(302);
    expect((await visitor.go(home)).url.href).toBe(home);
  });

  test('a loop of pages', async () => {
    const { visitor, standIn } = await ownStandIn();
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
    const { visitor, standIn } = await ownStandIn();
    await visitor.go('https://login.microsoftonline.com/nothing?a=1');
    expect(standIn.requests).toMatchObject([
      { method: 'GET', host: 'login.microsoftonline.com', path: '/nothing?a=1', status: 404 },
    ]);
  });

  test('has a certificate of its own authority for its names and those it is told', async () => {
    const { visitor, standIn } = await ownStandIn({ hosts: ['oneclient.sfx.ms'] });
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
    const { visitor } = await ownStandIn({
      verdict: async () => {
        if (broken) throw new Error('no verdict');
        return { works: true, code: 'AADSTS50173' };
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
    const { visitor, standIn } = await ownStandIn({ slowness: 60_000 });
    standIn.next('slow');
    const visit = visitor.go(home).catch((error: unknown) => error);
    await waitFor(() => standIn.requests.some(({ path }) => path.includes('authorize')), 'the sign-in');
    // Well before the minute is over, or the test is.
    await standIn.close();
    expect(await visit).toBeInstanceOf(Error);
  });
});
