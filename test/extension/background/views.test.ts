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

it('a banner, which stands in somebody else’s page, is not told what it does not show', async () => {
  const state = await toldTo('banner', 'https://login.microsoftonline.com/');
  expect([state?.history, state?.explained, state?.check]).toEqual([null, null, null]);
  expect(JSON.stringify(state)).not.toContain('private');
});

it.each(['popup', 'page'])('a page that opens the port "%s" in our name is not answered', async (name) => {
  expect(await toldTo(name, 'https://login.microsoftonline.com/')).toBeUndefined();
});
