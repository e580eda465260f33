import '../fake-api.ts';
import { describe, expect, test } from 'vitest';
import type { UiState } from '../../../extension/ui-state.ts';
import { setMeanings } from '../../../extension/views/meanings.ts';
import { uiState, uiStates } from '../../fixtures/ui-states.ts';

// As the link does with each state that comes.
setMeanings(uiState('failure').meanings);

const { bannerOf } = await import('../../../extension/banner/model.ts');

const offers = (name: string) =>
  bannerOf(uiState(name))?.offers.map(({ does, label }) => `${does}: ${label}`);

describe('what the banner offers', () => {
  test.each([
    ['failure', ['open: Fix sign-in']],
    ['plan', ['open: Fix sign-in']],
    ['failure-policy', ['open: Details']],
    ['failure-user', ['open: Details']],
    ['failure-unknown', ['open: Details']],
    ['host-missing', ['open: Details']],
    ['run-purging', ['open: Details']],
    ['your-turn', ['open: What to do']],
    ['fixed', ['continue: Continue to Microsoft 365', 'open: Details']],
    ['needs-user', ['continue: Continue to Microsoft 365', 'open: Details']],
    ['not-fixed', ['open: Details']],
    ['interrupted', ['open: Details']],
    ['undone', ['open: Details']],
  ])('%s: %j', (name, expected) => {
    expect(offers(name)).toEqual(expected);
  });

  test('nothing in it changes the PC', () => {
    for (const state of uiStates.values()) {
      for (const { does } of bannerOf(state)?.offers ?? []) expect(['open', 'continue']).toContain(does);
    }
  });
});

describe('what the banner says', () => {
  test.each(['nothing', 'nothing-problem', 'nothing-simulated', 'failure-none'])('in %s nothing', (name) => {
    expect(bannerOf(uiState(name))).toBeNull();
  });

  test('one sentence, the code, and who can fix it', () => {
    expect(bannerOf(uiState('failure-policy'))).toMatchObject({
      title: 'A rule of your organisation blocks this sign-in.',
      detail: 'Only your IT team can change this rule, so nothing on this PC is touched.',
      code: 'AADSTS53003',
      tone: 'warn',
    });
  });

  test('the step that a repair is at', () => {
    expect(bannerOf(uiState('run-resetting'))?.live?.step?.remedy).toBe('reset-onedrive');
    expect(bannerOf(uiState('run-undoing'))?.live?.step).toBeUndefined();
  });

  test('that a guide waits for the person, and which', () => {
    expect(bannerOf(uiState('your-turn'))).toMatchObject({
      title: 'It is your turn',
      tone: 'warn',
      live: { step: { remedy: 'check-proxy', status: 'your-turn' } },
    });
  });

  test('nothing of the history, which is nobody’s business in a page', () => {
    const { history } = uiState('history');
    expect(bannerOf({ ...uiState('fixed'), history })).toEqual(bannerOf(uiState('fixed')));
  });

  test('that the PC is simulated', () => {
    expect(bannerOf(uiState('plan-simulated'))?.simulated).toBe(true);
    expect(bannerOf(uiState('plan'))?.simulated).toBe(false);
  });
});

test('what was dismissed stays away while it is the same failure, and a result comes back', () => {
  const key = (state: UiState) => bannerOf(state)?.key;
  const first = key(uiState('failure'));
  for (const name of ['failure-planning', 'plan', 'host-missing']) expect(key(uiState(name))).toBe(first);
  for (const name of ['run-purging', 'fixed', 'failure-policy']) expect(key(uiState(name))).not.toBe(first);
});
