import { beforeEach, expect, it, vi } from 'vitest';
import type { Failure } from '../../../common/plan.ts';
import { ProblemError } from '../../../common/problem.ts';
import { handOver, keepForHistory } from '../../../extension/background/seen-failures.ts';

const PRIVATE = 7;
const { stored } = vi.hoisted(() => ({ stored: new Map<string, unknown>() }));
vi.mock('webextension-polyfill', () => ({
  default: {
    tabs: { get: async (id: number) => ({ incognito: id === PRIVATE }) },
    storage: {
      local: {
        get: async (key: string) => structuredClone(Object.fromEntries([[key, stored.get(key)]])),
        set: async (values: object) => {
          for (const [key, value] of Object.entries(values)) stored.set(key, structuredClone(value));
        },
      },
    },
  },
}));

const failure = (minute: number): Failure => ({
  code: 'AADSTS50173',
  category: 'local',
  seenAt: 'login.microsoftonline.com',
  time: new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString(),
});

/** A host that has said hello; gives what it was handed. */
async function hello(answer: () => Promise<unknown> = async () => ({})): Promise<Failure[]> {
  const handed: Failure[] = [];
  await handOver((failures) => {
    handed.push(...failures);
    return answer();
  });
  return handed;
}

beforeEach(() => stored.clear());

it('failures wait for the next hello, in their order, and are handed over once', async () => {
  await Promise.all([keepForHistory(1, failure(1)), keepForHistory(2, failure(2))]);
  expect(await hello()).toEqual([failure(1), failure(2)]);
  expect(await hello()).toEqual([]);
});

it('nothing is handed over twice by two that come at once', async () => {
  await keepForHistory(1, failure(1));
  const both = await Promise.all([hello(), hello()]);
  expect(both).toEqual([[failure(1)], []]);
});

it('they wait on where the host does not take them', async () => {
  await keepForHistory(1, failure(1));
  await hello(() => Promise.reject(new ProblemError('disk-full')));
  expect(await hello()).toEqual([failure(1)]);
});

it('one that is seen meanwhile waits for the hello after', async () => {
  await keepForHistory(1, failure(1));
  await hello(async () => {
    await keepForHistory(1, failure(2));
    return {};
  });
  expect(await hello()).toEqual([failure(2)]);
});

it('no more wait than one message may carry, and the oldest go first', async () => {
  for (let minute = 0; minute < 103; minute++) await keepForHistory(1, failure(minute));
  const handed = await hello();
  expect(handed).toHaveLength(100);
  expect(handed[0]).toEqual(failure(3));
});

it('a private window leaves nothing behind', async () => {
  await keepForHistory(PRIVATE, failure(1));
  expect(await hello()).toEqual([]);
});

it('what is not a failure is left out, whatever wrote it', async () => {
  stored.set('incidents', ['?', { ...failure(1), password: 'x' }, failure(2)]);
  expect(await hello()).toEqual([failure(2)]);
  stored.set('incidents', 'nonsense');
  expect(await hello()).toEqual([]);
});
