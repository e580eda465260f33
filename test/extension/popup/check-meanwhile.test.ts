/** While the connection is being looked at, and when that ends: nothing moves under the person’s hands. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../fixtures/ui-check.ts';
import { checkPage } from './check-page.ts';

const { page, show, texts, press, focused, afterwards } = checkPage();

describe('while it is being looked', () => {
  test('it says how far it is, and what it waits for', async () => {
    await show('check-looking-first');
    expect(await texts('.progress span:first-of-type')).toEqual(['0 of 20']);
    await show('check-looking');
    expect(await texts('.progress span:first-of-type')).toEqual(['9 of 20']);
    expect(await texts('.waited-for')).toEqual(['Waiting for: Servers, Windows’ own connection, and 9 more']);
    expect(await texts('.counts')).toEqual(['Fine: 9 · Could not be seen: 1']);
    expect(await page().$eval('progress', ({ value, max }) => [value, max])).toEqual([9, 20]);
    await afterwards({ ...checks.half, waiting: ['proxy'] });
    expect(await texts('.waited-for')).toEqual(['Waiting for: Proxy']);
  });

  /** Where all stands that one may be about to press or to read. */
  const places = () =>
    page().$$eval('h1, .path li, .counts, .finding, .finding summary, .button', (all) =>
      all.map((each) => each.getBoundingClientRect().top),
    );

  test('what comes moves nothing, closes nothing and takes no focus, in whatever order it is told', async () => {
    await show('check-looking-later');
    await press('.finding summary');
    const spoken = await texts('[role=status]');
    const before = await places();
    const buttons = 2;
    const { later } = checks;
    const [fault] = checks.unknown.findings.filter(({ level }) => level === 'fault');
    const more = fault ? [1, 2, 3, 4, 5, 6].map((place) => ({ ...fault, id: `endpoints:${place}` })) : [];
    await afterwards({ ...later, findings: [...more, ...later.findings.toReversed()], waiting: ['mtu'] });
    expect(await texts('.finding')).toHaveLength(9);
    const after = await places();
    // The new ones, each with its evidence, stand between what was there and the buttons.
    expect([...after.slice(0, before.length - buttons), ...after.slice(-buttons)]).toEqual(before);
    expect(after).toHaveLength(before.length + 12);
    expect(await focused()).toBe('For a technician');
    expect(await page().$$eval('.finding details[open]', (all) => all.length)).toBe(1);
    expect(await texts('[role=status]')).toEqual(spoken);
  });

  test('the buttons stand at the foot of the popup from beginning to end', async () => {
    for (const name of ['check-looking-first', 'check-looking-later', 'check-proxy', 'check-blind']) {
      await show(name);
      expect(await page().$eval('.bar', (bar) => bar.getBoundingClientRect().bottom), name).toBe(600);
    }
  });

  test.each([0, 1])('a row that the end moves keeps the focus: %i', async (place) => {
    const twins = checks.unknown.findings.filter(({ level }) => level === 'fault');
    await afterwards({ ...checks.later, findings: twins });
    // Older browsers take the focus from what is moved.
    await page().evaluate(() => Reflect.deleteProperty(Element.prototype, 'moveBefore'));
    const summaries = await page().$$('.finding summary');
    await summaries[place]?.focus();
    const row = () => page().evaluate(() => document.activeElement?.closest('.finding')?.textContent);
    const before = await row();
    const cause = twins[1]?.id ?? null;
    await afterwards({
      ...checks.unknown,
      startedAt: checks.later.startedAt,
      diagnosis: { cause, because: [], who: 'network', codes: [] },
    });
    expect((await texts('.finding'))[0]).toContain(twins[1]?.subject);
    expect(before).toContain(twins[place]?.subject);
    expect(await row()).toBe(before);
  });

  test('the end puts the cause first, and leaves the focus and what is open', async () => {
    await show('check-looking-later');
    expect((await texts('.finding'))[0]).toContain('joined a network');
    await press('.finding summary');
    await show('check-proxy');
    const rows = await texts('.finding');
    expect(rows[0]).toContain('The proxy proxy.contoso.example:3128 does not answer.');
    expect(rows.slice(1, 3).every((row) => row?.includes('Follows from the cause.'))).toBe(true);
    expect(rows.at(-1)).toContain('A VPN is connected');
    expect(await page().$eval('.finding details', ({ open }) => open)).toBe(true);
    expect(await focused()).toBe('For a technician');
    expect((await texts('[role=status]'))[0]).toBe('The proxy proxy.contoso.example:3128 does not answer.');
  });

  test('a button that goes away gives the focus to the headline', async () => {
    await show('check-looking');
    await page().focus('[data-do=cancel-check]');
    await show('check-fine');
    expect(await focused()).toBe('Nothing stands in the way');
    await page().focus('.primary');
    await show('check-looking');
    expect(await focused()).toBe('Looking at the connection…');
  });
});
