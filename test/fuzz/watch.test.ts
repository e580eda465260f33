/**
 * A day of the clock in the extension's watch over the network: changes in crowds, a PC that is locked and unlocked,
 * nights and silence, and a fault that comes and goes. Whatever comes, nothing of it is kept, and no timer is left.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Finding, finding } from '../../common/findings.ts';
import type { CheckState } from '../../extension/ui-state.ts';
import { fake, polyfill, reset } from '../extension/background/fake-background.ts';

const { look } = vi.hoisted(() => ({ look: { count: 0, faults: [] as unknown[] } }));
vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));
vi.mock('../../extension/background/check.ts', async () => {
  const { remember } = await import('../../extension/background/memory.ts');
  return {
    checkQuietly: async () => {
      look.count += 1;
      return state(look.faults as Finding[]);
    },
    keep: (check: CheckState) => remember((memory) => void Object.assign(memory, { check })),
  };
});

const SECOND = 1_000;
const HOURS = 24;

const fault = (nth: number) =>
  finding({
    check: 'proxy',
    level: 'fault',
    subject: `proxy${nth % 10}.contoso.com:8080`,
    meaning: 'unreachable',
    took: 5,
  });
const state = (findings: Finding[]): CheckState => ({
  scope: 'quick',
  state: 'done',
  waiting: [],
  findings,
  diagnosis: { cause: null, because: [], who: null, codes: [] },
  startedAt: new Date().toISOString(),
  took: 400,
});

let network: EventTarget;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22) });
  reset(null);
  Object.assign(look, { count: 0, faults: [] });
  network = new EventTarget();
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function watch(): Promise<void> {
  const { listenToNetwork } = await import('../../extension/background/network-watch.ts');
  const { followPolicy } = await import('../../extension/background/policy.ts');
  const { followWatchSetting } = await import('../../extension/background/watch-setting.ts');
  await followPolicy(() => undefined);
  await followWatchSetting(() => undefined);
  listenToNetwork();
}

/** An hour: a crowd of changes each ten minutes, with faults in every other, then the PC is locked for a while. */
async function hour(nth: number): Promise<void> {
  for (let tenth = 0; tenth < 6; tenth += 1) {
    look.faults = tenth % 2 === 0 ? [fault(nth + tenth), { ...fault(nth + tenth + 1), id: 'second' }] : [];
    for (let change = 0; change < 20; change += 1) {
      network.dispatchEvent(new Event('online'));
      fake.networkError.fire({ error: 'net::ERR_NETWORK_CHANGED' });
      await vi.advanceTimersByTimeAsync(SECOND / 10);
      // However many come, one look waits.
      expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
    }
    await vi.advanceTimersByTimeAsync(9 * 60 * SECOND);
    fake.idle.fire('locked');
    await vi.advanceTimersByTimeAsync(58 * SECOND);
    fake.idle.fire('active');
  }
}

/** Of all that is stored. */
const stored = () =>
  JSON.stringify([fake.session, fake.local, fake.notifications].map((area) => [...area])).length;

it('a day of changes keeps no more than an hour of them, and leaves no timer', async () => {
  await watch();
  const sizes: number[] = [];
  for (let nth = 0; nth < HOURS; nth += 1) {
    await hour(nth);
    sizes.push(stored());
  }
  // Six crowds an hour, and as many unlockings.
  expect(look.count).toBeGreaterThanOrEqual(HOURS * 6);
  expect(look.count).toBeLessThanOrEqual(HOURS * 12 + 1);
  expect(new Set(sizes).size).toBe(1);
  expect(fake.notifications.size).toBeLessThanOrEqual(1);
  await vi.advanceTimersByTimeAsync(60 * SECOND);
  expect(vi.getTimerCount()).toBe(0);
});

it('a silent day asks for nothing and keeps no timer', async () => {
  await watch();
  expect(vi.getTimerCount()).toBe(0);
  const before = stored();
  await vi.advanceTimersByTimeAsync(HOURS * 3_600 * SECOND);
  expect([look.count, vi.getTimerCount(), stored()]).toEqual([0, 0, before]);
});
