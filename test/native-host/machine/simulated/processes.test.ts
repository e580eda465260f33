import { describe, expect, test } from 'vitest';
import { changeSimulatedPc } from '../../../../native-host/machine/simulated/index.ts';
import { openPc, type PcInput, patient, problem } from './pc.ts';

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
    const { machine } = await openPc(withOneDrive());
    expect(await machine.processes.running('onedrive.EXE')).toEqual([{ pid: 7008, image: 'OneDrive.exe' }]);
    expect(await machine.processes.running('msedge.exe')).toEqual([]);
  });
});

describe('/shutdown', () => {
  test('ends OneDrive and nothing else', async () => {
    const { machine, now } = await openPc(withOneDrive());
    expect(await machine.processes.run(exe.toLowerCase(), ['/shutdown'], patient())).toBe(0);
    expect(now().processes).toEqual([{ pid: 4312, image: 'explorer.exe' }]);
  });

  test('can be ignored', async () => {
    const { machine } = await openPc(withOneDrive({ shutdown: 'ignores' }));
    expect(await machine.processes.run(exe, ['/shutdown'], patient())).toBe(0);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('that hangs ends at its time limit', async () => {
    const { machine } = await openPc(withOneDrive({ shutdown: 'hangs' }));
    const run = machine.processes.run(exe, ['/shutdown'], { ...patient(), timeout: 80 });
    await expect(run).rejects.toEqual(problem('timed-out'));
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });
});

describe('/reset', () => {
  test('forgets the accounts, is fresh, and runs again', async () => {
    const { machine, now } = await openPc(withOneDrive());
    expect(await machine.processes.run(exe, ['/reset'], patient())).toBe(0);
    expect(now().oneDrive.stale).toBe(false);
    expect(Object.keys(now().registry.HKCU)).toEqual(['Software\\Microsoft\\OneDrive']);
    const [again] = await machine.processes.running('OneDrive.exe');
    expect(again?.pid).not.toBe(7008);
  });

  test('may leave OneDrive ended', async () => {
    const { machine, now } = await openPc(withOneDrive({ reset: 'exits' }));
    await machine.processes.run(exe, ['/reset'], patient());
    expect(now().oneDrive.stale).toBe(false);
    expect(await machine.processes.running('OneDrive.exe')).toEqual([]);
  });

  test('that crashes when it starts again is not there', async () => {
    const { machine } = await openPc(withOneDrive({ start: 'crashes' }));
    await machine.processes.run(exe, ['/reset'], patient());
    expect(await machine.processes.running('OneDrive.exe')).toEqual([]);
  });

  test('that hangs can be cancelled and has changed nothing', async () => {
    const { machine, now } = await openPc(withOneDrive({ reset: 'hangs' }));
    const abort = new AbortController();
    const run = machine.processes.run(exe, ['/reset'], { timeout: 10_000, signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(run).rejects.toEqual(problem('cancelled'));
    expect(now()).toMatchObject({ oneDrive: { stale: true }, processes: [{}, { pid: 7008 }] });
  });
});

describe('starting', () => {
  test.each([[[]], [['/background']]])('with %j leaves it running', async (args) => {
    const { machine } = await openPc(withOneDrive({}, false));
    await machine.processes.launch(exe, args);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('twice makes one', async () => {
    const { machine } = await openPc(withOneDrive());
    await machine.processes.launch(exe, ['/background']);
    expect(await machine.processes.run(exe, [], patient())).toBe(0);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('may crash', async () => {
    const { machine } = await openPc(withOneDrive({ start: 'crashes' }, false));
    await machine.processes.launch(exe, ['/background']);
    expect(await machine.processes.running('OneDrive.exe')).toEqual([]);
  });

  test('and waiting for its end takes all the time there is, then ends it', async () => {
    const { machine } = await openPc(withOneDrive({}, false));
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
    const { machine } = await openPc(withOneDrive());
    await expect(machine.processes.run(program, args, patient())).rejects.toEqual(problem('exe-failed'));
    await expect(machine.processes.launch(program, args)).rejects.toEqual(problem('exe-failed'));
  });
});

describe('opening a URL', () => {
  const url = 'odopen://sync?useremail=ada%40contoso.example';

  test('is logged, and odopen: starts OneDrive', async () => {
    const { machine, now } = await openPc(withOneDrive({}, false));
    await machine.processes.open(url);
    expect(now().log).toMatchObject([{ operation: 'processes.open', subject: url, outcome: 'done' }]);
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
  });

  test('needs a program for it', async () => {
    const { machine } = await openPc({});
    await expect(machine.processes.open(url)).rejects.toEqual(problem('exe-failed'));
  });
});

describe('pace', () => {
  test('slows changes down, not looks', async () => {
    const { machine } = await openPc({ credentials: [{ target: 'a' }], paceMs: 150 });
    const removal = machine.credentials.remove('a').then(() => 'change');
    const look = machine.credentials.list().then(() => 'look');
    expect(await Promise.race([removal, look])).toBe('look');
    expect(await removal).toBe('change');
  });

  test('can be cut short by a signal, with nothing done', async () => {
    const { machine, now } = await openPc({ ...withOneDrive(), paceMs: 10_000 });
    const run = machine.processes.run(exe, ['/reset'], { timeout: 20_000, signal: AbortSignal.timeout(50) });
    await expect(run).rejects.toEqual(problem('cancelled'));
    expect(now().oneDrive.stale).toBe(true);
  });

  test('counts against the time limit', async () => {
    const { machine } = await openPc({ ...withOneDrive(), paceMs: 10_000 });
    const run = machine.processes.run(exe, ['/reset'], { ...patient(), timeout: 50 });
    await expect(run).rejects.toEqual(problem('timed-out'));
  });

  test('nothing is done for a signal that came before', async () => {
    const { machine, now } = await openPc(withOneDrive());
    const run = machine.processes.run(exe, ['/reset'], { timeout: 1_000, signal: AbortSignal.abort() });
    await expect(run).rejects.toEqual(problem('cancelled'));
    expect(now().oneDrive.stale).toBe(true);
  });

  test('can be changed while things run', async () => {
    const { machine, file } = await openPc({ credentials: [{ target: 'a' }], paceMs: 600_000 });
    await changeSimulatedPc(file, (pc) => {
      pc.paceMs = 0;
    });
    expect(await machine.credentials.remove('a')).toBe(true);
  });
});
