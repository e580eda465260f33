import { describe, expect, test } from 'vitest';
import { changeSimulatedPc } from '../../../../native-host/machine/simulated/index.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { waitFor } from '../../../harness/wait-for.ts';
import { patient, problem } from './calls.ts';

const exe = 'C:\\Users\\ada\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe';
const account = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';

function withOneDrive(oneDrive: PcInput['oneDrive'] = {}, running = true): PcInput {
  return {
    oneDrive: { installed: 'per-user', stale: true, ...oneDrive },
    registry: {
      HKCU: {
        [account]: { UserEmail: { type: 'REG_SZ', value: 'ada@contoso.example' } },
        'Software\\Microsoft\\OneDrive': { Version: { type: 'REG_SZ', value: '26.1' } },
      },
    },
    processes: [
      { pid: 4312, image: 'explorer.exe' },
      ...(running ? [{ pid: 7008, image: 'OneDrive.exe' }] : []),
    ],
  };
}

describe('running', () => {
  test('finds processes by image in any letter case', async () => {
    const { machine } = await testPc(withOneDrive());
    expect(await machine.processes.running('onedrive.EXE')).toEqual([{ pid: 7008, image: 'OneDrive.exe' }]);
    expect(await machine.processes.running('msedge.exe')).toEqual([]);
  });
});

