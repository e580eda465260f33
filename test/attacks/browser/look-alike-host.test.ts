/** A program in the helper's place, in a real browser: it greets well and then says what it likes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../../common/plan.ts';
import type { Run } from '../../../common/run.ts';
import { noPolicy } from '../../fixtures/no-policy.ts';
import { plan as goodPlan } from '../../fixtures/ui-plan.ts';
import { pressBanner } from '../../harness/browser/banner.ts';
import { openOurWindow, popupOpened, press, windowAt } from '../../harness/browser/our-window.ts';
import { stopWorker } from '../../harness/browser/service-worker.ts';
import { sharedScene } from '../../harness/browser/shared-scene.ts';
import { registerHost, simulatedHost } from '../../harness/host/host-registration.ts';
import { goodHello, lookAlikeHost, type Part } from '../../harness/host/look-alike-host.ts';
import { waitFor } from '../../harness/wait-for.ts';
import { cookiesAddress, plantAddress } from '../../stand-in/cookies.ts';

const LOGIN = 'login.microsoftonline.com';
const MARKUP = '<img src=x onerror="document.title=1"><script>document.title=1</script><svg onload=alert(1)>';

const folder = mkdtempSync(join(tmpdir(), 'signin-rescue-look-alike-'));
afterAll(() => rmSync(folder, { recursive: true }));
const impostor = lookAlikeHost(folder);
const scene = sharedScene('chromium', { host: impostor.command, permitted: true });

const failure = {
  code: 'AADSTS50173',
  category: 'local',
  seenAt: LOGIN,
  time: '2026-11-22T09:41:07.000Z',
} as const;
/** After whatever fails in a test. */
const LATER = new Date(Date.now() + 3_600_000).toISOString();
const run: Run = {
  ...{ id: 'run-1', revision: 1, failure, status: 'running', steps: [], startedAt: failure.time },
  ...{ canUndo: false, damaged: 0 },
};

/** A plan whose every word is somebody else's. */
function planSaying(words: string): Plan {
  const plan = structuredClone(goodPlan());
  for (const step of plan.steps)
    for (const item of step.items) Object.assign(item, { label: words, detail: words });
  return plan;
}

/** A plan that leads its reader somewhere. */
function planFrom(source: string): unknown {
  const { steps, ...plan } = goodPlan();
  return { ...plan, steps: steps.map((step) => ({ ...step, source })) };
}

/** What it says to a person who asks for the repair; the window at one of these views. */
async function askedOf(part: Part, stages: string | string[]): Promise<Page> {
  const { browser, openOffice } = scene();
  impostor.plays(part);
  const page = await openOffice();
  await pressBanner(browser, page, 'open');
  await popupOpened(browser);
  return windowAt(browser, stages);
}

/** Away with all pages and with what the background remembers; the next that comes finds a new host. */
afterEach(async () => {
  const { browser } = scene();
  const window = await openOurWindow(browser);
  const pages = await browser.browser.pages();
  for (const page of pages.slice(1)) if (page !== window) await page.close();
  await window.evaluate(() => chrome.storage.session.clear());
  await stopWorker(browser);
  await window.close();
});

