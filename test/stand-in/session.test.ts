/** The session that the stand-in keeps in a browser’s cookies, healthy and stale. */
import { describe, expect, test } from 'vitest';
import { cookiesAddress, plantAddress, STALE } from './cookies.ts';
import { home, ownStandIn } from './own-stand-in.ts';
import { configOf, Visitor } from './visitor.ts';

describe('the browser’s own session', () => {
  const loginHost = 'login.microsoftonline.com';
  const shown = async (visitor: Visitor, host = loginHost) =>
    JSON.parse((await visitor.ask(cookiesAddress(host))).body);

  test.each([
    'https://login.microsoftonline.com/logout.srf',
    'https://login.microsoftonline.com/common/oauth2/v2.0/logout',
  ])('is kept by a sign-in, and ended by %s', async (address) => {
    const { visitor } = await ownStandIn();
    await visitor.go(home);
    expect(await shown(visitor)).toContain('ESTSAUTHPERSISTENT');
    expect((await visitor.go(address)).status).toBe(200);
    expect(await shown(visitor)).not.toContain('ESTSAUTHPERSISTENT');
  });

  test('fails with the code of a stale cookie, which no sign-out takes away', async () => {
    const { visitor, standIn } = await ownStandIn();
    await visitor.ask(plantAddress(loginHost, `${STALE}=AADSTS90007; Path=/; Secure`));
    await visitor.go('https://login.microsoftonline.com/logout.srf');
    expect(configOf(await visitor.go(home))).toMatchObject({ iErrorCode: 90007 });
    expect((await new Visitor(standIn).go(home)).url.href).toBe(home);
  });

  test('goes round as long as a stale cookie says so', async () => {
    const { visitor } = await ownStandIn();
    await visitor.ask(plantAddress(loginHost, `${STALE}=loop; Path=/; Secure`));
    const { body } = await visitor.go(home);
    const again = /content="0; url=([^"]*)"/.exec(body)?.[1] ?? '';
    expect((await visitor.go(again)).body).toContain(again);
    await visitor.ask(plantAddress(loginHost, `${STALE}=; Path=/; Secure; Max-Age=0`));
    expect((await visitor.go(again)).url.href).toBe(home);
  });

  test('is told apart from that of the neighbours', async () => {
    const { visitor } = await ownStandIn();
    await visitor.ask(plantAddress('mail.live.com', 'mail=1; Path=/; Secure'));
    expect(await shown(visitor, 'mail.live.com')).toEqual(['mail']);
    expect(await shown(visitor, 'login.live.com')).toEqual([]);
  });
});