describe('/shutdown', () => {
  test('ends OneDrive and nothing else', async () => {
    const { machine, read } = await testPc(withOneDrive());
    expect(await machine.processes.run(exe.toLowerCase(), ['/shutdown'], patient())).toBe(0);
    expect(read().processes).toEqual([{ pid: 4312, image: 'explorer.exe' }]);
  });

  test('can be ignored', async () => {
    const { machine } = await testPc(withOneDrive({ shutdown: 'ignores' }));
    expect(await machine.processes.run(exe, ['/shutdown'], patient())).toBe(0);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('that hangs ends at its time limit', async () => {
    const { machine } = await testPc(withOneDrive({ shutdown: 'hangs' }));
    const run = machine.processes.run(exe, ['/shutdown'], { ...patient(), timeout: 80 });
    await expect(run).rejects.toEqual(problem('timed-out'));
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });
});

describe('/reset', () => {
  test('forgets the accounts, is fresh, and runs again', async () => {
    const { machine, read } = await testPc(withOneDrive());
    expect(await machine.processes.run(exe, ['/reset'], patient())).toBe(0);
    expect(read().oneDrive.stale).toBe(false);
    expect(Object.keys(read().registry.HKCU)).toEqual([
      'Software\\Microsoft\\OneDrive',
      'Software\\Microsoft\\OneDrive\\Accounts',
    ]);
    const [again] = await machine.processes.running('OneDrive.exe');
    expect(again?.pid).not.toBe(7008);
  });

  test('may leave OneDrive ended', async () => {
    const { machine, read } = await testPc(withOneDrive({ reset: 'exits' }));
    await machine.processes.run(exe, ['/reset'], patient());
    expect(read().oneDrive.stale).toBe(false);
    expect(await machine.processes.running('OneDrive.exe')).toEqual([]);
  });

  test('that crashes when it starts again is not there', async () => {
    const { machine } = await testPc(withOneDrive({ start: 'crashes' }));
    await machine.processes.run(exe, ['/reset'], patient());
    expect(await machine.processes.running('OneDrive.exe')).toEqual([]);
  });

  test('that hangs can be cancelled and has changed nothing', async () => {
    const { machine, read } = await testPc(withOneDrive({ reset: 'hangs' }));
    const abort = new AbortController();
    const run = machine.processes.run(exe, ['/reset'], { timeout: 10_000, signal: abort.signal });
    await waitFor(() => read().log.some(({ subject }) => subject.endsWith('/reset')), 'the reset to begin');
    abort.abort();
    await expect(run).rejects.toEqual(problem('cancelled'));
    expect(read()).toMatchObject({ oneDrive: { stale: true }, processes: [{}, { pid: 7008 }] });
  });
});

describe('starting', () => {
  test.each([[[]], [['/background']]])('with %j leaves it running', async (args) => {
    const { machine } = await testPc(withOneDrive({}, false));
    await machine.processes.launch(exe, args);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('twice makes one', async () => {
    const { machine } = await testPc(withOneDrive());
    await machine.processes.launch(exe, ['/background']);
    expect(await machine.processes.run(exe, [], patient())).toBe(0);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('may crash', async () => {
    const { machine } = await testPc(withOneDrive({ start: 'crashes' }, false));
    await machine.processes.launch(exe, ['/background']);
    expect(await machine.processes.running('OneDrive.exe')).toEqual([]);
  });

  test('and waiting for its end takes all the time there is, then ends it', async () => {
    const { machine } = await testPc(withOneDrive({}, false));
    const run = machine.processes.run(exe, ['/background'], { ...patient(), timeout: 200 });
    await expect(run).rejects.toEqual(problem('timed-out'));
    expect(await machine.processes.running('OneDrive.exe')).toEqual([]);
  });
});

describe('what it does not know', () => {
  test.each([
    ['another program', 'C:\\Windows\\System32\\cmd.exe', []],
    ['OneDrive where it is not installed', 'C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe', ['/reset']],
    ['another argument', exe, ['/unlink']],
  ])('%s fails', async (_name, program, args) => {
    const { machine } = await testPc(withOneDrive());
    await expect(machine.processes.run(program, args, patient())).rejects.toEqual(problem('exe-failed'));
    await expect(machine.processes.launch(program, args)).rejects.toEqual(problem('exe-failed'));
  });
});

describe('closing', () => {
  const processes = [
    { pid: 4, image: 'WINWORD.EXE' },
    { pid: 8, image: 'winword.exe', onClose: 'exits' },
    { pid: 12, image: 'EXCEL.EXE', onClose: 'asks' },
    { pid: 16, image: 'EXCEL.EXE' },
  ] as const;

  test('ends all programs of that image', async () => {
    const { machine, read } = await testPc({ processes: [...processes] });
    expect(await machine.processes.running('Winword.exe')).toEqual([
      { pid: 4, image: 'WINWORD.EXE' },
      { pid: 8, image: 'winword.exe' },
    ]);
    expect(await machine.processes.close('Winword.exe', patient())).toBe(true);
    expect(read().processes.map(({ pid }) => pid)).toEqual([12, 16]);
    expect(await machine.processes.close('Winword.exe', patient())).toBe(true);
  });

  test('is false while one asks, and never ends it by force', async () => {
    const { machine, read, file } = await testPc({ processes: [...processes] });
    expect(await machine.processes.close('excel.exe', patient())).toBe(false);
    expect(read().processes.map(({ pid }) => pid)).toEqual([4, 8, 12]);
    await changeSimulatedPc(file, (pc) => {
      for (const process of pc.processes) process.onClose = 'exits';
    });
    expect(await machine.processes.close('excel.exe', patient())).toBe(true);
  });

  test('waits for a slow PC no longer than it may', async () => {
    const { machine } = await testPc({ processes: [...processes], paceMs: 600_000 });
    expect(await machine.processes.close('excel.exe', { ...patient(), timeout: 30 })).toBe(false);
  });

  test('can be cancelled, with nothing done', async () => {
    const { machine, read } = await testPc({ processes: [...processes], paceMs: 600_000 });
    const close = machine.processes.close('winword.exe', { ...patient(), signal: AbortSignal.timeout(30) });
    await expect(close).rejects.toEqual(problem('cancelled'));
    expect(read().processes).toHaveLength(4);
  });
});

describe('pace', () => {
  test('slows changes down, not looks', async () => {
    const { machine } = await testPc({ credentials: [{ target: 'a' }], paceMs: 150 });
    const removal = machine.credentials.remove('a').then(() => 'change');
    const look = machine.credentials.list().then(() => 'look');
    expect(await Promise.race([removal, look])).toBe('look');
    expect(await removal).toBe('change');
  });

  test('can be cut short by a signal, with nothing done', async () => {
    const { machine, read } = await testPc({ ...withOneDrive(), paceMs: 10_000 });
    const run = machine.processes.run(exe, ['/reset'], { timeout: 20_000, signal: AbortSignal.timeout(50) });
    await expect(run).rejects.toEqual(problem('cancelled'));
    expect(read().oneDrive.stale).toBe(true);
  });

  test('counts against the time limit', async () => {
    const { machine } = await testPc({ ...withOneDrive(), paceMs: 10_000 });
    const run = machine.processes.run(exe, ['/reset'], { ...patient(), timeout: 50 });
    await expect(run).rejects.toEqual(problem('timed-out'));
  });

  test('nothing is done for a signal that came before', async () => {
    const { machine, read } = await testPc(withOneDrive());
    const run = machine.processes.run(exe, ['/reset'], { timeout: 1_000, signal: AbortSignal.abort() });
    await expect(run).rejects.toEqual(problem('cancelled'));
    expect(read().oneDrive.stale).toBe(true);
  });

  test('can be changed while things run', async () => {
    const { machine, file } = await testPc({ credentials: [{ target: 'a' }], paceMs: 600_000 });
    await changeSimulatedPc(file, (pc) => {
      pc.paceMs = 0;
    });
    expect(await machine.credentials.remove('a')).toBe(true);
  });
});
