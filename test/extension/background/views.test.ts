import { beforeEach, expect, it, vi } from 'vitest';
import { fullHistory } from '../../fixtures/ui-history.ts';
import { polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

beforeEach(() => {
  vi.resetModules();
  reset(null);
});

/** What a view of that name is told first, where all there is to tell is there. */
async function toldTo(name: string, url = 'extension://test/popup/index.html?tab=1') {
  const [{ accept }, { shared, standing }, { explain }] = await Promise.all([
    import('../../../extension/background/views.ts'),
    import('../../../extension/background/following.ts'),
    import('../../../extension/background/explain.ts'),
  ]);
  standing.history = fullHistory;
  await explain('AADSTS50173 with something private beside it');
  const told: Record<string, unknown>[] = [];
  const nothing = { addListener: () => undefined };
  const port = {
    name,
    sender: { id: 'test', url, tab: { id: 1 } },
    disconnect: () => undefined,
    onMessage: nothing,
    onDisconnect: nothing,
    postMessage: (state: Record<string, unknown>) => told.push(state),
  };
  await accept(
    port as never,
    () => undefined,
    shared,
    () => undefined,
  );
  return told[0];
}

it('our own window is told all', async () => {
  const state = await toldTo('popup');
  expect(state?.history).toEqual(fullHistory);
  expect(state?.explained).toMatchObject({ codes: ['AADSTS50173'] });
});

it.each([
  ['?tab=4', 'AADSTS53003'],
  ['?tab=5', undefined],
  ['?tab=-1', 'AADSTS50173'],
])('opened at %s it is about %s', async (query, code) => {
  const { remember } = await import('../../../extension/background/memory.ts');
  const { initial } = await import('../../../extension/background/tab-state.ts');
  const failed = (code: string, time: string) => ({
    ...initial,
    failure: { code, category: 'policy' as const, time },
  });
  await remember((memory) => {
    memory.tabs = {
      12: failed('AADSTS50173', '2026-11-22T12:00:02.000Z'),
      4: failed('AADSTS53003', '2026-11-22T12:00:01.000Z'),
      5: initial,
    };
  });
  const state = await toldTo('popup', `extension://test/popup/index.html${query}`);
  expect(state?.failure).toEqual(code === undefined ? null : expect.objectContaining({ code }));
});

it('a banner, which stands in somebody else’s page, is not told what it does not show', async () => {
  const state = await toldTo('banner', 'https://login.microsoftonline.com/');
  expect([state?.history, state?.explained, state?.check]).toEqual([null, null, null]);
  expect(JSON.stringify(state)).not.toContain('private');
});

it.each(['popup', 'page'])('a page that opens the port "%s" in our name is not answered', async (name) => {
  expect(await toldTo(name, 'https://login.microsoftonline.com/')).toBeUndefined();
});
