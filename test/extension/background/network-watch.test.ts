import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Finding } from '../../../common/findings.ts';
import type { CheckState } from '../../../extension/ui-state.ts';
import { found } from '../../fixtures/found.ts';
import { run } from '../../fixtures/ui-run.ts';
import { fake, polyfill, reset } from './fake-background.ts';

const { quiet } = vi.hoisted(() => ({
  quiet: { looks: 0, found: undefined as CheckState | undefined, kept: [] as CheckState[] },
}));
vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));
vi.mock('../../../extension/background/check.ts', () => ({
  checkQuietly: async () => {
    quiet.looks += 1;
    return quiet.found;
  },
  keep: async (state: CheckState) => void quiet.kept.push(state),
}));

const MINUTE = 60_000;
const proxy = found('fault', 'proxy', 'unreachable', { subject: 'proxy.contoso.com:8080' });
const state = (findings: Finding[], cause: string | null): CheckState => ({
  scope: 'quick',
  state: 'done',
  waiting: [],
  findings,
  diagnosis: {
    cause,
    because: [],
    who: cause ? 'network' : findings.length > 0 ? 'unknown' : null,
    codes: [],
  },
  startedAt: '2026-11-22T12:00:00.000Z',
  took: 400,
});
let network: EventTarget;
let onLine = true;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
  reset(null);
  Object.assign(quiet, { looks: 0, found: state([proxy], proxy.id), kept: [] });
  onLine = true;
  network = new EventTarget();
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  vi.stubGlobal('navigator', {
    get onLine() {
      return onLine;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function watching() {
  const { listenToNetwork, setWatching } = await import('../../../extension/background/network-watch.ts');
  const { followPolicy } = await import('../../../extension/background/policy.ts');
  const { followWatchSetting, watching } = await import('../../../extension/background/watch-setting.ts');
  await followPolicy(() => undefined);
  await followWatchSetting(() => undefined);
  listenToNetwork();
  return { setWatching, setting: watching };
}

const online = () => network.dispatchEvent(new Event('online'));
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const warning = () => fake.notifications.get('connection-warning');

it('after a change of network the connection is looked at, and the most probable cause told with who can fix it', async () => {
  await watching();
  online();
  await pass(MINUTE);
  expect(quiet.looks).toBe(1);
  expect(warning()?.message).toBe('The proxy proxy.contoso.com:8080 does not answer.');
  expect(warning()?.contextMessage).toContain('between this PC and Microsoft');
  expect(quiet.kept).toEqual([quiet.found]);
});

it('a fault whose cause is not known is told as it is', async () => {
  quiet.found = state([proxy], null);
  await watching();
  online();
  await pass(MINUTE);
  expect(warning()?.message).toContain('proxy.contoso.com');
  expect(warning()?.contextMessage).toContain('not known');
});

it.each<[string, () => void]>([
  ['a request that the change cut off', () => fake.networkError.fire({ error: 'net::ERR_NETWORK_CHANGED' })],
  ['the same in Firefox', () => fake.networkError.fire({ error: 'NS_ERROR_NET_INTERRUPT' })],
])('%s is such a change', async (_, happen) => {
  await watching();
  happen();
  await pass(MINUTE);
  expect(quiet.looks).toBe(1);
});

it('so is the unlocking of the PC, and neither a pause at the keyboard nor another error', async () => {
  await watching();
  for (const state of ['idle', 'active']) fake.idle.fire(state);
  fake.networkError.fire({ error: 'net::ERR_ABORTED' });
  await pass(MINUTE);
  expect(quiet.looks).toBe(0);
  fake.idle.fire('locked');
  await pass(MINUTE);
  fake.idle.fire('active');
  await pass(MINUTE);
  expect(quiet.looks).toBe(1);
});

it('a crowd of changes is one look, when they have come to rest', async () => {
  await watching();
  for (let change = 0; change < 20; change += 1) {
    online();
    await pass(1_000);
  }
  expect(quiet.looks).toBe(0);
  await pass(MINUTE);
  expect(quiet.looks).toBe(1);
  online();
  await pass(MINUTE / 2);
  expect(quiet.looks).toBe(1);
});

it('where nothing stands in the way nothing is said, and an older warning goes', async () => {
  await watching();
  online();
  await pass(MINUTE);
  quiet.found = state([], null);
  await pass(10 * MINUTE);
  online();
  await pass(MINUTE);
  expect(quiet.looks).toBe(2);
  expect(warning()).toBeUndefined();
});

it('the same trouble is told again only after an hour, another at once', async () => {
  await watching();
  const changeAfter = async (minutes: number) => {
    fake.notifications.clear();
    await pass(minutes * MINUTE);
    online();
    await pass(MINUTE);
    return warning() !== undefined;
  };
  expect(await changeAfter(0)).toBe(true);
  expect(await changeAfter(10)).toBe(false);
  expect(await changeAfter(60)).toBe(true);
  quiet.found = state([{ ...proxy, id: 'clock' }], 'clock');
  expect(await changeAfter(10)).toBe(true);
});

it('nobody is looked after while offline, while a repair goes on, or when a look is shown anyway', async () => {
  const { setting } = await watching();
  expect(setting()).toBe('on');
  onLine = false;
  online();
  await pass(MINUTE);
  expect(quiet.looks).toBe(0);
  onLine = true;
  const { remember } = await import('../../../extension/background/memory.ts');
  const repair = (goesOn: boolean) =>
    remember((memory) => {
      memory.run = goesOn ? run('running') : null;
    });
  await repair(true);
  online();
  await pass(MINUTE);
  expect(quiet.looks).toBe(0);
  await repair(false);
  quiet.found = undefined;
  online();
  await pass(MINUTE);
  expect([quiet.looks, warning(), quiet.kept]).toEqual([1, undefined, []]);
});

it('whoever has our window open is told, and not taken away from what is there', async () => {
  await watching();
  const { accept } = await import('../../../extension/background/views.ts');
  const { shared } = await import('../../../extension/background/following.ts');
  const nothing = { addListener: () => undefined };
  const sender = { id: 'test', url: 'extension://test/popup/index.html?tab=1' };
  const port = {
    name: 'popup',
    sender,
    onMessage: nothing,
    onDisconnect: nothing,
    postMessage: () => undefined,
  };
  await accept(
    port as never,
    () => undefined,
    shared,
    () => undefined,
  );
  online();
  await pass(MINUTE);
  expect([warning() !== undefined, quiet.kept]).toEqual([true, []]);
});

it('the person can switch it off and on, and that is kept', async () => {
  const { setWatching, setting } = await watching();
  await setWatching(false);
  online();
  await pass(MINUTE);
  expect([setting(), quiet.looks, fake.local.get('watch')]).toEqual(['off', 0, false]);
  network = new EventTarget();
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  vi.resetModules();
  const again = await watching();
  expect(again.setting()).toBe('off');
  await again.setWatching(true);
  online();
  await pass(MINUTE);
  expect([again.setting(), quiet.looks]).toEqual(['on', 1]);
});

it('policy can forbid it, whatever the person wants', async () => {
  fake.managed.set('watch', false);
  const { setWatching, setting } = await watching();
  await setWatching(true);
  online();
  await pass(MINUTE);
  expect([setting(), quiet.looks]).toEqual(['forbidden', 0]);
});
