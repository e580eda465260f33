import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../common/plan.ts';
import {
  advance,
  badgeOf,
  initial,
  LOOP,
  phaseOf,
  type TabEvent,
  type TabState,
} from '../../../extension/background/tab-state.ts';

const failure = (code = 'AADSTS50173'): Failure => ({
  code,
  category: 'local',
  seenAt: 'login.microsoftonline.com',
  time: '2026-11-22T12:00:00.000Z',
});
const request = (to: 'sign-in' | 'home', time = 0, chain = `${time}`): TabEvent => ({
  type: 'request',
  to,
  time,
  host: `${to}.example`,
  chain,
});
const stateAfter = (...events: TabEvent[]) => events.reduce(advance, initial);
const page = (of: Failure | null = null): TabEvent => ({ type: 'page', failure: of });
const script = (came: boolean): TabEvent => ({ type: 'script', came, failure: failure('AADSTS900001') });

describe('an incident', () => {
  it('begins with a page that failed, and ends with the next healthy one', () => {
    const failed = stateAfter(request('sign-in'), page(failure()));
    expect(failed).toMatchObject({ phase: 'failed', source: 'page', failure: { code: 'AADSTS50173' } });
    expect(advance(advance(failed, request('sign-in')), page())).toMatchObject({
      phase: 'watching',
      failure: null,
    });
  });

  it('stays while the next page is still under way', () => {
    expect(stateAfter(page(failure()), request('home')).failure).not.toBeNull();
  });

  it('ends at home', () => {
    const home = stateAfter(page(failure()), request('home'), { type: 'home' });
    expect(home).toMatchObject({ phase: 'signed-in', failure: null });
  });

  it('follows the run that repairs it, and nothing follows without one', () => {
    const run: TabEvent = { type: 'run', phase: 'rescuing' };
    expect(stateAfter(page(failure()), run).phase).toBe('rescuing');
    expect(stateAfter(page(failure()), run, { type: 'run', phase: 'given-up' }).phase).toBe('given-up');
    expect(stateAfter(run)).toBe(initial);
  });
});

describe('the toolbar button', () => {
  it.each([
    ['running', 'rescuing', '…'],
    ['undoing', 'rescuing', '…'],
    ['your-turn', 'needs-user', '!'],
    ['needs-user', 'needs-user', '!'],
    ['interrupted', 'given-up', '!'],
    ['not-fixed', 'given-up', '!'],
    ['fixed', 'signed-in', ''],
  ] as const)('shows a tab whose run is %s, and so is %s, by "%s"', (status, phase, badge) => {
    const state = stateAfter(page(failure()), { type: 'run', phase: phaseOf(status) });
    expect([state.phase, badgeOf(state)]).toEqual([phase, badge]);
  });

  it('is silent where nothing failed', () => {
    expect(badgeOf(stateAfter(request('sign-in'), page()))).toBe('');
  });
});

describe('an error of the browser or the server', () => {
  const navigation: TabEvent = { type: 'navigation', failure: failure('http-503') };

  it('is an incident without a banner, which a page that looks well does not undo', () => {
    const failed = stateAfter(request('sign-in'), navigation);
    expect(failed).toMatchObject({ source: 'navigation', failure: { code: 'http-503' } });
    expect(advance(failed, page()).failure?.code).toBe('http-503');
  });

  it('says less than the page that came with it, whichever is heard first', () => {
    expect(stateAfter(request('sign-in'), navigation, page(failure())).failure?.code).toBe('AADSTS50173');
    expect(stateAfter(request('sign-in'), page(failure()), navigation).failure?.code).toBe('AADSTS50173');
  });

  it("outlives the browser's own error page, and nothing after that", () => {
    const shown = stateAfter(request('sign-in'), navigation, { type: 'elsewhere' });
    expect(shown.failure?.code).toBe('http-503');
    expect(advance(shown, { type: 'elsewhere' })).toBe(initial);
    expect(stateAfter(request('sign-in'), navigation, { type: 'arrived' }, { type: 'elsewhere' })).toBe(
      initial,
    );
  });

  it('replaces what a page said that was left', () => {
    expect(stateAfter(page(failure()), request('sign-in'), navigation).failure?.code).toBe('http-503');
  });
});

it('an error in the answer to the app stays when home itself looks well', () => {
  const answer: TabEvent = { type: 'answer', failure: failure('AADSTS50105') };
  const answered = stateAfter(request('home'), answer, { type: 'home' });
  expect(answered.failure?.code).toBe('AADSTS50105');
  expect(advance(advance(answered, request('home')), { type: 'home' }).failure).toBeNull();
});

describe('a loop', () => {
  const round = (index: number, step = 2_000): TabEvent[] => [
    request('home', index * step),
    request('sign-in', index * step + 500),
  ];
  const rounds = (count: number, step?: number) =>
    Array.from({ length: count }, (_, index) => round(index, step)).flat();

  it(`is one from the ${LOOP.visits}th time round on`, () => {
    expect(stateAfter(...rounds(LOOP.visits - 1)).failure).toBeNull();
    expect(stateAfter(...rounds(LOOP.visits))).toMatchObject({
      source: 'loop',
      failure: { code: 'signin-loop' },
    });
  });

  it('is none in one chain of redirects: the browser ends that itself', () => {
    const chain = rounds(20).map((event) => ({ ...event, chain: 'one' }) as TabEvent);
    expect(stateAfter(...chain).failure).toBeNull();
  });

  it('is none where the person types, or takes time', () => {
    const typed = [...rounds(LOOP.visits - 1), { type: 'typing' } as const, ...round(LOOP.visits)];
    expect(stateAfter(...typed).failure).toBeNull();
    expect(stateAfter(...rounds(20, LOOP.withinMs / 2)).failure).toBeNull();
  });

  it('is over when the tab stays at home for a while', () => {
    const time = LOOP.visits * 2_000;
    const looping = stateAfter(...rounds(LOOP.visits), { type: 'home' });
    expect(looping.failure?.code).toBe('signin-loop');
    expect(advance(looping, { type: 'quiet', time }).failure?.code).toBe('signin-loop');
    expect(advance(looping, { type: 'quiet', time: time + LOOP.quietMs }).failure).toBeNull();
  });

  it('remembers no more than it needs, however long it goes', () => {
    expect(stateAfter(...rounds(500, 100)).visits.length).toBeLessThanOrEqual(LOOP.withinMs / 100);
  });
});

describe('scripts of the sign-in page that do not come', () => {
  it('are told when none comes', () => {
    expect(stateAfter(request('sign-in'), script(false)).failure).toBeNull();
    expect(stateAfter(request('sign-in'), script(false), script(false))).toMatchObject({
      source: 'cdn',
      failure: { code: 'AADSTS900001' },
    });
  });

  it('are no trouble when the second place has them, nor on the next page', () => {
    expect(stateAfter(request('sign-in'), script(false), script(true), script(false)).failure).toBeNull();
    expect(
      stateAfter(request('sign-in'), script(false), request('sign-in'), script(false)).failure,
    ).toBeNull();
  });

  it('say less than the page', () => {
    const state: TabState = stateAfter(page(failure()), script(false), script(false));
    expect(state.failure?.code).toBe('AADSTS50173');
  });
});
