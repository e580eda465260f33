/** The report for IT in the popup: seen first, masked at first, and handed on only by the person's own press. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ReportSchema } from '../../../common/report/report.ts';
import { type ReportState, reportStates } from '../../fixtures/ui-report.ts';
import { push } from '../../gallery/stage.ts';
import { reportPage, words } from './report-page.ts';

const { page, sent, stage, texts, press, focused, open, preview, clipboard, copied } = reportPage();

/** Where this page's browser puts what is saved. */
async function downloads(): Promise<() => string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const session = await page().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  return () => readdirSync(folder).map((name) => join(folder, name));
}

async function saved(button: string): Promise<{ name: string; content: string }> {
  const list = await downloads();
  await press(button);
  const name = await vi.waitUntil(() => list().find((file) => /\.(html|json)$/.test(file)), {
    timeout: 10_000,
  });
  return { name, content: readFileSync(name, 'utf8') };
}

describe('it is seen first', () => {
  beforeEach(() => open('report'));

  test('all of it, masked, with the focus on its headline', async () => {
    expect(await focused()).toBe('Report for IT');
    const text = await preview();
    expect(text).toMatch(/^Sign-in report\nNames of people.+ are shortened\./s);
    for (const part of [
      'Code: AADSTS53003',
      'Seen at: s….example',
      'Tenant ID: 1…',
      'Helper: 0.1.0',
      'Extension: ',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('Correlation ID: 5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35');
    expect(text).toMatch(/Browser: \w*Chrome\/\d+/);
    expect(text).not.toMatch(/contoso|undefined|null|NaN|\$\d/);
    expect(await sent()).toEqual([]);
  });

  test('within its width, its end and its start within reach of the keyboard', async () => {
    await page().focus('.report-preview');
    await page().keyboard.press('End');
    await page().waitForFunction(() => {
      const box = document.querySelector('.report-preview');
      return box !== null && box.scrollTop > 0 && box.scrollTop + box.clientHeight >= box.scrollHeight - 1;
    });
    const sizes = await page().evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(sizes[0]).toBe(sizes[1]);
    const named = await page().$eval('.report-preview', (box) => [
      box.ariaLabel,
      box.tagName,
      box.getAttribute('tabindex'),
    ]);
    expect(named).toEqual(['What the report says', 'SECTION', '0']);
  });

  test('Esc, and Back, lead back to where one came from', async () => {
    await page().keyboard.press('Escape');
    await page().waitForFunction(() => !document.querySelector('[data-stage=report]'));
    await open('report');
    await press('[data-do=back]');
    await page().waitForFunction(() => !document.querySelector('[data-stage=report]'));
    expect(await sent()).toEqual([]);
  });

  test('what a script presses does nothing', async () => {
    await clipboard(true);
    await page().evaluate(() => {
      for (const each of document.querySelectorAll<HTMLElement>('.button, input')) each.click();
    });
    expect([await copied(), await preview()]).toEqual([undefined, expect.stringContaining('are shortened')]);
    expect(await stage()).toBe('report');
  });
});

describe('all of it', () => {
  test('is shown by the switch, which says what that adds, and hidden again', async () => {
    await open('report-full');
    expect(await preview()).toContain('Seen at: sts.contoso.example');
    expect(await preview()).toContain('Tenant ID: 11111111-2222-4333-8444-555555555555');
    expect(await texts('#report-adds')).toEqual([
      expect.stringMatching(/^Adds names.+Passwords and tokens are never/),
    ]);
    await page().focus('[data-do=full]');
    await page().keyboard.press('Space');
    await page().waitForFunction(() =>
      document.querySelector('.report-preview')?.textContent?.includes('s….example'),
    );
    expect(await preview()).not.toContain('contoso');
  });

  test('is asked for anew each time', async () => {
    await open('report-full');
    await page().keyboard.press('Escape');
    await open('report');
    expect(await preview()).not.toContain('contoso');
  });
});

describe('it is handed on', () => {
  test.each(['report', 'report-full'] as const)('as what is seen, by Enter: %s', async (name) => {
    await open(name);
    await clipboard(true);
    await page().keyboard.press('Enter');
    await page().waitForFunction(() =>
      document.querySelector('[data-do=copy]')?.textContent?.includes('Copied'),
    );
    expect(words(await copied())).toBe(words(await preview()));
    // A newer state from the background does not make it another report.
    await push(page(), structuredClone(reportStates[name]));
    expect(words(await preview())).toBe(words(await copied()));
  });

  test('by hand, where the clipboard is refused', async () => {
    await open('report');
    await clipboard(false);
    await press('[data-do=copy]');
    await page().waitForSelector('textarea');
    expect(words(await page().$eval('textarea', ({ value }) => value))).toBe(words(await preview()));
  });

  test('as a page, which is saved as a file, and says so', async () => {
    await open('report');
    const { name, content } = await saved('[data-do=save-html]');
    expect(name).toMatch(/signin-report-AADSTS53003-\d{4}-\d\d-\d\d\.html$/);
    expect(content).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">[\s\S]+AADSTS53003/);
    expect(content).not.toContain('contoso');
    expect((await texts('main [role=status]')).join(' ')).toMatch(
      /to save: signin-report-AADSTS53003.+\.html/,
    );
  });

  test('as JSON, which is of its schema', async () => {
    await open('report-full');
    const { name, content } = await saved('[data-do=save-json]');
    expect(name).toMatch(/\.json$/);
    const made = v.parse(ReportSchema, JSON.parse(content));
    expect(made).toMatchObject({ masked: false, failures: [{ seenAt: 'sts.contoso.example' }] });
  });

  test('by e-mail only where the organisation has a help desk', async () => {
    await open('report');
    expect(await texts('[data-do=mail]')).toEqual([]);
    await page().keyboard.press('Escape');
    await open('report-mail');
    const link = await page().$eval('a[data-do=mail]', ({ href, ariaLabel }) => ({ href, ariaLabel }));
    expect(link.ariaLabel).toBe('E-mail to help.desk@contoso.example');
    expect(link.href).toMatch(
      /^mailto:help\.desk@contoso\.example\?subject=Sign-in%20report%3A%20AADSTS53003%20/,
    );
  });
});

test.each(Object.keys(reportStates) as ReportState[])(
  '%s is complete, and says what it is of',
  async (name) => {
    await open(name);
    const seen = await page().evaluate(() => ({
      headings: [...document.querySelectorAll('main h1')].length,
      unlabelled: [...document.querySelectorAll('input')].filter((each) => !each.labels?.length).length,
      unnamed: [...document.querySelectorAll('button, a')].filter(
        (each) => !(each.textContent?.trim() || each.ariaLabel),
      ).length,
      barBottom: document.querySelector('.bar')?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY,
      width: document.documentElement.scrollWidth,
      wide: [...document.querySelectorAll('main *')].filter(
        (each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1,
      ).length,
    }));
    expect(seen).toMatchObject({ headings: 1, unlabelled: 0, unnamed: 0, width: 420, wide: 0 });
    expect(seen.barBottom).toBeLessThanOrEqual(600);
  },
);

test('what was tried is in it, and that there is nothing is said', async () => {
  await open('report-long');
  for (const part of [
    'Result: Sign-in still fails',
    'Left alone:',
    '11 entries put back. 1 entry was already there.',
    'CredDeleteW: 5',
  ])
    expect(await preview()).toContain(part);
  await page().keyboard.press('Escape');
  await page().reload();
  await open('report-empty');
  expect(await texts('main > .note')).toEqual([expect.stringContaining('Check the connection first')]);
  await page().keyboard.press('Escape');
  await open('report-simulated');
  expect(await preview()).toContain('Simulated PC: none of this is about a real one.');
});
