import { describe, expect, it } from 'vitest';
import {
  changeSimulatedPc,
  type SimulatedPc,
  samplePc,
} from '../../../native-host/machine/simulated/index.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { resetOneDriveWithin } from '../../../native-host/remedies/reset-onedrive.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { aboutFiles, remedyOn } from './remedy-on.ts';

const remedy = resetOneDriveWithin({ close: 40, reset: 40, return: 20, start: 20 });

/** A REG_QWORD as it is stored. */
function quadWord(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.toString('base64');
}

const ACCOUNT = {
  name: 'Business1',
  email: 'ada@contoso.example',
  folder: 'C:\\Users\\ada\\OneDrive - Contoso',
  tenant: '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11',
  since: quadWord(1_741_075_200),
};
const SERVER = 'login.microsoftonline.com';
const RESET: Json = { do: 'reset', place: 'per-user', server: SERVER, accounts: [ACCOUNT] };
const RECONNECT: Json = { do: 'account', account: ACCOUNT };
const EXE = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe';
const KEY = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';

async function setUp(oneDrive: Partial<SimulatedPc['oneDrive']> = {}, more: Partial<SimulatedPc> = {}) {
  const sample = samplePc();
  const test = await remedyOn(remedy, {
    ...sample,
    ...more,
    oneDrive: { ...sample.oneDrive, stale: true, ...oneDrive },
  });
  return {
    ...test,
    // Once begun it goes on to its end, whatever the person says meanwhile.
    act: (intent: Json = RESET) => test.act(intent, { signal: AbortSignal.abort() }),
    runs: () => test.read().processes.some(({ image }) => image === 'OneDrive.exe'),
    /** What OneDrive.exe was told, in order. */
    told: () => test.read().log.map(({ subject }) => subject.replace(`${EXE} `, '')),
  };
}

describe('preview', () => {
  it('shows the program and the accounts, none of which can be unticked, and changes nothing', async () => {
    const { preview, read } = await setUp();
    const before = read();
    expect(await preview()).toEqual({
      state: 'ready',
      operations: [
        {
          item: {
            id: 'onedrive',
            kind: 'onedrive-process',
            label: 'OneDrive',
            detail: EXE,
            optional: false,
            ticked: true,
          },
          intent: RESET,
        },
        {
          item: {
            id: 'account-0',
            kind: 'onedrive-account',
            label: 'Business1 — ada@contoso.example',
            detail: `${ACCOUNT.folder} · ${ACCOUNT.tenant}`,
            optional: false,
            ticked: true,
          },
          intent: RECONNECT,
        },
      ],
      warnings: [],
    });
    expect(read()).toEqual(before);
  });

  it.each([
    ['program-files', 'C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe'],
    ['program-files-x86', 'C:\\Program Files (x86)\\Microsoft OneDrive\\OneDrive.exe'],
  ] as const)('finds OneDrive in %s', async (installed, detail) => {
    const { preview } = await setUp({ installed });
    expect(await preview()).toMatchObject({
      operations: [{ item: { detail }, intent: { place: installed } }, {}],
    });
  });

  it('says that OneDrive is not installed', async () => {
    const { preview } = await setUp({ installed: null });
    expect(await preview()).toEqual({ state: 'onedrive-missing' });
  });

  it('warns of files that wait, are only in the cloud, or could not be looked at, and of nothing else', async () => {
    const { preview } = await setUp();
    const warnings = [aboutFiles('not-uploaded', 'warning'), aboutFiles('online-only', 'warning')];
    const [clear, unseen] = [aboutFiles('clear', 'ok'), aboutFiles('not-looked', 'unknown')];
    const other = { ...aboutFiles('recent', 'warning'), check: 'windows-update' } as const;
    expect(await preview({ findings: [clear, ...warnings, unseen, other] })).toMatchObject({
      state: 'ready',
      warnings: [...warnings, unseen],
    });
  });

  it.each(['offline', 'updating'])('waits while OneDrive is %s', async (meaning) => {
    const { preview } = await setUp();
    const finding = aboutFiles(meaning, 'fault');
    expect(await preview({ findings: [aboutFiles('not-uploaded', 'warning'), finding] })).toEqual({
      state: 'unsafe-now',
      finding,
    });
  });
});

describe('before a reset', () => {
  const linkAnew = (file: string, email: string, seconds: number) =>
    changeSimulatedPc(file, ({ registry }) => {
      Object.assign(registry.HKCU[KEY] ?? {}, {
        UserEmail: { type: 'REG_SZ', value: email },
        ClientFirstSignInTimestamp: { type: 'REG_QWORD', value: seconds },
      });
    });

  it('there is nothing to keep, as the accounts stand in the intents', async () => {
    const { backup } = await setUp();
    expect(await backup(RESET)).toEqual({ keep: null });
    expect(await backup(RECONNECT)).toEqual({ keep: null });
  });

  it.each<[string, string, number]>([
    ['the same account was linked anew', ACCOUNT.email, 1_790_000_000],
    ['another account was linked', 'ada@fabrikam.example', 1_741_075_200],
  ])('it is left out when %s since the plan', async (_, email, seconds) => {
    const { backup, file } = await setUp();
    await linkAnew(file, email, seconds);
    expect(await backup(RESET, { earlier: null })).toBe('changed');
  });

  it.each<[string, Partial<SimulatedPc>]>([
    ['OneDrive began to be updated', { processes: [{ pid: 4, image: 'OneDriveSetup.exe' }] as never }],
    ['Microsoft went out of reach', { network: { default: 'connection-failed', hosts: {}, windows: {} } }],
  ])('it is refused, and nothing is done, when %s since the plan', async (_, more) => {
    const { act, told } = await setUp({}, more);
    expect(await problemOf(act())).toMatchObject({ kind: 'not-safe-now' });
    expect(told()).toEqual([]);
  });

  it('it is done again when a run was cut off and nothing is linked yet', async () => {
    const { backup, act } = await setUp();
    await act();
    expect(await backup(RESET, { earlier: null })).toEqual({ keep: null });
  });
});

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
