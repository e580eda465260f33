/** What is looked at, shown and refused before OneDrive is reset. */
import { describe, expect, it } from 'vitest';
import { changeSimulatedPc, type SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { aboutFiles } from './remedy-on.ts';
import { ACCOUNT, EXE, KEY, RECONNECT, RESET, setUp } from './stale-onedrive.ts';

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
