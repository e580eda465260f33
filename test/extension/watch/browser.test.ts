import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SignalSchema } from '../../../extension/signal.ts';
import { builtWatcher, isolatedWorld, SIGN_IN, sentSoon, untilRest, type Watched } from './built-watcher.ts';

const { script, visit, watch, startIn } = builtWatcher();

const html = (body: string, pageId?: string) =>
  `<!DOCTYPE html><html><head>${pageId ? `<meta name="PageID" content="${pageId}" />` : ''}</head><body>${body}</body></html>`;
const config = (fields: object) =>
  `<script type="text/javascript">//<![CDATA[\n$Config=${JSON.stringify({ sFT: 'secret;}', ...fields })};\n//]]></script>`;
const open = (body: string, pageId?: string, url?: string) => watch(html(body, pageId), url);

/** All that will ever have been sent. */
async function settled(watched: Watched) {
  await untilRest(watched.world);
  const messages = await watched.sent();
  await watched.page.close();
  return messages;
}

const show = ({ page }: Watched, id: string, text?: string) =>
  page.evaluate(
    (id, text) => {
      const element = document.getElementById(id);
      for (let at = element; at; at = at.parentElement) at.removeAttribute('hidden');
      if (element && text) element.textContent = text;
    },
    id,
    text,
  );

describe('the watcher in Chromium', () => {
  it('is one file of at most 6 KiB and asks for nothing', () => {
    expect(gzipSync(script()).length).toBeLessThanOrEqual(6 * 1024);
    expect(script()).not.toMatch(/\bimport\b|\bfetch\b|XMLHttpRequest|\bsrc=|innerHTML|console/);
  });

  it('reports an error page at once, and once, and no secret', async () => {
    const fields = {
      pgid: 'ConvergedError',
      iErrorCode: 50105,
      strServiceExceptionMessage: 'AADSTS50105: x',
    };
    const watched = await open(
      `${config(fields)}<div id="exceptionMessageContainer">AADSTS50105: x</div>`,
      'ConvergedError',
    );
    const [signal, ...more] = await watched.sent();
    expect(signal).toMatchObject({ kind: 'error', code: 'AADSTS50105', page: 'ConvergedError' });
    expect(v.is(SignalSchema, signal)).toBe(true);
    expect(more).toEqual([]);
    expect(JSON.stringify(signal)).not.toContain('secret');
    expect(await settled(watched)).toHaveLength(1);
  });

  it('reports a healthy page once and stops looking', async () => {
    const fields = { pgid: 'ConvergedSignIn', sErrorCode: '50058', arrValErrs: ['50058'] };
    const watched = await open(
      `${config(fields)}<div id="exceptionMessageContainer" hidden>AADSTS50020</div>`,
      'ConvergedSignIn',
    );
    await show(watched, 'exceptionMessageContainer');
    expect(await settled(watched)).toEqual([
      {
        type: 'signal',
        page: 'ConvergedSignIn',
        kind: 'sign-in',
        code: null,
        correlationId: null,
        requestId: null,
        time: null,
      },
    ]);
  });

  it('waits for a container that is filled late', async () => {
    const watched = await open('<div id="exceptionMessageContainer"></div>', 'ConvergedError');
    expect(await watched.sent()).toEqual([]);
    await show(watched, 'exceptionMessageContainer', 'AADSTS53003: blocked');
    expect(await sentSoon(watched)).toMatchObject([{ kind: 'error', code: 'AADSTS53003' }]);
    expect(await settled(watched)).toHaveLength(1);
  });

  it('waits for a container that is shown late, on a page that has not said what it is', async () => {
    const watched = await open('<div hidden><p id="service_exception_message">AADSTS50020: x</p></div>');
    expect(await watched.sent()).toEqual([]);
    await show(watched, 'service_exception_message');
    expect(await sentSoon(watched)).toMatchObject([{ page: null, kind: 'error', code: 'AADSTS50020' }]);
    await watched.page.close();
  });

  it('waits for a sign-in page to show the error that its $Config brought', async () => {
    const fields = { pgid: 'ConvergedSignIn', sErrorCode: '50057', sErrTxt: '' };
    const watched = await open(`${config(fields)}<div id="lightbox"></div>`, 'ConvergedSignIn');
    expect(await watched.sent()).toEqual([]);
    await watched.page.evaluate(() => {
      const error = Object.assign(document.createElement('div'), {
        id: 'usernameError',
        textContent: 'Disabled',
      });
      document.getElementById('lightbox')?.append(error);
    });
    expect(await sentSoon(watched)).toMatchObject([{ kind: 'error', code: 'AADSTS50057' }]);
    await watched.page.close();
  });

  it('reports a denied second factor in place, and that it was asked for again', async () => {
    const watched = await open(
      '<section id="waiting">42</section><section hidden><div id="idDiv_SAASDS_Description">No</div></section>',
      'ConvergedTFA',
    );
    expect(await watched.sent()).toMatchObject([{ kind: 'mfa', code: null }]);
    await show(watched, 'idDiv_SAASDS_Description');
    expect(await sentSoon(watched, 2)).toMatchObject([{}, { kind: 'error', code: 'AADSTS500121' }]);
    await watched.page.evaluate(() =>
      document.querySelector('section + section')?.setAttribute('hidden', ''),
    );
    expect(await sentSoon(watched, 3)).toMatchObject([{}, {}, { kind: 'mfa', code: null }]);
    await watched.page.close();
  });

  it('reports an error page without a code when its patience ends', async () => {
    const watched = await open('<p>Sorry</p>', 'ConvergedError');
    expect(await watched.sent()).toEqual([]);
    expect(await settled(watched)).toMatchObject([{ kind: 'error', code: null }]);
  });

  it('stays silent about a hidden container and a page without an id', async () => {
    const watched = await open('<div id="service_exception_message" hidden>AADSTS50020: x</div>');
    expect(await settled(watched)).toEqual([]);
  });

  it.each(['https://login.microsoftonline.com.evil.example/', 'https://login.microsoftonline.com./x'])(
    'says nothing at %s',
    async (url) => {
      const watched = await open(
        '<div id="exceptionMessageContainer">AADSTS50020</div>',
        'ConvergedError',
        url,
      );
      await watched.page.keyboard.press('a');
      expect(await settled(watched)).toEqual([]);
    },
  );

  it('says nothing in a frame, and survives a page without the extension', async () => {
    const failing = html('<div id="exceptionMessageContainer">AADSTS50105: x</div>', 'ConvergedError');
    const outer = html(`<iframe src="${SIGN_IN}/frame"></iframe>`, 'ConvergedSignIn');
    const page = await visit(outer, SIGN_IN, failing);
    const frame = await page.waitForFrame((each) => each !== page.mainFrame());
    await frame.waitForSelector('#exceptionMessageContainer');
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    const top = await isolatedWorld(page);
    await top.run(`${script()}\n;0`);
    await untilRest(top);
    const inner = await isolatedWorld(page, 'frame');
    const sent = await startIn(inner);
    await untilRest(inner);
    expect(await sent()).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });
});
