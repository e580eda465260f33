/** What may happen to the extension in mid-run, and two browsers at one PC: what is shown is true, nothing is lost. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pressBanner } from '../harness/browser/banner.ts';
import { startBrowser } from '../harness/browser/browsers.ts';
import { inMidRun, slowly, undoRestores } from '../harness/browser/mid-run.ts';
import { openOurWindow, popupOpened, press, windowAt } from '../harness/browser/our-window.ts';
import { inScene } from '../harness/browser/scene.ts';
import { faultHost } from '../harness/host/fault-hosts.ts';
import { registerHost, simulatedHost } from '../harness/host/host-registration.ts';
import { newest, notingHost } from '../harness/host/noting-host.ts';
import { waitFor } from '../harness/wait-for.ts';

function hasEnded(pid: number): boolean {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}

it.each([
  ['reloaded', undefined],
  ['updated', '9.9.9'],
])('an extension that is %s in mid-run finds the run again, which ends as it should', async (_, version) => {
  // With its permissions given it runs from a folder of its own, which can be changed.
  await inScene('chromium', { pc: slowly, host: faultHost('dies'), permitted: true }, async (scene) => {
    const { browser, pc } = scene;
    const notes = join(browser.folder, 'starts');
    await registerHost('chromium', browser.folder, notingHost(notes, simulatedHost(pc.file)));
    const { window, before } = await inMidRun(scene);
    const old = newest(notes);
    if (version) {
      const file = join(browser.folder, 'extension', 'manifest.json');
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version }));
    }
    // As when the person presses Reload: the old one ends with all its pages and ports.
    await browser.browser.installExtension(join(browser.folder, 'extension'));
    await waitFor(() => window.isClosed(), 'the end of the old one');
    const page = await scene.openOffice();
    await pressBanner(browser, page, 'open');
    const again = await windowAt(browser, ['run', 'interrupted', 'fixed']);
    expect(await again.evaluate(() => chrome.runtime.getManifest().version)).toBe(version ?? '0.1.0');
    // Where the helper ended with its port before the next could take over, the person is asked.
    const asked = await windowAt(browser, ['interrupted', 'fixed'], 40_000);
    if (await asked.$('button[data-do="finish"]')) await press(asked, 'finish');
    const ended = await windowAt(browser, 'fixed', 40_000);
    // The browser ends the old one when it likes, and with it what was passed on to it.
    await waitFor(() => hasEnded(old), 'the end of the old helper');
    await undoRestores(scene, ended, before);
  });
});

it('two browsers at one PC show the same run and the same end, whichever began it', async () => {
  await inScene('chromium', { pc: slowly }, async (scene) => {
    const { pc, standIn, browser: first } = scene;
    const second = await startBrowser('firefox', { standIn: standIn.port, host: simulatedHost(pc.file) });
    try {
      const page = await second.browser.newPage();
      await page.goto('https://www.office.com/');
      await pressBanner(second, page, 'open');
      await popupOpened(second);
      const plan = await windowAt(second, 'plan');
      const { before } = await inMidRun(scene);
      await press(plan, 'start');
      await windowAt(second, 'run');
      const [here, there] = await Promise.all([windowAt(first, 'fixed'), windowAt(second, 'fixed')]);
      expect(await there.$('button[data-do="undo"]')).not.toBeNull();
      await undoRestores(scene, here, before);
      await (await openOurWindow(second)).bringToFront();
      await windowAt(second, ['fixed', 'undone']);
    } finally {
      await second.close();
    }
  });
});
