import { beforeEach, expect, it, vi } from 'vitest';
import { fake, polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

beforeEach(() => {
  vi.resetModules();
  reset(null);
});

/** The background's module as it starts, with what was stored before. */
async function started() {
  const module = await import('../../../extension/background/muted.ts');
  await module.followMuted();
  return module;
}

it('nothing is muted until it is wished for, and then that code alone', async () => {
  const { isMuted, mute, muted } = await started();
  expect(await isMuted('AADSTS53003')).toBe(false);
  await mute('AADSTS53003');
  expect([await isMuted('AADSTS53003'), await isMuted('AADSTS53000')]).toEqual([true, false]);
  expect(muted()).toEqual(['AADSTS53003']);
});

it('it is known again when the background starts anew, and can be taken back', async () => {
  await (await started()).mute('AADSTS53003');
  vi.resetModules();
  const again = await started();
  expect(await again.isMuted('AADSTS53003')).toBe(true);
  await again.unmute('AADSTS53003');
  expect([await again.isMuted('AADSTS53003'), fake.local.get('muted')]).toEqual([false, []]);
});

const failure = (code: string) => ({ code, category: 'network' as const, time: '2026-11-22T12:00:00.000Z' });

it('of a muted code nothing is said, and of another one it is', async () => {
  const { mute } = await started();
  const { happen } = await import('../../../extension/background/incidents.ts');
  await mute('net::ERR_TIMED_OUT');
  await happen(3, { type: 'navigation', failure: failure('net::ERR_TIMED_OUT') });
  await happen(4, { type: 'navigation', failure: failure('net::ERR_CONNECTION_RESET') });
  await vi.waitFor(() => expect([...fake.notifications.keys()]).toEqual(['incident-4']));
});

it('a banner mutes the code that its tab failed with, and the settings take it back', async () => {
  const { muted } = await started();
  const { happen } = await import('../../../extension/background/incidents.ts');
  const { act } = await import('../../../extension/background/repairs.ts');
  await happen(3, { type: 'navigation', failure: failure('AADSTS53003') });
  await act({ do: 'mute' }, 4);
  expect(muted()).toEqual([]);
  await act({ do: 'mute' }, 3);
  expect(muted()).toEqual(['AADSTS53003']);
  await act({ do: 'unmute', code: 'AADSTS53003' }, undefined);
  expect(muted()).toEqual([]);
});

it('a press that wakes the background loses nothing that was chosen before', async () => {
  fake.local.set('muted', ['AADSTS53003']);
  const { followMuted, mute, muted } = await import('../../../extension/background/muted.ts');
  void followMuted();
  await mute('AADSTS53000');
  expect([muted(), fake.local.get('muted')]).toEqual([
    ['AADSTS53003', 'AADSTS53000'],
    ['AADSTS53003', 'AADSTS53000'],
  ]);
});

it('of very many the oldest are told of again, and none twice', async () => {
  const { mute, muted } = await started();
  for (let number = 0; number <= 100; number++) await mute(`AADSTS${number}`);
  await mute('AADSTS50');
  expect(muted()).toHaveLength(100);
  expect([muted()[0], muted().at(-1)]).toEqual(['AADSTS1', 'AADSTS50']);
});

it('what is no list of codes counts as none', async () => {
  fake.local.set('muted', [{ code: 1 }]);
  expect((await started()).muted()).toEqual([]);
});
