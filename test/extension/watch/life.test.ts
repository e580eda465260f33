import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { TypingSchema } from '../../../extension/signal.ts';
import { builtWatcher, isolatedWorld } from './built-watcher.ts';

const { script, visit, watch } = builtWatcher();

const html = (body: string, pageId: string) =>
  `<!DOCTYPE html><html><head><meta name="PageID" content="${pageId}"></head><body>${body}</body></html>`;
const open = (body: string, pageId: string) => watch(html(body, pageId));

describe('a page that is not simply loaded', () => {
  const error = html('<div id="exceptionMessageContainer">AADSTS50105: x</div>', 'ConvergedError');

  it('is reported when it is activated, where it was prepared in advance', async () => {
    const page = await visit(error);
    const world = await isolatedWorld(page);
    await world.run(`globalThis.sent = []; globalThis.waiting = true;
      globalThis.browser = { runtime: { sendMessage: async (message) => { sent.push(message) } } };
      Object.defineProperty(Document.prototype, 'prerendering', { get: () => waiting });
      ${script()};0`);
    expect(await world.run('sent')).toEqual([]);
    await world.run(`waiting = false; document.dispatchEvent(new Event('prerenderingchange'));0`);
    expect(await world.run('sent')).toMatchObject([{ code: 'AADSTS50105' }]);
    await page.close();
  });

  it('is reported again when it comes back from the back-forward cache', async () => {
    const watched = await watch(error);
    expect(await watched.sent()).toHaveLength(1);
    await watched.page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false })),
    );
    expect(await watched.sent()).toHaveLength(1);
    await watched.page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    );
    expect(await watched.sent()).toMatchObject([{ code: 'AADSTS50105' }, { code: 'AADSTS50105' }]);
    await watched.page.close();
  });
});

describe('typing', () => {
  it('is told once, and nothing of it', async () => {
    const watched = await open('<input id="i0116">', 'ConvergedSignIn');
    await watched.page.type('#i0116', 'secret');
    const [, typing, ...more] = await watched.sent();
    expect(typing).toEqual({ type: 'typing' });
    expect(v.is(TypingSchema, typing)).toBe(true);
    expect(more).toEqual([]);
    await watched.page.close();
  });

  it('is not what a script pretends', async () => {
    const watched = await open('<input id="i0116">', 'ConvergedSignIn');
    await watched.page.evaluate(() => {
      document.querySelector('input')?.dispatchEvent(new InputEvent('input', { bubbles: true }));
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    });
    expect(await watched.sent()).toHaveLength(1);
    await watched.page.close();
  });
});
