/** The browser's own session: cleared exactly, where the person has allowed that. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { openOurWindow } from '../harness/browser/our-window.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { clearingHost } from '../harness/host/clearing-host.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { waitFor } from '../harness/wait-for.ts';
import { cookiesAddress, plantAddress, STALE } from '../stand-in/cookies.ts';

const login = 'login.microsoftonline.com';
const kept = 'Path=/; Secure; HttpOnly; SameSite=None; Max-Age=86400';

/** By the host that sets them; whatever kind of cookie a sign-in may leave. */
const planted = {
  [login]: [
    `${STALE}=AADSTS90007; ${kept}`,
    `__Host-esctx=1; ${kept}`,
    `below=1; Domain=${login}; ${kept}`,
    `above=1; Domain=microsoftonline.com; ${kept}`,
    'session=1; Path=/stand-in; Secure',
    'strict=1; Path=/; Secure; SameSite=Strict',
  ],
  'login.live.com': [`MSPOK=1; ${kept}`, `shared=own; ${kept}`],
  'www.office.com': [`OhpAuth=1; ${kept}`],
  'mail.live.com': [`mail=1; ${kept}`, `shared=everywhere; Domain=live.com; ${kept}`],
  'www.microsoft.com': [`MC1=1; Domain=microsoft.com; ${kept}`],
  'outlook.office.com': [`mail=1; ${kept}`],
};
/** Kept apart by the site in the address bar, where that is not done to all of them. */
const partitioned = `__Host-chips=1; Partitioned; ${kept}`;
const everything = {
  [login]: [STALE, '__Host-esctx', 'above', 'below', 'session', 'strict'],
  'login.live.com': ['MSPOK', 'shared'],
  'www.office.com': ['OhpAuth'],
  'mail.live.com': ['mail', 'shared'],
  'www.microsoft.com': ['MC1'],
  'outlook.office.com': ['mail'],
};
const othersOnly = {
  ...everything,
  [login]: [],
  // What comes there from .live.com.
  'login.live.com': ['shared'],
  'www.office.com': [],
};

/** Plants them all, and these at the sign-in. */
async function plant({ browser }: Scene, ...more: string[]): Promise<void> {
  const page = await browser.browser.newPage();
  for (const [host, cookies] of Object.entries(planted)) {
    await page.goto(plantAddress(host, ...cookies, ...(host === login ? more : [])));
    await page.evaluate(() => localStorage.setItem('planted', location.host));
  }
  await page.close();
}

/** Names of the cookies that the browser sends to each of the hosts, and what their pages have stored. */
async function keptBy({ browser }: Scene) {
  const page = await browser.browser.newPage();
  const cookies: Record<string, string[]> = {};
  const stored: string[] = [];
  for (const host of Object.keys(planted)) {
    await page.goto(cookiesAddress(host));
    cookies[host] = JSON.parse(await page.$eval('body', ({ textContent }) => textContent ?? ''));
    if (await page.evaluate(() => localStorage.getItem('planted') !== null)) stored.push(host);
  }
  await page.close();
  return { cookies, stored };
}

/** Any question of our window starts the host, which has a question of its own. */
async function startHost({ browser }: Scene): Promise<void> {
  const window = await openOurWindow(browser);
  await window.evaluate(() => {
    const api = globalThis as unknown as Record<'chrome' | 'browser', typeof chrome | undefined>;
    (api.browser ?? api.chrome)?.runtime.connect(undefined, { name: 'popup' }).postMessage({ do: 'history' });
  });
}

const textOf = (page: Page) => page.$eval('body', ({ textContent }) => textContent ?? '');
const signOuts = ({ standIn }: Scene) =>
  standIn.requests.filter(({ path }) => path.startsWith('/logout')).map(({ host }) => host);
const healthyPc = (pc: { credentials: { stale: boolean }[] }) => {
  for (const entry of pc.credentials) entry.stale = false;
};

describe.each([
  ['chromium', 'as they are', {}, [partitioned]],
  ['firefox', 'as they are', {}, [partitioned]],
  ['firefox', 'isolated by first party', { firstPartyIsolation: true }, []],
] as const)('clearing the session in %s, with cookies %s,', (family, _, settings, more) => {
  it('signs out, takes exactly the sign-in’s cookies and site data, and sign-in works again', async () => {
    const host = clearingHost(temporaryFolder(), 'run-2', 'run-1');
    const options = { ...settings, pc: healthyPc, permitted: true, host: host.command };
    await inScene(family, options, async (scene) => {
      await plant(scene, ...more);
      const failed = await scene.openOffice();
      expect(await textOf(failed)).toContain('AADSTS90007');
      const names = more.map((cookie) => cookie.replace(/=.*/, ''));
      const before = await keptBy(scene);
      expect(before.cookies[login]).toEqual(expect.arrayContaining([...everything[login], ...names]));
      const tabs = (await scene.browser.browser.pages()).length;
      await startHost(scene);
      const [another, cleared] = await host.answers();
      expect(another).toEqual({ outcome: 'refused', cookies: 0 });
      const mine = [login, 'login.live.com', 'www.office.com'] as const;
      const count = mine.flatMap((each) => planted[each]).length + more.length;
      expect(cleared?.outcome).toBe('cleared');
      // The failed page came with some, too.
      expect(cleared?.cookies).toBeGreaterThanOrEqual(count);
      expect(signOuts(scene)).toEqual([login, 'login.live.com']);
      expect(await keptBy(scene)).toEqual({
        cookies: othersOnly,
        stored: ['mail.live.com', 'www.microsoft.com', 'outlook.office.com'],
      });
      // The sign-out tab is gone; our window came.
      expect((await scene.browser.browser.pages()).length).toBe(tabs + 1);
      expect(await textOf(failed)).toContain('AADSTS90007');
      const again = await scene.openOffice();
      await waitFor(() => again.url() === 'https://www.office.com/', 'Microsoft 365');
      // The failed page, once; neither the sign-out tab nor anything else was an incident.
      expect(await host.added()).toMatchObject([{ code: 'AADSTS90007', seenAt: login }]);
    });
  });
});

describe.each(['chromium', 'firefox'] as const)('without the permission, in %s', (family) => {
  it('nothing is touched', async () => {
    const host = clearingHost(temporaryFolder(), 'run-1');
    await inScene(family, { pc: healthyPc, host: host.command }, async (scene) => {
      await plant(scene);
      await startHost(scene);
      expect(await host.answers()).toEqual([{ outcome: 'refused', cookies: 0 }]);
      expect(signOuts(scene)).toEqual([]);
      expect(await keptBy(scene)).toEqual({ cookies: everything, stored: Object.keys(planted) });
    });
  });
});
