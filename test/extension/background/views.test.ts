import { beforeEach, expect, it, vi } from 'vitest';
import { checks } from '../../fixtures/ui-check.ts';
import { fullHistory } from '../../fixtures/ui-history.ts';
import { polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

beforeEach(() => {
  vi.resetModules();
  reset(null);
});

/** What a view of that name is told first, where all there is to tell is there; undefined where it is not answered. */
async function toldTo(name: string, url: string) {
  const { accept } = await import('../../../extension/background/views.ts');
  const { shared, standing } = await import('../../../extension/background/following.ts');
  const { remember } = await import('../../../extension/background/memory.ts');
  standing.history = fullHistory;
  await remember((memory) => {
    memory.check = checks.proxy;
  });
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
  const nobody = () => undefined;
  await accept(port as never, nobody, shared, nobody);
  return told[0];
}

const signIn = 'https://login.microsoftonline.com/';

it('our own window is told all', async () => {
  const state = await toldTo('popup', 'extension://test/popup/index.html?tab=1');
  expect([state?.history, state?.check]).toEqual([fullHistory, checks.proxy]);
});

it('a banner, which stands in somebody else’s page, is not told what it does not show', async () => {
  const state = await toldTo('banner', signIn);
  expect([state?.history, state?.check, state?.plan]).toEqual([null, null, null]);
});

it('a page that opens our window’s port in our name is not answered', async () => {
  expect(await toldTo('popup', signIn)).toBeUndefined();
});
