/** What a look at the connection says in the popup: the picture of the way, and what was found on it. */
import { describe, expect, test } from 'vitest';
import { popupPage } from './popup-page.ts';

const { page, show, texts, press } = popupPage();

/** Each station with how it stands. */
const path = () => texts('.path li');

describe('the picture of the way', () => {
  const fine = ['Name (DNS): Fine', 'Secure connection: Fine', 'Microsoft 365: Fine'];

  test.each([
    ['check-fine', ['This PC: Fine', 'Proxy, VPN, network: Fine', ...fine]],
    [
      'check-looking-later',
      [
        'This PC: Fine',
        'Proxy, VPN, network: Breaks here',
        'Name (DNS): Looking',
        'Secure connection: Looking',
        'Microsoft 365: Looking',
      ],
    ],
    [
      'check-proxy',
      [
        'This PC: Fine',
        'Proxy, VPN, network: Breaks here',
        'Name (DNS): Fine',
        'Secure connection: Fails too',
        'Microsoft 365: Fine',
      ],
    ],
    ['check-partial', ['This PC: Not seen', 'Proxy, VPN, network: Not seen', ...fine]],
  ])('%s, in words', async (name, words) => {
    await show(name);
    expect(await path()).toEqual(words);
    expect(await page().$eval('.path', (list) => list.ariaLabel)).toBe('The way to Microsoft 365');
  });

  test('is dashed behind the place where it breaks, and has a shape for each state', async () => {
    await show('check-proxy');
    const lines = await page().$$eval('.path li', (all) =>
      all.map((each) => getComputedStyle(each, '::before').borderBlockStartStyle),
    );
    expect(lines.slice(1)).toEqual(['solid', 'dashed', 'dashed', 'dashed']);
    const signs = async () =>
      page().$$eval('.path .sign', (all) => all.map((each) => each.getAttribute('d')));
    const [good, bad] = await signs();
    expect(good).not.toBe(bad);
    await show('check-many');
    expect(new Set(await signs()).size).toBe(3);
  });

  test('does not move by itself', async () => {
    await show('check-looking');
    expect(await page().evaluate(() => document.getAnimations().length)).toBe(0);
  });
});

describe('what was found', () => {
  test('is who can fix the cause, and which codes it explains', async () => {
    await show('check-tls');
    expect(await texts('.about')).toEqual(['Most likely cause']);
    expect(await texts('.who h2, .who p')).toEqual([
      'Who can fix it This PC',
      'This can be repaired on this PC.',
      'This explains: 0x8004de40, 0xcaa7000d',
    ]);
    await show('check-unknown');
    expect(await texts('.about, .who')).toEqual([]);
  });

  test('has its evidence folded, with names as a technician knows them', async () => {
    await show('check-tls');
    expect(await page().$$eval('.finding details[open]', (all) => all.length)).toBe(0);
    expect((await texts('.finding .evidence'))[0]).toBe('SecureProtocols160ms42');
  });

  test('is within its width however long, evidence and all', async () => {
    await show('check-many');
    const summaries = await page().$$('.finding summary');
    for (const summary of summaries.slice(0, 2)) await summary.press('Enter');
    expect((await texts('.finding details[open] dd'))[0]).toMatch(/^ECONNREFUSED (0123456789abcdef){30}$/);
    expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    const wide = await page().$$eval(
      '.finding *',
      (all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1).length,
    );
    expect(wide).toBe(0);
  });

  test('is folded where it is fine or could not be seen', async () => {
    await show('check-many');
    expect(await texts('main > details > summary')).toEqual(['Fine: 53', 'Could not be seen: 1']);
    expect(await texts('.finding')).toHaveLength(7);
    await press('[data-level=ok] > summary');
    await page().waitForFunction(() => document.querySelectorAll('.finding').length === 60);
    await show('check-looking');
    expect(await texts('main > details')).toEqual([]);
  });

  test('says the level in words too', async () => {
    await show('check-proxy');
    const levels = (await texts('.finding p')).map((row) => row?.split(':')[0]);
    expect(levels).toEqual(['In the way', 'In the way', 'In the way', 'Worth knowing']);
  });

  test('of the browser alone is shown, with why, and how to see more', async () => {
    await show('check-partial');
    expect(await texts('.helper h2')).toEqual(['The helper was not found']);
    expect((await texts('.helper p')).join(' ')).toMatch(
      /Install it, then try again\. .+Only the helper can look/,
    );
    expect(await texts('[data-level=ok] .finding')).toHaveLength(2);
    await show('check-partial-fault');
    expect(await texts('.helper h2')).toEqual(['The helper could not be asked']);
    await show('check-fine');
    expect(await texts('.helper')).toEqual([]);
  });
});
