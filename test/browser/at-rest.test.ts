/** Beside sites that are not Microsoft's nothing of ours runs: no background, no host, no script. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, it, onTestFinished } from 'vitest';
import { bannerWith } from '../harness/browser/banner.ts';
import type { TestBrowser } from '../harness/browser/browsers.ts';
import { ownPage, WELCOME } from '../harness/browser/own-page.ts';
import { ownWorlds } from '../harness/browser/own-worlds.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { followsTabs, stopWorker, workerStart } from '../harness/browser/service-worker.ts';
import { simulatedHost } from '../harness/host/host-registration.ts';
import { listening } from '../harness/network/listening.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { waitFor } from '../harness/wait-for.ts';
import { makePc } from '../story/story-pc.ts';

/** Address of a site like any other. */
async function ordinarySite(): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>A site</title><p>Hello');
  });
  return `http://${await listening(server)}/`;
}

/** The real host, which leaves a mark whenever it is started. */
async function markingHost(): Promise<{ host: string[]; started: () => number }> {
  const pc = await makePc();
  onTestFinished(pc.remove);
  const mark = join(temporaryFolder(), 'started');
  const host = ['/bin/sh', '-c', 'printf . >> "$0"; exec "$@"', mark, ...simulatedHost(pc.file)];
  return { host, started: () => (existsSync(mark) ? readFileSync(mark, 'utf8').length : 0) };
}

/** What a person does on other sites: goes there, on, and away. Gives a page that is left open. */
async function goAbout({ browser }: TestBrowser, url: string): Promise<Page> {
  const first = await browser.newPage();
  await first.goto(url);
  await first.goto(`${url}further`);
  await first.close();
  const page = await browser.newPage();
  await page.goto(url);
  return page;
}

async function failedPage({ browser, openOffice }: Scene): Promise<Page> {
  const page = await openOffice();
  await bannerWith(browser, page, ({ text }) => text.includes('AADSTS50173'), 'the banner');
  return page;
}

/** The page after the installation has found the helper, and was put away. */
async function settledIn({ browser }: Scene, started: () => number): Promise<void> {
  const page = await ownPage(browser, WELCOME);
  await waitFor(() => started() > 0, 'the host of the page after the installation');
  await page.close();
}

it('in Chromium other sites start no background and no host, and have no script of ours, before and after one of Microsoft’s', async () => {
  const { host, started } = await markingHost();
  const url = await ordinarySite();
  await inScene('chromium', { host, firstRun: true }, async (scene) => {
    const { browser } = scene;
    await settledIn(scene, started);
    for (const when of ['before', 'after']) {
      await waitFor(async () => !(await followsTabs(browser)), 'the end of what was followed');
      await stopWorker(browser);
      const hosts = started();
      const ordinary = await goAbout(browser, url);
      expect(await ownWorlds(browser, ordinary), when).toBe(0);
      // One that was on its way by now would have begun before this.
      const begin = Date.now();
      const page = await failedPage(scene);
      expect(await workerStart(browser), when).toBeGreaterThanOrEqual(begin);
      expect(await ownWorlds(browser, page), when).toBeGreaterThan(0);
      expect(started(), when).toBe(hosts);
      await Promise.all([page.close(), ordinary.close()]);
    }
  });
});

it('in Firefox other sites start no host, and a failure that is only shown none either', async () => {
  const { host, started } = await markingHost();
  const url = await ordinarySite();
  await inScene('firefox', { host, firstRun: true }, async (scene) => {
    await settledIn(scene, started);
    const hosts = started();
    await goAbout(scene.browser, url);
    // One that other sites had started would be there by the time of a banner.
    await failedPage(scene);
    expect(started()).toBe(hosts);
  });
});
