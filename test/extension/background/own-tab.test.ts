import { beforeEach, expect, it, vi } from 'vitest';

const { browser, tabs, session } = vi.hoisted(() => {
  const tabs = new Set<number>();
  const session = new Map<string, unknown>();
  const storage = {
    get: async (key: string) => Object.fromEntries([[key, structuredClone(session.get(key))]]),
    set: async (values: object) => {
      for (const [key, value] of Object.entries(values)) session.set(key, structuredClone(value));
    },
  };
  let last = 0;
  const browser = {
    storage: { session: storage },
    tabs: {
      create: async () => {
        last += 1;
        tabs.add(last);
        return { id: last };
      },
      remove: async (id: number) => {
        if (!tabs.delete(id)) throw new Error(`No tab with id: ${id}.`);
      },
    },
  };
  return { browser, tabs, session };
});
vi.mock('webextension-polyfill', () => ({ default: browser }));

/** The module as a background that has just woken has it: it knows what is stored, no more. */
async function awake() {
  vi.resetModules();
  return import('../../../extension/background/own-tab.ts');
}

beforeEach(() => {
  tabs.clear();
  session.clear();
});

it('a tab is ours from before it goes anywhere until it is closed', async () => {
  const { openOwnTab, isOwnTab, closeOwnTab } = await awake();
  const id = (await openOwnTab()) ?? 0;
  expect([await isOwnTab(id), await isOwnTab(id + 1)]).toEqual([true, false]);
  await closeOwnTab();
  expect([await isOwnTab(id), tabs.size]).toEqual([false, 0]);
});

it('a second takes the place of the first', async () => {
  const { openOwnTab } = await awake();
  await openOwnTab();
  const second = await openOwnTab();
  expect([...tabs]).toEqual([second]);
});

it('a background that slept meanwhile closes what it opened before', async () => {
  await (await awake()).openOwnTab();
  await (await awake()).closeOwnTab();
  expect(tabs.size).toBe(0);
});

it('one that the person closed is no trouble', async () => {
  const { openOwnTab, closeOwnTab } = await awake();
  await openOwnTab();
  tabs.clear();
  await closeOwnTab();
  const next = await openOwnTab();
  expect([...tabs]).toEqual([next]);
});
