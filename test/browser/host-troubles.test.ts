import { describe, expect, it } from 'vitest';
import en from '../../common/_locales/en/messages.json' with { type: 'json' };
import { bannerWith, pressBanner } from '../harness/browser/banner.ts';
import { popupOpened, press, windowAt } from '../harness/browser/our-window.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { faultHost, slowHost } from '../harness/host/fault-hosts.ts';
import { registerHost, simulatedHost } from '../harness/host/host-registration.ts';
import { makePc } from '../story/story-pc.ts';

/** Opens the failed sign-in, asks for the repair, awaits the view of that trouble and gives its words. */
async function troubleIn({ browser, openOffice }: Scene, stage: string): Promise<string> {
  const page = await openOffice();
  // The sign-in page is whole before anything is asked of the host, whatever the host does.
  expect(await page.$eval('body', ({ textContent }) => textContent)).toContain('AADSTS50173');
  await pressBanner(browser, page, 'open');
  await popupOpened(browser);
  const window = await windowAt(browser, stage);
  return window.$eval('main', ({ textContent }) => textContent ?? '');
}

describe.each(['chromium', 'firefox'] as const)('a host in trouble, in %s', (family) => {
  it.each([
    ['missing', null],
    ['died', faultHost('dies')],
    ['silent', faultHost('silent')],
    ['garbled', faultHost('garbled')],
    ['old-host', faultHost('old')],
    ['old-extension', faultHost('newer')],
  ] as const)('%s: has its own view with a next step', async (stage, host) => {
    await inScene(family, { host }, async (scene) => {
      const words = await troubleIn(scene, stage);
      const { [`host_${stage.replace('-', '_')}_todo` as keyof typeof en]: todo } = en;
      expect(words).toContain(todo?.message.split(/[.$]/)[0]);
      // Where the helper's own command may find out more.
      expect(words.includes(en.host_more.message)).toBe(stage !== 'old-extension');
      expect(scene.pc.read().credentials.some(({ stale }) => stale)).toBe(true);
    });
  });
});

describe('in Chromium', () => {
  it('a start that takes 3 s is calm, and ends in the plan', async () => {
    const pc = await makePc();
    try {
      const host = slowHost(3_000, simulatedHost(pc.file));
      await inScene('chromium', { host }, async ({ browser, openOffice }) => {
        const page = await openOffice();
        await pressBanner(browser, page, 'open');
        const first = await windowAt(browser, ['failure', 'silent', 'died']);
        expect(await first.$eval('main', (main) => main.dataset.stage)).toBe('failure');
        await windowAt(browser, 'plan');
      });
    } finally {
      await pc.remove();
    }
  });

  it('a host that is installed meanwhile is found by "Try again"', async () => {
    await inScene('chromium', { host: null }, async (scene) => {
      await troubleIn(scene, 'missing');
      const { browser, pc } = scene;
      await registerHost('chromium', browser.folder, simulatedHost(pc.file));
      await press(await windowAt(browser, 'missing'), 'retry');
      const window = await windowAt(browser, 'plan');
      expect(await window.$('button[data-do="start"]')).not.toBeNull();
    });
  });
});

it('a page cannot press the banner, nor see into it', async () => {
  await inScene('chromium', {}, async ({ browser, openOffice }) => {
    const page = await openOffice();
    await bannerWith(browser, page, ({ buttons }) => buttons.has('open'), 'the banner');
    const seen = await page.evaluate(() => {
      const host = document.querySelector('signin-rescue-banner');
      const box = host?.getBoundingClientRect();
      const options = {
        bubbles: true,
        composed: true,
        clientX: (box?.right ?? 0) - 60,
        clientY: (box?.top ?? 0) + 40,
      };
      document
        .elementFromPoint(options.clientX, options.clientY)
        ?.dispatchEvent(new MouseEvent('click', options));
      host?.dispatchEvent(new MouseEvent('click', options));
      host?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
      return { shadow: host?.shadowRoot ?? null, text: host?.textContent };
    });
    expect(seen).toEqual({ shadow: null, text: '' });
    // A person's own press right after works, and is the first that does.
    await pressBanner(browser, page, 'open');
    await windowAt(browser, 'plan');
    expect(browser.browser.targets().filter((each) => each.url().includes('/popup/'))).toHaveLength(1);
  });
});
