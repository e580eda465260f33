/** The history in the popup: the way in and out, what it says, undo, and deletion that asks first. */
import { describe, expect, test } from 'vitest';
import { fullHistory } from '../../fixtures/ui-history.ts';
import { uiState } from '../../fixtures/ui-states.ts';
import { push } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

const { page, show, sent, stage, texts, press, focused } = popupPage();

describe('the way in and out', () => {
  test.each(['Escape', 'Back'] as const)('%s leads back to what was there', async (by) => {
    await show('history');
    expect(await focused()).toBe('History');
    await (by === 'Back' ? press('[data-do=close-history]') : page().keyboard.press(by));
    expect(await sent()).toEqual([{ do: 'close-history' }]);
    await show('failure');
    expect(await stage()).toBe('failure');
  });

  test('is not offered where a decision waits, nor twice while it is fetched', async () => {
    for (const name of ['plan', 'run-purging', 'your-turn', 'history']) {
      await show(name);
      expect(await texts('[data-do=history]'), name).toEqual([]);
    }
    await show('failure-history');
    await page().click('[data-do=history]');
    expect(await sent()).toEqual([]);
  });

  test('without its helper says so, tries again for the history, and leads back', async () => {
    await show('failure-policy-without-helper');
    expect(await stage()).toBe('failure');
    await press('[data-do=history]');
    expect(await stage()).toBe('missing');
    await press('[data-do=retry]');
    expect(await sent()).toEqual([{ do: 'history' }, { do: 'history' }]);
    await page().keyboard.press('Escape');
    expect(await stage()).toBe('failure');
  });
});

describe('what it says', () => {
  test('is when, what failed, how it ended, how long it took and what was done', async () => {
    await show('history');
    const [first] = await texts('.happening');
    for (const part of [
      'AADSTS50173',
      'Your password changed',
      'Soon after this PC joined a network',
      'Sign-in works again · Took 1:24',
      'Forget stored addressesSign-in still fails',
      'Reset OneDriveSign-in works',
    ]) {
      expect(first).toContain(part);
    }
    const time = uiState('history').history?.runs[0]?.startedAt;
    expect(await page().$eval('.happening time', ({ dateTime }) => dateTime)).toBe(time);
    expect((await texts('.happening'))[1]).toContain('Nothing was done on this PC');
  });

  test('is what keeps coming back, drawn day by day and in words', async () => {
    await show('history');
    expect(await texts('.comes-back .recurs-count')).toEqual(['AADSTS50173 4 times in 30 days.']);
    expect((await texts('.comes-back'))[0]).toContain('Each time soon after this PC joined a network. ');
    expect(await page().$$eval('.days circle', (all) => all.length)).toBe(30);
    expect(await page().$$eval('.day-failed', (all) => all.length)).toBe(3);
    const words = await page().$eval('.days svg', (svg) => [svg.role, svg.ariaLabel]);
    expect(words).toEqual([
      'img',
      expect.stringMatching(/^In the last 30 days it failed on: .+ \(2\), .+, .+$/),
    ]);
  });

  test('is not all of it at once when it is long', async () => {
    await show('history-long');
    expect(await texts('.happening')).toHaveLength(20);
    await press('.timeline summary');
    await page().waitForFunction(() => document.querySelectorAll('.happening').length === 67);
  });

  test('is that there is nothing, where nothing can be deleted', async () => {
    await show('history-empty');
    expect(await texts('.empty')).toEqual(['Nothing has failed so far.']);
    expect(await texts('[data-do=ask-clear]')).toEqual([]);
    expect((await texts('[role=status]'))[0]).toBe('History. Nothing has failed so far.');
  });
});

test('a repair is undone from there, only where it can be, and its own view follows', async () => {
  await show('history');
  const { runs } = fullHistory;
  const undoable = runs.filter(({ canUndo }) => canUndo);
  expect(await texts('.happening [data-do=undo]')).toHaveLength(undoable.length);
  expect(undoable.length).toBeLessThan(runs.length);
  await press('.happening:first-child [data-do=undo]');
  expect(await sent()).toEqual([{ do: 'close-history' }, { do: 'undo', runId: undoable[0]?.id }]);
});

describe('deletion', () => {
  test('asks first, with the focus on the question', async () => {
    await show('history');
    await press('[data-do=ask-clear]');
    expect(await focused()).toBe('Delete for good? Nothing of it can be undone after that.');
    expect(await sent()).toEqual([]);
    await press('[data-do=clear-history]');
    expect(await sent()).toEqual([{ do: 'clear-history' }]);
  });

  test('by Enter alone does not come about', async () => {
    await show('history');
    await page().focus('[data-do=ask-clear]');
    for (let times = 0; times < 3; times++) await page().keyboard.press('Enter');
    expect(await sent()).toEqual([]);
  });

  test.each(['Escape', 'Cancel'] as const)('is taken back by %s, and the focus goes back', async (by) => {
    await show('history-sure');
    await (by === 'Cancel' ? press('[data-do=keep]') : page().keyboard.press(by));
    await page().waitForSelector('[data-do=ask-clear]:focus');
    expect(await sent()).toEqual([]);
    await page().keyboard.press('Escape');
    expect(await sent()).toEqual([{ do: 'close-history' }]);
  });

  test('leaves the empty history, and no question', async () => {
    await show('history-sure');
    await press('[data-do=clear-history]');
    await push(page(), uiState('history-empty'));
    expect(await texts('.question')).toEqual([]);
    expect(await texts('.empty')).toHaveLength(1);
  });
});