describe('a look-alike host', () => {
  it.each([
    ['markup', MARKUP],
    ['a link that is a script', 'javascript:document.title=1'],
    ['somebody else’s e-mail', 'the.boss@contoso.example'],
    ['a text as long as may be', 'x'.repeat(500)],
    ['a text that turns the reading direction', '\u202Eexe.drowssap'],
  ])('that names things by %s has them shown as the text that they are', async (_, words) => {
    const window = await askedOf({ answers: { plan: planSaying(words) } }, 'plan');
    const seen = await window.evaluate(() => ({
      words: document.body.textContent,
      foreign: document.querySelectorAll('img, script:not([src]), [onload], [onerror], iframe').length,
      links: [...document.links].map(({ protocol }) => protocol).filter((each) => each !== 'https:'),
      wider: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      title: document.title,
    }));
    expect(seen.words).toContain(words);
    expect({ ...seen, words: '' }).toEqual({
      ...{ words: '', foreign: 0, links: [], wider: false, title: 'Signin Rescue' },
    });
  });

  it.each<[string, Part, string]>([
    [
      'a remedy that there is not',
      { answers: { plan: { ...goodPlan(), leftOut: [{ remedy: 'format-disk', because: 'forbidden' }] } } },
      'failure',
    ],
    ['a text beyond all bounds', { answers: { plan: planSaying('x'.repeat(501)) } }, 'failure'],
    ['a source that is a script', { answers: { plan: planFrom('javascript:1') } }, 'failure'],
    [
      'a source of its own',
      { answers: { plan: planFrom('https://learn.microsoft.com.evil.example/') } },
      'failure',
    ],
    ['a run of no known status', { hello: { ...goodHello, run: { ...run, status: 'owned' } } }, 'garbled'],
  ])('that says %s is not believed, and our window says so', async (_, part, stage) => {
    const window = await askedOf(part, stage);
    await window.waitForFunction(() => document.querySelector('.problem, [data-stage=garbled]') !== null);
    expect(await window.$$('[data-remedy], a:not([href^="https:"])')).toEqual([]);
    impostor.plays({ answers: { plan: goodPlan() } });
    await press(window, stage === 'garbled' ? 'retry' : 'plan');
    await windowAt(scene().browser, 'plan');
  });

  it('that says the help desk is a script is not heard', async () => {
    const policy = (helpDesk: string) => ({ method: 'policy', params: { ...noPolicy, helpDesk } });
    const say = [policy('it@contoso.example'), policy('javascript:1')];
    const window = await askedOf({ answers: { plan: goodPlan() }, after: { method: 'hello', say } }, 'plan');
    const { memory } = await window.evaluate(() => chrome.storage.session.get('memory'));
    expect(memory).toMatchObject({ policy: { helpDesk: 'it@contoso.example' } });
  });

  it('that asks for the session, with no run or with one that has ended, is refused, and no cookie goes', async () => {
    const { browser } = scene();
    const page = await browser.browser.newPage();
    await page.goto(plantAddress(LOGIN, 'planted=1; Path=/; Secure; HttpOnly; Max-Age=86400'));
    const ask = (id: string) => ({ id, method: 'session.clear', params: { runId: 'run-1' } });
    const ended = {
      method: 'run.changed',
      params: { ...run, status: 'fixed', endedAt: LATER, revision: 2 },
    };
    const say = [
      ask('a'),
      { method: 'run.changed', params: { ...run, id: 'run-2' } },
      ask('b'),
      ended,
      ask('c'),
    ];
    await askedOf({ answers: { plan: goodPlan() }, after: { method: 'plan', say } }, [
      'plan',
      'run',
      'fixed',
      'ended',
    ]);
    const answers = await waitFor(() => {
      const all = impostor.heard().filter(({ id, method }) => method === undefined && id);
      return all.length >= 3 && all;
    }, 'the answers');
    expect(answers.map(({ result }) => result)).toEqual(Array(3).fill({ outcome: 'refused', cookies: 0 }));
    await page.goto(cookiesAddress(LOGIN));
    expect(await page.$eval('body', ({ textContent }) => textContent)).toContain('planted');
  });

  it('that tells of a run which nobody began is forgotten with it when the helper is back', async () => {
    const { browser, pc } = scene();
    const window = await askedOf(
      {
        answers: { plan: goodPlan() },
        after: { method: 'plan', say: [{ method: 'run.changed', params: { ...run, id: 'run-of-nobody' } }] },
      },
      'run',
    );
    await registerHost('chromium', browser.folder, simulatedHost(pc.file));
    try {
      impostor.dies();
      await window.bringToFront();
      await windowAt(browser, ['failure', 'plan']);
      const { memory } = await window.evaluate(() => chrome.storage.session.get('memory'));
      expect(memory).toMatchObject({ run: null });
    } finally {
      await registerHost('chromium', browser.folder, impostor.command);
    }
  });

  it('that says the same ten thousand times leaves our window in use', async () => {
    const { browser } = scene();
    const say = Array.from({ length: 10 }, (_, nth) => ({
      method: 'run.changed',
      params: { ...run, id: 'run-of-many', revision: nth + 2 },
    }));
    const found = { method: 'check.waiting', params: { checks: [] } };
    const last = {
      method: 'run.changed',
      params: { ...run, id: 'run-of-many', status: 'fixed', endedAt: LATER, revision: 99 },
    };
    const part = {
      answers: { plan: goodPlan() },
      after: { method: 'plan', say: [...say, found, last], times: 1_000 },
    };
    await askedOf(part, ['plan', 'run', 'fixed']);
    await waitFor(() => impostor.heard().some(({ said }) => said), 'all to be said');
    const window = await openOurWindow(browser);
    await window.bringToFront();
    await windowAt(browser, 'fixed');
    const { memory } = await window.evaluate(() => chrome.storage.session.get('memory'));
    expect(memory).toMatchObject({ run: last.params });
  });
});
