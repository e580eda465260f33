/** Before and after a repair: what failed, how it stands now, what was changed and until when it can come back. */
import '../fake-api.ts';
import { describe, expect, test } from 'vitest';
import { uiState } from '../../fixtures/ui-states.ts';
import { push } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

const { page, show, texts } = popupPage();

/** However this browser writes a time. */
const before = /^AADSTS50173 · .*2026.*9:41/;

describe('it says what failed and when, and what the last test saw', () => {
  test.each([
    ['fixed', 'Sign-in works'],
    ['fixed-at-once', 'Sign-in works'],
    ['not-fixed', 'Sign-in still fails'],
    ['not-fixed-same', 'Still the same: AADSTS50173'],
    ['not-fixed-other', 'Sign-in now fails with AADSTS50058'],
    ['needs-user', 'Sign-in needs your password or second factor'],
    ['unverified', 'Sign-in could not be tested'],
    ['failed', 'Sign-in was not tested'],
    ['cancelled', 'Sign-in was not tested'],
    ['undone', 'Not tested since the undo'],
    ['undone-partly', 'Not tested since the undo'],
  ])('%s: %s', async (name, after) => {
    await show(name);
    expect(await texts('.before-after dd:nth-of-type(-n + 2)')).toEqual([
      expect.stringMatching(before),
      after,
    ]);
    const time = await page().$eval('.before-after time', ({ dateTime }) => dateTime);
    expect(time).toBe(uiState(name).run?.failure.time);
  });

  test('in words where a repair was chosen by hand, and no code is shown', async () => {
    await show('unverified-chosen');
    expect((await texts('.before-after dd'))[0]).toBe('You chose this repair yourself.');
    expect((await texts('main')).join()).not.toContain('by-hand');
  });
});

describe('it says what was changed', () => {
  /** That run, begun at a time to come: what is said of it does not depend on when the test runs. */
  async function ended(name: string, backupDays = 30): Promise<string[]> {
    const state = uiState(name);
    const startedAt = '2099-01-10T12:00:00.000Z';
    await push(page(), { ...state, backupDays, run: state.run && { ...state.run, startedAt } });
    return (await texts('.before-after dd:nth-of-type(3)')).map(String);
  }
  const until = 'until [^·]*\\b9\\b[^·]*2099$';

  test.each([
    ['fixed-at-once', `^12 entries · Can be undone ${until}`],
    ['fixed', `^14 entries · Can be undone in part ${until}`],
    ['fixed-by-hand', '^1 entry · Cannot be undone$'],
  ])('%s: %s', async (name, words) => {
    expect(await ended(name)).toEqual([expect.stringMatching(new RegExp(words))]);
  });

  test('for as many days as the helper says that policy has', async () => {
    expect(await ended('fixed', 7)).toEqual([expect.stringMatching('until [^·]*\\b17\\b[^·]*2099$')]);
  });

  test('but for what came back with an undo, which says so itself', async () => {
    expect(await ended('undone')).toEqual([]);
  });

  test('and nothing of the time where that is over', async () => {
    const state = uiState('fixed');
    await push(page(), {
      ...state,
      run: state.run && { ...state.run, startedAt: '2020-01-01T12:00:00.000Z' },
    });
    expect((await texts('.before-after dd'))[2]).toBe('14 entries');
  });

  test('or that nothing was', async () => {
    const state = uiState('failed');
    const steps = state.run?.steps.map((step) => ({ ...step, done: 0 })) ?? [];
    await push(page(), { ...state, run: state.run && { ...state.run, steps } });
    expect((await texts('.before-after dd'))[2]).toBe('Nothing');
  });
});
