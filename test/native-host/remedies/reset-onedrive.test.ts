import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../common/contract.ts';
import { type SimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { resetOneDriveWithin } from '../../../native-host/remedies/reset-onedrive.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { testPc } from '../../harness/test-pc.ts';

const remedy = resetOneDriveWithin({ close: 40, reset: 40, return: 20, start: 20 });
const RESET: Json = { do: 'reset', place: 'per-user' };
const EXE = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe';

async function setUp(oneDrive: Partial<SimulatedPc['oneDrive']> = {}, more: Partial<SimulatedPc> = {}) {
  const sample = samplePc();
  const pc = await testPc({ ...sample, ...more, oneDrive: { ...sample.oneDrive, stale: true, ...oneDrive } });
  const said: string[] = [];
  const signal = AbortSignal.abort();
  const report = ({ id }: Activity) => void said.push(id);
  return {
    ...pc,
    said,
    act: (intent: Json = RESET) => remedy.act(pc.machine, intent, { signal, report }),
    revert: (intent: Json) => remedy.revert(pc.machine, intent, null),
    runs: () => pc.read().processes.some(({ image }) => image === 'OneDrive.exe'),
    /** What OneDrive.exe was told, in order. */
    told: () => pc.read().log.map(({ subject }) => subject.replace(`${EXE} `, '')),
  };
}

describe('preview', () => {
  it('shows the program and the accounts, none of which can be unticked', async () => {
    const { machine, read } = await setUp();
    const before = read();
    expect(await remedy.preview(machine)).toEqual({
      state: 'ready',
      operations: [
        {
          item: { id: 'onedrive', kind: 'onedrive-process', label: EXE, optional: false },
          intent: RESET,
        },
        {
          item: {
            id: 'account-0',
            kind: 'onedrive-account',
            label: 'Business1 — ada@contoso.example',
            detail: 'C:\\Users\\ada\\OneDrive - Contoso',
            optional: false,
          },
          intent: { do: 'reconnect', email: 'ada@contoso.example' },
        },
      ],
    });
    expect(read()).toEqual(before);
  });

  it.each([
    ['program-files', 'C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe'],
    ['program-files-x86', 'C:\\Program Files (x86)\\Microsoft OneDrive\\OneDrive.exe'],
  ] as const)('finds OneDrive in %s', async (installed, label) => {
    const { machine } = await setUp({ installed });
    expect(await remedy.preview(machine)).toMatchObject({
      operations: [{ item: { label }, intent: { place: installed } }, {}],
    });
  });

  it('says that OneDrive is not installed', async () => {
    const { machine } = await setUp({ installed: null });
    expect(await remedy.preview(machine)).toEqual({ state: 'onedrive-missing' });
  });
});

describe('a reset', () => {
  it('closes OneDrive, resets it, and leaves it running', async () => {
    const { act, runs, told, said, read } = await setUp();
    await act();
    expect(told()).toEqual(['/shutdown', '/reset']);
    expect(said).toEqual(['closing-onedrive', 'resetting-onedrive', 'starting-onedrive']);
    expect({ runs: runs(), stale: read().oneDrive.stale }).toEqual({ runs: true, stale: false });
  });

  it('closes nothing where OneDrive does not run', async () => {
    const { act, runs, told, said } = await setUp({}, { processes: [] });
    await act();
    expect(told()).toEqual(['/reset']);
    expect(said).toEqual(['resetting-onedrive', 'starting-onedrive']);
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
    ['a path', { do: 'reset', place: 'C:\\evil.exe' }],
    ['a program of its own', { do: 'reset', place: 'per-user', exe: 'C:\\evil.exe' }],
    ['another deed', { do: 'run', place: 'per-user' }],
    ['a text', 'reset'],
  ])('whose intent has %s in it runs nothing', async (_, intent) => {
    const { act, told } = await setUp();
    await problemOf(act(intent));
    expect(told()).toEqual([]);
  });
});

describe('an account', () => {
  const RECONNECT: Json = { do: 'reconnect', email: 'ada@contoso.example' };

  it('is left alone by the step itself', async () => {
    const { act, told } = await setUp();
    await act(RECONNECT);
    expect(told()).toEqual([]);
  });

  it('is offered to OneDrive at the undo when it is no longer linked', async () => {
    const { act, revert, told } = await setUp();
    await act();
    expect(await revert(RECONNECT)).toBe('restored');
    expect(told().at(-1)).toBe('odopen://sync?useremail=ada%40contoso.example');
  });

  it('is left alone at the undo while it is linked', async () => {
    const { revert, told } = await setUp();
    expect(await revert(RECONNECT)).toBe('already');
    expect(told()).toEqual([]);
  });

  it('cannot put anything but its own address into the link', async () => {
    const { act, revert, told } = await setUp();
    await act();
    await revert({ do: 'reconnect', email: 'a&useremail=evil" & calc' });
    expect(told().at(-1)).toBe('odopen://sync?useremail=a%26useremail%3Devil%22%20%26%20calc');
  });

  it('comes back by the undo, the reset itself never', async () => {
    expect(await (await setUp()).revert(RESET)).toBe('impossible');
  });
});
