/** A repair that waits for the person, and what is kept of it: in real browsers, with the real host. */
import { describe, expect, it } from 'vitest';
import { pressBanner } from '../harness/browser/banner.ts';
import { openOurWindow, popupOpened, press, windowAt } from '../harness/browser/our-window.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { waitFor } from '../harness/wait-for.ts';

/** A clock that is wrong until the person opens its settings, with entries that are stale, too. */
const clock = (cause: 'settings' | 'none') => ({
  pc: (pc: { signIn: { code: string; cause: string } }) => {
    pc.signIn = { code: 'AADSTS500133', cause };
  },
});

async function untilGuide({ browser, openOffice }: Scene) {
  const page = await openOffice();
  await pressBanner(browser, page, 'open');
  await popupOpened(browser);
  await press(await windowAt(browser, 'plan'), 'start');
  return { page, window: await windowAt(browser, 'guide') };
}

describe.each(['chromium', 'firefox'] as const)('in %s', (family) => {
  it('a guide opens Windows’ settings, waits while our window is closed, and is verified', async () => {
    await inScene(family, clock('settings'), async (scene) => {
      const { browser, pc } = scene;
      const { window } = await untilGuide(scene);
      await window.close();
      const again = await openOurWindow(browser);
      await windowAt(browser, 'guide');
      await press(again, 'clock-settings');
      await waitFor(
        () => pc.read().log.some(({ subject }) => subject === 'ms-settings:dateandtime'),
        'the settings to be opened',
      );
      await press(again, 'done');
      const ended = await windowAt(browser, 'fixed');
      expect(await ended.$eval('main', ({ textContent }) => textContent)).toContain('Set the clock right');
    });
  });

  it('the history tells of it; an older repair is undone from there, and all can be deleted', async () => {
    const stale = (pc: { signIn: { code: string; cause: string } }) => {
      pc.signIn = { code: 'AADSTS50173', cause: 'stale-credentials' };
    };
    await inScene(family, { pc: stale, permitted: true }, async ({ browser, openOffice, pc }) => {
      const before = pc.read().credentials.length;
      const page = await openOffice();
      await pressBanner(browser, page, 'open');
      await popupOpened(browser);
      await press(await windowAt(browser, 'plan'), 'start');
      const ended = await windowAt(browser, 'fixed');
      await press(ended, 'history');
      const history = await windowAt(browser, 'history');
      expect(await history.$eval('main', ({ textContent }) => textContent)).toContain('AADSTS50173');
      await (await history.waitForSelector('.happening [data-do=undo]:not([aria-disabled])'))?.click();
      await windowAt(browser, 'undone');
      expect(pc.read().credentials).toHaveLength(before);
      await press(history, 'history');
      const full = await windowAt(browser, 'history');
      await press(full, 'ask-clear');
      await press(full, 'clear-history');
      await full.waitForSelector('.empty');
    });
  });
});
