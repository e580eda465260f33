import '../fake-api.ts';
import { describe, expect, test } from 'vitest';
import messages from '../../../common/_locales/en/messages.json' with { type: 'json' };
import { guideIds, guides } from '../../../common/remedies.ts';
import { reportText } from '../../../extension/popup/report/reported.ts';
import { announcement } from '../../../extension/views/announcement.ts';
import { duration } from '../../../extension/views/clock.ts';
import { setMeanings } from '../../../extension/views/meanings.ts';
import { type Local, stageKey, stageOf } from '../../../extension/views/stage.ts';
import { guideWords, stepWords } from '../../../extension/views/words.ts';
import { failures } from '../../fixtures/ui-plan.ts';
import { run } from '../../fixtures/ui-run.ts';
import { uiState } from '../../fixtures/ui-states.ts';

// As the link does with each state that comes.
setMeanings(uiState('failure').meanings);

const at = (name: string, local: Local = {}) => stageOf(uiState(name), local).at;

describe('what a state is about', () => {
  test.each([
    ['nothing', 'nothing'],
    ['nothing-problem', 'problem'],
    ['failure', 'failure'],
    ['failure-starting', 'failure'],
    ['plan', 'plan'],
    ['run-purging', 'run'],
    ['run-undoing', 'run'],
    ['interrupted', 'ended'],
    ['interrupted-guide', 'ended'],
    ['your-turn', 'guide'],
    ['history', 'history'],
    ['history-empty', 'history'],
    ['host-missing', 'host'],
    ['check-looking', 'check'],
    ['check-fine', 'check'],
    ['check-partial', 'check'],
    ['check-with-failure', 'check'],
  ])('%s is %s', (name, stage) => {
    expect(at(name)).toBe(stage);
  });

  test('a plan that was left gives way to the failure, another plan does not', () => {
    expect(at('plan', { closedPlan: 'plan-3' })).toBe('failure');
    expect(at('plan-many', { closedPlan: 'plan-3' })).toBe('plan');
  });

  test('who must ask IT is not told to install the helper', () => {
    expect(at('failure-policy-without-helper')).toBe('failure');
  });

  test('who asks for the history is, as it comes from the helper', () => {
    expect(at('failure-policy-without-helper', { askedHistory: true })).toBe('host');
    expect(at('failure-policy', { askedHistory: true })).toBe('failure');
  });

  test('a repair that goes on comes before the history', () => {
    const { history } = uiState('history');
    expect(stageOf({ ...uiState('run-purging'), history }).at).toBe('run');
    expect(stageOf({ ...uiState('your-turn'), history }).at).toBe('guide');
    expect(stageOf({ ...uiState('fixed'), history }).at).toBe('history');
  });

  test('a look at the connection comes before the history, a plan and an ended repair, not before one that goes on', () => {
    const { check } = uiState('check-partial');
    for (const name of ['history', 'plan', 'fixed', 'host-missing', 'nothing-problem']) {
      expect(stageOf({ ...uiState(name), check }).at, name).toBe('check');
    }
    expect(stageOf({ ...uiState('run-purging'), check }).at).toBe('run');
    expect(stageOf({ ...uiState('your-turn'), check }).at).toBe('guide');
  });

  test.each(['failure-policy', 'failure-service', 'failure-user', 'failure-unknown', 'failure-none'])(
    '%s offers no repair',
    (name) => {
      expect(stageOf(uiState(name))).toMatchObject({ at: 'failure', repairable: false });
    },
  );

  test('a category beyond this PC is never repaired, whatever the code says', () => {
    const state = { ...uiState('failure'), failure: { ...failures.local, category: 'policy' as const } };
    expect(stageOf(state)).toMatchObject({ repairable: false });
  });

  test('progress does not make it another stage, an end does', () => {
    const key = (name: string) => stageKey(stageOf(uiState(name)));
    expect(key('run-purging')).toBe(key('run-resetting'));
    expect(key('run-purging')).not.toBe(key('fixed'));
    expect(key('fixed')).not.toBe(key('undone'));
    expect(key('your-turn')).not.toBe(key('run-purging'));
    expect(key('your-turn')).not.toBe(key('your-turn-it'));
    expect(key('your-turn')).toBe(key('your-turn-busy'));
    expect(key('check-looking')).toBe(key('check-proxy'));
  });
});

test('what is announced names step and problem, and is the same while only the numbers change', () => {
  const state = uiState('run-purging');
  const say = (done: number) => {
    const [first, ...rest] = state.run?.steps ?? [];
    const next =
      first && state.run ? { ...state, run: { ...state.run, steps: [{ ...first, done }, ...rest] } } : state;
    return announcement(stageOf(next), next);
  };
  expect(say(5)).toBe('Repairing sign-in. Remove stored sign-in entries: In progress.');
  expect(say(6)).toBe(say(5));
  const guide = uiState('your-turn');
  expect(announcement(stageOf(guide), guide)).toBe(
    'It is your turn. Check the proxy. Follow the steps, then let sign-in be tested.',
  );
  const problem = uiState('failure-problem');
  expect(announcement(stageOf(problem), problem)).toMatch(/^The helper could not look at this PC\./);
});

test.each(guideIds)('%s has as many sentences as it says, and each has words', (guide) => {
  const sentences = guideWords(guide);
  expect(sentences).toHaveLength(guides[guide].steps);
  expect(sentences.every((sentence) => sentence.length > 10)).toBe(true);
  expect(Object.keys(messages)).not.toContain(`guide_${guide.replaceAll('-', '_')}_${sentences.length + 1}`);
});

test.each([
  ['your-turn', ['Sign-in still fails', 'Your turn', 'Waiting']],
  ['run-after-guide', ['Skipped', 'In progress']],
  ['interrupted-guide', ['Sign-in still fails', 'Cut off']],
  ['fixed-by-hand', ['Sign-in still fails', 'Sign-in works']],
])('the steps in %s stand at %j', (name, words) => {
  const { run } = uiState(name);
  expect(run?.steps.map((step) => stepWords(step, run))).toEqual(words);
});

test('the report holds what identifies the failure, and how the repair went', () => {
  const text = reportText(failures.local, run('not-fixed'));
  for (const part of [
    'Code: AADSTS50173',
    'Correlation ID: 5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35',
    'Request ID: 9d0b6c1e-7f24-4c8b-8a55-0e3c7d915b00',
    'Time: 2026-11-22T09:41:07.000Z',
    'Seen at: login.microsoftonline.com',
    'Result: Sign-in still fails',
    '- Reset OneDrive: Sign-in works',
  ]) {
    expect(text.split('\n')).toContain(part);
  }
  expect(reportText({ ...failures.local, requestId: undefined })).not.toContain('Request ID');
});

test.each([
  [0, '0:00'],
  [-5, '0:00'],
  [84_999, '1:24'],
  [3_725_000, '1:02:05'],
])('%i ms is %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
