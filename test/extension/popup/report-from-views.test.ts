/** The report for IT from wherever one comes to it: what it holds there, and the way back. */
import { describe, expect, test } from 'vitest';
import { type ReportState, reportPresses, reportStates } from '../../fixtures/ui-report.ts';
import { uiState } from '../../fixtures/ui-states.ts';
import { push } from '../../gallery/stage.ts';
import { reportPage, words } from './report-page.ts';

const { page, sent, stage, texts, press, focused, open, preview, clipboard, copied } = reportPage();

describe('from another view', () => {
  const at = (name: ReportState) => reportPresses[name].at(-1) ?? '';
  const ways: [ReportState, string, string[]][] = [
    ['report-details', 'details', ['Code: AADSTS53003']],
    ['report-check', 'check', ['Connection check: The proxy p….example:3128', 'In the way:']],
    [
      'report-check-failure',
      'check',
      ['Code: AADSTS53003', 'TLS 1.2 is switched off', 'SecureProtocols=160'],
    ],
    ['report-fixed', 'fixed', ['Code: AADSTS50173', 'Result: Sign-in works again']],
    ['report-not-fixed', 'not-fixed', ['Result: Sign-in still fails', 'Left alone:']],
    ['report-failed', 'failed', ['CredDeleteW: 5']],
    ['report-cancelled', 'cancelled', ['Result: The repair was cancelled']],
    ['report-by-hand', 'unverified', ['You chose this repair yourself.', 'What was done:']],
    ['report-history', 'history', ['Code: AADSTS50173', 'Result: Sign-in still fails']],
  ];

  test.each(ways)('%s holds what is at hand there', async (name, _, parts) => {
    await open(name);
    expect(await focused()).toBe('Report for IT');
    for (const part of parts) expect(words(await preview())).toContain(part);
    expect(await preview()).not.toMatch(/by-hand|undefined|null|NaN/);
    expect(await sent()).toEqual([]);
  });

  test.each(ways)('Esc and Back lead from %s back to %s, to what was pressed', async (name, from) => {
    for (const leave of ['Escape', 'Back']) {
      await open(name);
      await (leave === 'Back' ? press('[data-do=back]') : page().keyboard.press('Escape'));
      await page().waitForSelector(`[data-stage=${from}] [data-do=report]:focus`);
      expect(await page().$eval(at(name), (way) => way === document.activeElement)).toBe(true);
      expect(await sent()).toEqual([]);
      await page().reload();
    }
  });

  test('of an entry of the history is about that entry, not about what failed in the tab', async () => {
    await push(page(), reportStates['report-history']);
    await press('.happening:nth-child(1) [data-do=report]');
    expect(await preview()).toContain('Code: AADSTS50173');
    expect(await preview()).toContain('4 times in 30 days');
    await page().keyboard.press('Escape');
    await press('.happening:nth-child(2) [data-do=report]');
    expect(await preview()).toContain('Code: AADSTS53003');
    expect(await preview()).not.toContain('AADSTS50173');
  });

  test('of an entry that was folded away leads back to it', async () => {
    await push(page(), uiState('history-long'));
    await press('.timeline summary');
    await press('details .happening:nth-child(30) [data-do=report]');
    await page().waitForSelector('[data-stage=report]');
    await page().keyboard.press('Escape');
    const entry = 'details[open] .happening:nth-child(30) [data-do=report]';
    await page().waitForSelector(entry);
    expect(await page().$eval(entry, (each) => each === document.activeElement)).toBe(true);
  });

  test('is not offered while it is being looked', async () => {
    await push(page(), uiState('check-looking'));
    expect(await texts('[data-do=report]')).toEqual([]);
  });

  test('gives way when another view does, and does not come back by itself', async () => {
    await open('report-check');
    await push(page(), uiState('run-purging'));
    expect(await stage()).toBe('run');
    await push(page(), reportStates['report-check']);
    expect(await stage()).toBe('check');
  });

  test('leads on to the launcher and to the history as the view beneath does', async () => {
    await open('report-fixed');
    await press('[data-do=commands]');
    await page().waitForSelector('.launcher');
    await page().reload();
    await open('report-fixed');
    await press('[data-do=history]');
    expect(await stage()).toBe('fixed');
    expect(await sent()).toEqual([{ do: 'history' }]);
  });

  test.each(['report-check', 'report-not-fixed', 'report-details'] as const)(
    'copied from the view beneath %s it is the same text',
    async (name) => {
      await push(page(), reportStates[name]);
      for (const selector of reportPresses[name].slice(0, -1)) await press(selector);
      await clipboard(true);
      await press('[data-do=copy]');
      await page().waitForFunction(() => Reflect.has(globalThis, 'copied'));
      const text = words(await copied());
      await press('[data-do=report]');
      const made = / Made at: \S+$/;
      expect(text.replace(made, '')).toBe(words(await preview()).replace(made, ''));
    },
  );
});
