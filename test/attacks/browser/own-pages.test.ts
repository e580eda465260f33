/** Should something foreign get into our pages after all: what the browser then keeps from it. */
import { describe, expect, it } from 'vitest';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { bannerWith } from '../../harness/browser/banner.ts';
import { openOurWindow } from '../../harness/browser/our-window.ts';
import { inScene } from '../../harness/browser/scene.ts';

/** In our page: puts into it what an injected text might, and counts what was refused by kind. */
function inject(): void {
  const refused = new Set<string>();
  Object.assign(globalThis, { refused });
  document.addEventListener('securitypolicyviolation', (event) => {
    refused.add(event.effectiveDirective.replace(/-elem$/, ''));
  });
  const add = (tag: string, wishes: object) =>
    document.body.append(Object.assign(document.createElement(tag), wishes));
  add('script', { textContent: 'document.title = "taken over"' });
  add('script', { src: 'https://www.office.com/script.js' });
  add('style', { textContent: 'body { visibility: hidden }' });
  add('img', { src: 'https://www.office.com/picture.png' });
  add('iframe', { src: 'https://www.office.com/' });
  add('base', { href: 'https://www.office.com/' });
  fetch('http://127.0.0.1:9/').catch(() => undefined);
}

const kept = ['base-uri', 'connect-src', 'frame-src', 'img-src', 'script-src', 'style-src'];

describe.each<BrowserFamily>(['chromium', 'firefox'])('what gets into our window, in %s,', (family) => {
  it('runs no script, restyles nothing, loads nothing and sends nothing unsealed', async () => {
    await inScene(family, {}, async ({ browser, openOffice }) => {
      await bannerWith(browser, await openOffice(), () => true, 'the banner');
      const window = await openOurWindow(browser);
      const title = await window.title();
      await window.evaluate(inject);
      await window.waitForFunction(
        (count) => Reflect.get(globalThis, 'refused').size >= count,
        {},
        kept.length,
      );
      const found = await window.evaluate(() => ({
        refused: [...Reflect.get(globalThis, 'refused')].sort(),
        title: document.title,
        visibility: getComputedStyle(document.body).visibility,
      }));
      expect(found).toEqual({ refused: kept, title, visibility: 'visible' });
    });
  });
});
