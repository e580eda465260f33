import { execa } from 'execa';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { bannerWith, pressBanner } from '../harness/browser/banner.ts';
import { endings, openOurWindow, popupOpened, press, windowAt } from '../harness/browser/our-window.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { stopWorker } from '../harness/browser/service-worker.ts';
import { simulatedHost } from '../harness/host/host-registration.ts';
import { waitFor } from '../harness/wait-for.ts';

/** Slow enough to be caught in the middle. */
const slow = { pc: (pc: { paceMs: number }) => void Object.assign(pc, { paceMs: 1_000 }) };

/** Agrees to the repair and waits until the first entry is gone; gives page and window. */
async function inMidRun({ browser, openOffice, pc }: Scene): Promise<{ page: Page; window: Page }> {
  const before = pc.read().credentials.length;
  const page = await openOffice();
  await pressBanner(browser, page, 'open');
  await popupOpened(browser);
  await press(await windowAt(browser, 'plan'), 'start');
  const window = await windowAt(browser, 'run');
  await waitFor(() => pc.read().credentials.length < before, 'the first entry to go');
  return { page, window };
}

const words = (page: Page) => page.$eval('main', ({ textContent }) => textContent ?? '');

describe.each(['chromium', 'firefox'] as const)('in mid-run, in %s,', (family) => {
  it('closing our window and reloading the page lose nothing; undo brings all back', async () => {
    await inScene(family, slow, async (scene) => {
      const { browser, pc } = scene;
      const before = pc.read().credentials;
      const { page, window } = await inMidRun(scene);
      await window.close();
      await page.reload();
      await bannerWith(browser, page, ({ text }) => /repair/i.test(text), 'the banner with the run');
      await openOurWindow(browser);
      const ended = await windowAt(browser, 'fixed');
      expect(pc.read().credentials.filter(({ stale }) => stale)).toEqual([]);
      await press(ended, 'undo');
      expect(await words(await windowAt(browser, 'undone'))).toContain('3');
      const back = ({ lastWritten: _, ...entry }: (typeof before)[number]) => entry;
      const byTarget = (a: { target: string }, b: { target: string }) => (a.target < b.target ? -1 : 1);
      expect(pc.read().credentials.map(back).sort(byTarget)).toEqual(before.map(back).sort(byTarget));
    });
  });

  it('cancel finishes the step that has begun and begins no other, and undo is offered', async () => {
    await inScene(family, slow, async (scene) => {
      const { window } = await inMidRun(scene);
      await press(window, 'cancel');
      const ended = await windowAt(scene.browser, 'cancelled');
      expect(await ended.$('button[data-do="undo"]')).not.toBeNull();
      const { credentials, log } = scene.pc.read();
      expect(credentials.filter(({ stale }) => stale)).toEqual([]);
      expect(log.some(({ operation }) => operation.startsWith('processes'))).toBe(false);
    });
  });
});

describe('in mid-run, in Chromium,', () => {
  it('a service worker that is ended is followed by one that finds the run and sees it through', async () => {
    await inScene('chromium', slow, async (scene) => {
      const { browser, pc } = scene;
      const { page, window } = await inMidRun(scene);
      await stopWorker(browser);
      await window.bringToFront();
      const ended = await windowAt(browser, endings, 40_000);
      expect(await ended.$eval('main', (main) => main.dataset.stage)).toBe('fixed');
      expect(pc.read().credentials.filter(({ stale }) => stale)).toEqual([]);
      await bannerWith(browser, page, ({ text }) => /works again/i.test(text), 'the banner with the result');
    });
  });
});

describe.each(['chromium', 'firefox'] as const)('in %s, the banner at the end', (family) => {
  it('leads to our window with Undo, and on to Microsoft 365', async () => {
    await inScene(family, {}, async ({ browser, openOffice }) => {
      const page = await openOffice();
      await pressBanner(browser, page, 'open');
      await popupOpened(browser);
      const window = await windowAt(browser, 'plan');
      await press(window, 'start');
      const ended = await windowAt(browser, 'fixed');
      expect(await ended.$('button[data-do="undo"]')).not.toBeNull();
      await ended.close();
      const what = 'the banner with the result';
      const banner = await bannerWith(browser, page, ({ buttons }) => buttons.has('continue'), what);
      expect([...banner.buttons.keys()].sort()).toEqual(['continue', 'dismiss', 'open']);
      await pressBanner(browser, page, 'open');
      await popupOpened(browser);
      expect(await (await windowAt(browser, 'fixed')).$('button[data-do="undo"]')).not.toBeNull();
      await page.bringToFront();
      await pressBanner(browser, page, 'continue');
      await waitFor(() => page.url().startsWith('https://www.office.com/'), 'Microsoft 365');
    });
  });
});

it('a repair that somebody began elsewhere meanwhile is followed, not begun twice', async () => {
  await inScene('chromium', slow, async ({ browser, pc, openOffice }) => {
    const before = pc.read().credentials.length;
    const page = await openOffice();
    await pressBanner(browser, page, 'open');
    const plan = await windowAt(browser, 'plan');
    const [node = '', ...host] = simulatedHost(pc.file);
    const other = execa(node, [...host, 'fix', 'AADSTS50173', '--yes', '--json'], { reject: false });
    await waitFor(() => pc.read().credentials.length < before, 'the other repair to begin');
    await press(plan, 'start');
    await windowAt(browser, 'run');
    await windowAt(browser, 'fixed');
    const { exitCode, stdout } = await other;
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).status).toBe('fixed');
  });
});

it('Enter in the popup asks for the plan, and Enter again agrees to it', async () => {
  await inScene('chromium', {}, async ({ browser, pc, openOffice }) => {
    const page = await openOffice();
    await bannerWith(browser, page, () => true, 'the banner');
    const window = await openOurWindow(browser);
    await windowAt(browser, 'failure');
    await window.keyboard.press('Enter');
    await windowAt(browser, 'plan');
    await window.waitForSelector('button[data-do="start"]:not([aria-disabled])');
    expect(pc.read().credentials.filter(({ stale }) => stale)).not.toEqual([]);
    await window.keyboard.press('Enter');
    await windowAt(browser, 'fixed');
    expect(pc.read().credentials.filter(({ stale }) => stale)).toEqual([]);
  });
});

it('a password that is asked for after the repair is the person’s own: told so, and the plan stops', async () => {
  await inScene('chromium', {}, async ({ browser, standIn, openOffice }) => {
    const page = await openOffice();
    standIn.next('sign-in');
    await pressBanner(browser, page, 'open');
    await press(await windowAt(browser, 'plan'), 'start');
    const ended = await windowAt(browser, endings);
    expect(await ended.$eval('main', (main) => main.dataset.stage)).toBe('needs-user');
  });
});

it('an entry that was unticked is left alone', async () => {
  await inScene('chromium', {}, async ({ browser, pc, openOffice }) => {
    const page = await openOffice();
    await pressBanner(browser, page, 'open');
    const plan = await windowAt(browser, 'plan');
    const entry = '[data-remedy="purge-credentials"] .entries input[type=checkbox]';
    const label = await plan.$eval(entry, (box) => {
      // Clear of the bar with the buttons.
      box.scrollIntoView({ block: 'center' });
      return box.closest('label')?.textContent ?? '';
    });
    await plan.locator(entry).click();
    await press(plan, 'start');
    await windowAt(browser, endings);
    const left = pc.read().credentials.filter(({ stale }) => stale);
    expect(left.map(({ target }) => target)).toHaveLength(1);
    expect(label).toContain(left[0]?.target);
  });
});
