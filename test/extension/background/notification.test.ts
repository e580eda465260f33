import { beforeEach, expect, it, vi } from 'vitest';
import { fake, polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());

const { clearStale, listenToNotifications, notify } = await import(
  '../../../extension/background/notification.ts'
);
const { remember } = await import('../../../extension/background/memory.ts');
const { initial } = await import('../../../extension/background/tab-state.ts');

const failure = {
  code: 'net::ERR_CONNECTION_RESET',
  category: 'network',
  seenAt: 'login.microsoftonline.com',
  time: '2026-11-22T12:00:00.000Z',
} as const;
const standing = (source: 'navigation' | 'page', tab: number) =>
  remember((memory) => {
    memory.tabs = { [tab]: { ...initial, failure, source } };
  });

let tab = 100;
beforeEach(async () => {
  reset(null);
  tab += 1;
  listenToNotifications();
  await standing('navigation', tab);
  await notify(tab, failure);
});
const shown = () => [...fake.notifications.keys()];

it('a page that cannot speak is spoken for, until it can, or is well, or is gone', async () => {
  await clearStale(tab);
  expect(shown()).toEqual([`incident-${tab}`]);
  await standing('page', tab);
  await clearStale(tab);
  expect(shown()).toEqual([]);
});

it('it goes with its tab', async () => {
  await remember((memory) => {
    memory.tabs = {};
  });
  await clearStale(tab);
  expect(shown()).toEqual([]);
});

it('a press brings the tab to the front and opens our window for it', async () => {
  fake.tabs = [{ id: tab, windowId: 3 }];
  fake.pressed.fire(`incident-${tab}`);
  await vi.waitFor(() => expect(fake.opened).toEqual([`tab ${tab}`, 'window 3', 'popup']));
  expect(shown()).toEqual([]);
});

it('in a browser that opens no popup then, it is a window for that tab', async () => {
  fake.tabs = [{ id: tab, windowId: 3 }];
  fake.popup = false;
  fake.pressed.fire(`incident-${tab}`);
  const window = `extension://test/extension/popup/index.html?tab=${tab}`;
  await vi.waitFor(() => expect(fake.opened.at(-1)).toBe(window));
});

it('a tab that is gone is nobody’s, and a warning of the connection is not ours to answer', async () => {
  fake.pressed.fire('connection-warning');
  fake.pressed.fire(`incident-${tab}`);
  await vi.waitFor(() => expect(fake.opened).toEqual(['popup']));
});
