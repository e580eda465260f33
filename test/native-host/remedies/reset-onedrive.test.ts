import { describe, expect, it } from 'vitest';
import { type SimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { ACCOUNT, RECONNECT, RESET, setUp } from './stale-onedrive.ts';

describe('a reset', () => {
  it('closes OneDrive, resets it, and leaves it running', async () => {
    const { act, runs, told, said, read } = await setUp();
    await act();
    expect(told()).toEqual(['/shutdown', '/reset']);
    expect(said.map(({ id }) => id)).toEqual(['closing-onedrive', 'resetting-onedrive', 'starting-onedrive']);
    expect({ runs: runs(), stale: read().oneDrive.stale }).toEqual({ runs: true, stale: false });
  });

  it('closes nothing where OneDrive does not run', async () => {
    const { act, runs, told, said } = await setUp({}, { processes: [] });
    await act();
    expect(told()).toEqual(['/reset']);
    expect(said.map(({ id }) => id)).toEqual(['resetting-onedrive', 'starting-onedrive']);
    expect(runs()).toBe(true);
  });

  it('starts OneDrive itself when it does not come back', async () => {
    const { act, runs, told } = await setUp({ reset: 'exits' });
    await act();
    expect(told()).toEqual(['/shutdown', '/reset', '/background']);
    expect(runs()).toBe(true);
  });

  it('done twice is a reset done twice, and no more', async () => {
    const { act, runs, read } = await setUp();
    await act();
    await act();
    expect({ runs: runs(), stale: read().oneDrive.stale }).toEqual({ runs: true, stale: false });
  });

  it('touches no file', async () => {
    const { act, read } = await setUp();
    await act();
    expect(read().files).toEqual(samplePc().files);
  });

  it.each<[string, Partial<SimulatedPc['oneDrive']>, string, string[], boolean, boolean]>([
    ['ignores its shutdown', { shutdown: 'ignores' }, 'timed-out', ['/shutdown'], true, true],
    ['hangs at its shutdown', { shutdown: 'hangs' }, 'timed-out', ['/shutdown'], true, true],
    [
      'hangs at its reset',
      { reset: 'hangs' },
      'timed-out',
      ['/shutdown', '/reset', '/background'],
      true,
      true,
    ],
    [
      'hangs at its reset and crashes at its start',
      { reset: 'hangs', start: 'crashes' },
      'timed-out',
      ['/shutdown', '/reset', '/background'],
      false,
      true,
    ],
    [
      'crashes at its start',
      { start: 'crashes' },
      'onedrive-not-back',
      ['/shutdown', '/reset', '/background'],
      false,
      false,
    ],
  ])(
    'that %s fails with its reason, and OneDrive is brought back where it can be',
    async (_, oneDrive, kind, told, runs, stale) => {
      const test = await setUp(oneDrive);
      expect((await problemOf(test.act())).kind).toBe(kind);
      expect(test.told()).toEqual(told);
      expect({ runs: test.runs(), stale: test.read().oneDrive.stale }).toEqual({ runs, stale });
    },
  );

  it.each(['access-denied', 'exe-failed'] as const)(
    'that fails with %s says so and brings OneDrive back',
    async (problem) => {
      const { act, runs } = await setUp(
        {},
        { faults: [{ operation: 'processes.run', match: '/reset', problem }] },
      );
      expect((await problemOf(act())).kind).toBe(problem);
      expect(runs()).toBe(true);
    },
  );

  it('of a OneDrive that is no longer installed there touches nothing', async () => {
    const { act, told } = await setUp({ installed: 'program-files' });
    expect(await problemOf(act())).toMatchObject({ kind: 'onedrive-missing' });
    expect(told()).toEqual([]);
  });

  it.each<[string, Json]>([
    ['a path', { do: 'reset', place: 'C:\\evil.exe', accounts: [] }],
    ['a program of its own', { do: 'reset', place: 'per-user', accounts: [], exe: 'C:\\evil.exe' }],
    ['a server that is not Microsoft’s', { ...RESET, server: 'login.evil.example' }],
    ['another deed', { do: 'run', place: 'per-user', accounts: [] }],
    ['a text', 'reset'],
  ])('whose intent has %s in it runs nothing', async (_, intent) => {
    const { act, told } = await setUp();
    await problemOf(act(intent));
    expect(told()).toEqual([]);
  });
});

describe('an account', () => {
  it('is left alone by the step itself', async () => {
    const { act, told } = await setUp();
    await act(RECONNECT);
    expect(told()).toEqual([]);
  });

  it('is offered to OneDrive at the undo when it is no longer linked', async () => {
    const { act, revert, told } = await setUp();
    await act();
    expect(await revert(RECONNECT, null)).toEqual({ result: 'restored' });
    expect(told().at(-1)).toBe('odopen://sync?useremail=ada%40contoso.example');
  });

  it('of a person has no address to fill in', async () => {
    const { revert, told } = await setUp({ setup: 'ignored' });
    const account = { ...ACCOUNT, name: 'Personal', tenant: '' };
    expect(await revert({ do: 'account', account }, null)).toEqual({ result: 'restored' });
    expect(told()).toEqual(['odopen://launch']);
  });

  it('is left alone at the undo while it is linked', async () => {
    const { revert, told } = await setUp();
    expect(await revert(RECONNECT, null)).toEqual({ result: 'already' });
    expect(told()).toEqual([]);
  });

  it.each<[string, Partial<typeof ACCOUNT>, boolean]>([
    ['in capitals', { email: 'ADA@CONTOSO.EXAMPLE' }, true],
    ['as another place', { name: 'Business4' }, true],
    ['without its organisation', { tenant: '' }, true],
    ['of another organisation', { tenant: '0f9e8d7c-6b5a-4433-9211-aabbccddeeff' }, false],
    ['as a personal one', { name: 'Personal' }, false],
  ])('remembered %s is linked: %s', async (_, change, linked) => {
    const { revert } = await setUp();
    const intent = { do: 'account', account: { ...ACCOUNT, ...change } };
    expect(await revert(intent, null)).toEqual({ result: linked ? 'already' : 'restored' });
  });

  it('cannot put anything but its own address into the link', async () => {
    const { act, revert, told } = await setUp();
    await act();
    const email = 'a&useremail=evil" & calc';
    await revert({ do: 'account', account: { ...ACCOUNT, email } }, null);
    expect(told().at(-1)).toBe('odopen://sync?useremail=a%26useremail%3Devil%22%20%26%20calc');
  });

  it('comes back by the undo, the reset itself never', async () => {
    expect(await (await setUp()).revert(RESET, null)).toEqual({ result: 'impossible', why: 'no-undo' });
  });
});
