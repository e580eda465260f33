import { describe, expect, it } from 'vitest';
import { type SimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import { restartOneDriveWithin } from '../../../native-host/remedies/restart-onedrive.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { remedyOn } from './remedy-on.ts';

const remedy = restartOneDriveWithin({ close: 40, reset: 40, return: 20, start: 20 });
const INTENT = { do: 'restart', place: 'per-user' };
const EXE = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe';

async function setUp(oneDrive: Partial<SimulatedPc['oneDrive']> = {}, more: Partial<SimulatedPc> = {}) {
  const sample = samplePc();
  const test = await remedyOn(remedy, { ...sample, ...more, oneDrive: { ...sample.oneDrive, ...oneDrive } });
  return {
    ...test,
    runs: () => test.read().processes.some(({ image }) => image === 'OneDrive.exe'),
    told: () => test.read().log.map(({ subject }) => subject.replace(`${EXE} `, '')),
  };
}

describe('restart-onedrive', () => {
  it('shows what it restarts', async () => {
    const { operations } = await setUp();
    expect(await operations()).toMatchObject([
      { item: { kind: 'onedrive-process', detail: EXE, optional: false, ticked: true }, intent: INTENT },
    ]);
    expect(await (await setUp({ installed: null })).preview()).toEqual({ state: 'onedrive-missing' });
  });

  it('closes OneDrive and starts it, and leaves its accounts alone', async () => {
    const { act, told, said, runs, read } = await setUp();
    await act(INTENT);
    expect(told()).toEqual(['/shutdown', '/background']);
    expect(said.map(({ id }) => id)).toEqual(['closing-onedrive', 'starting-onedrive']);
    expect(runs()).toBe(true);
    expect(read().registry).toEqual(samplePc().registry);
  });

  it('starts a OneDrive that does not run', async () => {
    const { act, told, runs } = await setUp({}, { processes: [] });
    await act(INTENT);
    expect(told()).toEqual(['/background']);
    expect(runs()).toBe(true);
  });

  it.each<[string, Partial<SimulatedPc['oneDrive']>, string, string[], boolean]>([
    ['goes on', { shutdown: 'ignores' }, 'timed-out', ['/shutdown'], true],
    ['hangs', { shutdown: 'hangs' }, 'timed-out', ['/shutdown'], true],
    // Tried twice, as it is brought back whatever fails.
    [
      'does not come back',
      { start: 'crashes' },
      'onedrive-not-back',
      ['/shutdown', '/background', '/background'],
      false,
    ],
    ['is gone', { installed: 'program-files' }, 'onedrive-missing', [], true],
  ])('says so when OneDrive %s', async (_, oneDrive, kind, told, runs) => {
    const test = await setUp(oneDrive);
    expect((await problemOf(test.act(INTENT))).kind).toBe(kind);
    expect({ told: test.told(), runs: test.runs() }).toEqual({ told, runs });
  });

  it('runs nothing for an intent that was edited', async () => {
    const { act, told } = await setUp();
    await problemOf(act({ ...INTENT, place: 'C:\\evil.exe' }));
    await problemOf(act({ ...INTENT, do: 'reset' }));
    expect(told()).toEqual([]);
  });
});
