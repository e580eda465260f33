/** What holds for every state that the popup can show, in a real browser. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { reportStates } from '../../fixtures/ui-report.ts';
import { uiStates } from '../../fixtures/ui-states.ts';
import { faintTexts } from '../../gallery/contrast.ts';
import { buildPopup, type Files } from '../../gallery/site.ts';
import { openPopup, show } from '../../gallery/stage.ts';
import { served } from '../served.ts';

let files: Files;
const { browser, origin } = served(async () => {
  files = await buildPopup();
  return files;
});
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  page = await openPopup(browser(), origin());
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});

describe.each([...uiStates.keys(), ...Object.keys(reportStates)])('%s', (name) => {
  test('is complete, labelled, within its width, and holds the focus', async () => {
    await show(page, name);
    const seen = await page.evaluate(() => {
      const frame = document.querySelector('.frame');
      const focused = document.activeElement;
      return {
        headings: document.querySelectorAll('main h1').length,
        landmarks: ['header', 'main', 'footer'].filter(
          (each) => document.querySelectorAll(each).length !== 1,
        ),
        unnamed: [...document.querySelectorAll('button')].filter(
          (each) => !(each.textContent?.trim() || each.ariaLabel),
        ).length,
        unlabelled: [...document.querySelectorAll('input')].filter(
          (each) => !(each.labels?.length || each.ariaLabel),
        ).length,
        text: frame?.textContent ?? '',
        announced: document.querySelector('[role=status]')?.textContent ?? '',
        focused: focused?.matches('h1, .primary, .question, .search, [data-do=full]') ?? false,
        width: frame?.getBoundingClientRect().width,
        // However long the view, its actions are in sight.
        barBottom: document.querySelector('.bar')?.getBoundingClientRect().bottom,
        viewport: innerHeight,
        overflow: [...document.querySelectorAll('*')]
          .filter(
            (each) =>
              // An item's description may be cut short: the view that it leads to says it in full.
              !each.matches('.unseen, html, .item-subtitle') &&
              each.scrollWidth > each.clientWidth + 1 &&
              each.clientWidth > 0,
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 80)),
      };
    });
    expect(seen).toMatchObject({ headings: 1, landmarks: [], unnamed: 0, unlabelled: 0, focused: true });
    expect(seen.text).not.toMatch(/undefined|null|NaN|\$\d|\[object/);
    expect(seen.announced).not.toBe('');
    expect(seen.width).toBe(420);
    expect(seen.barBottom).toBeLessThanOrEqual(seen.viewport);
    expect(seen.overflow).toEqual([]);
  });

  test.each(['light', 'dark'])('can be read in %s', async (scheme) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await show(page, name);
    expect(await page.evaluate(`(${faintTexts.toString()})(document)`)).toEqual([]);
  });
});

test('none of them made the browser complain, under the policy of an extension’s page', () => {
  expect(complaints).toEqual([]);
});

test('the script that is waited for is no more than 30 KiB, compressed', () => {
  const entry = /src="([^"]+\.js)"/.exec(files.get('/extension/popup/index.html') ?? '')?.[1] ?? '';
  const script = [...withImports(entry)].map((name) => files.get(name) ?? '');
  expect(script.join('')).toContain('popup');
  expect(gzipSync(script.join('')).length).toBeLessThanOrEqual(30 * 1024);
});

/** A script with all that it imports at once. */
function withImports(name: string, known = new Set<string>()): Set<string> {
  if (known.has(name)) return known;
  known.add(name);
  for (const [, path = ''] of (files.get(name) ?? '').matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) {
    withImports(new URL(path, `http://localhost${name}`).pathname, known);
  }
  return known;
}

test('the page holds neither inline script nor inline style', () => {
  const html = files.get('/extension/popup/index.html') ?? '';
  expect(html).toContain('type="module"');
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*src)|\son\w+=/);
});
