/** The banner in pages that are against it. */
import { describe, expect, test } from 'vitest';
import { actions } from '../../gallery/stage.ts';
import { bannerPage } from './banner-page.ts';

const { page, script, open, openBare, show, count } = bannerPage();

describe('against a page', () => {
  test('whose styles reach for everything it looks the same', async () => {
    const look = async () => {
      const host = await page().$('signin-rescue-banner');
      return { box: await host?.boundingBox(), picture: await host?.screenshot({ encoding: 'base64' }) };
    };
    await open('failure');
    const friendly = await look();
    await page().close();
    await open('failure', { at: 'hostile' });
    const hostile = await look();
    expect(hostile.box).toEqual(friendly.box);
    const style = await page().evaluate(() => {
      const title = shadows.at(-1)?.querySelector('.title');
      const { color, fontSize, letterSpacing, opacity } = getComputedStyle(title ?? document.body);
      return { color, fontSize, letterSpacing, opacity };
    });
    expect(style).toEqual({
      color: 'rgb(23, 33, 31)',
      fontSize: '15px',
      letterSpacing: 'normal',
      opacity: '1',
    });
  });

  test('that removes it, it comes back three times and no more', async () => {
    await open('failure');
    const survived = [];
    for (let times = 0; times < 5; times++) {
      await page().evaluate(() => document.querySelector('signin-rescue-banner')?.remove());
      survived.push(await count());
    }
    expect(survived).toEqual([1, 1, 1, 0, 0]);
  });

  test('that presses its buttons by script nothing happens', async () => {
    await open('fixed');
    await page().evaluate(() => {
      for (const button of shadows.at(-1)?.querySelectorAll('button') ?? []) button.click();
      const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
      shadows.at(-1)?.querySelector('section')?.dispatchEvent(key);
    });
    expect(await actions(page())).toEqual([]);
    expect(await count()).toBe(1);
  });

  test('where constructed style sheets are refused it is dressed all the same', async () => {
    await openBare();
    await page().evaluate(() => {
      Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', {
        set() {
          throw new Error('Accessing from Xray wrapper is not supported.');
        },
      });
    });
    await page().evaluate(script());
    await show('failure');
    expect(await page().evaluate(() => shadows.at(-1)?.querySelectorAll('style').length)).toBe(1);
    const box = await page().$eval('signin-rescue-banner', (host) => host.getBoundingClientRect().toJSON());
    expect(box).toMatchObject({ top: 12, width: 720 });
  });
});
