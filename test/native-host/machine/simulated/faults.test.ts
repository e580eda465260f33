import { describe, expect, test } from 'vitest';
import type { Machine, ProtectedCredential } from '../../../../native-host/machine/machine.ts';
import { operations } from '../../../../native-host/machine/simulated/schema.ts';
import { openPc, patient, problem } from './pc.ts';

const copy: ProtectedCredential = {
  target: 'a',
  type: 'generic',
  user: '',
  comment: '',
  targetAlias: '',
  flags: 0,
  persist: 2,
  attributes: [],
  lastWritten: '2026-01-01T00:00:00.000Z',
  secret: Buffer.from('simulated:{"secret":"x","stale":false}').toString('base64'),
};

const calls: Record<(typeof operations)[number], (machine: Machine) => Promise<unknown>> = {
  'credentials.list': (machine) => machine.credentials.list(),
  'credentials.protect': (machine) => machine.credentials.protect('a'),
  'credentials.readable': (machine) => machine.credentials.readable(copy),
  'credentials.restore': (machine) => machine.credentials.restore(copy),
  'credentials.remove': (machine) => machine.credentials.remove('a'),
  'registry.read': (machine) => machine.registry.read('HKCU', 'Software', 'a'),
  'registry.keys': (machine) => machine.registry.keys('HKCU', 'Software\\a'),
  'processes.running': (machine) => machine.processes.running('a.exe'),
  'processes.run': (machine) => machine.processes.run('a.exe', [], patient()),
  'processes.launch': (machine) => machine.processes.launch('a.exe', []),
  'processes.open': (machine) => machine.processes.open('odopen://a'),
  exists: (machine) => machine.exists('C:\\a'),
  route: (machine) => machine.route('a.example'),
  signInWorks: (machine) => machine.signInWorks(),
};

describe('a fault', () => {
  test.each(operations)('can be laid on %s, and is logged', async (operation) => {
    const { machine, now } = await openPc({ faults: [{ operation, problem: 'access-denied' }] });
    await expect(calls[operation](machine)).rejects.toEqual(problem('access-denied'));
    expect(now().log).toMatchObject([{ operation, outcome: 'access-denied' }]);
  });

  test.each(['access-denied', 'disk-full', 'internal'] as const)(
    'is the problem that it names: %s',
    async (kind) => {
      const { machine, now } = await openPc({
        credentials: [{ target: 'a' }],
        faults: [{ operation: 'credentials.remove', problem: kind }],
      });
      await expect(machine.credentials.remove('a')).rejects.toEqual(problem(kind));
      expect(now().credentials).toHaveLength(1);
    },
  );

  test('meets only what it matches', async () => {
    const { machine } = await openPc({
      credentials: [{ target: 'OneDrive x' }, { target: 'git:x' }],
      faults: [{ operation: 'credentials.remove', match: 'onedrive', problem: 'access-denied' }],
    });
    expect(await machine.credentials.remove('git:x')).toBe(true);
    await expect(machine.credentials.remove('OneDrive x')).rejects.toEqual(problem('access-denied'));
  });

  test('happens as often as it says and then leaves the file', async () => {
    const { machine, now } = await openPc({
      faults: [{ operation: 'credentials.list', problem: 'internal', times: 2 }],
    });
    await expect(machine.credentials.list()).rejects.toEqual(problem('internal'));
    expect(now().faults).toMatchObject([{ times: 1 }]);
    await expect(machine.credentials.list()).rejects.toEqual(problem('internal'));
    expect(now().faults).toEqual([]);
    expect(await machine.credentials.list()).toEqual([]);
  });

  test('can make a copy unreadable', async () => {
    const { machine } = await openPc({
      faults: [{ operation: 'credentials.readable', problem: 'backup-unreadable', times: 1 }],
    });
    expect(await machine.credentials.readable(copy)).toBe(false);
    expect(await machine.credentials.readable(copy)).toBe(true);
  });
});

describe('the log', () => {
  test('tells what was done, in order, and no secret', async () => {
    const { machine, now } = await openPc({ credentials: [{ target: 'a', secret: 'hush' }] });
    await machine.credentials.list();
    const own = await machine.credentials.protect('a');
    await machine.credentials.remove('a');
    if (own) await machine.credentials.restore(own);
    const { log } = now();
    expect(log).toMatchObject([
      { operation: 'credentials.remove', subject: 'a', outcome: 'done' },
      { operation: 'credentials.restore', subject: 'a', outcome: 'done' },
    ]);
    expect(JSON.stringify(log)).not.toContain('hush');
  });

  test('keeps the newest', async () => {
    const old = {
      time: '2026-01-01T00:00:00.000Z',
      operation: 'exists',
      subject: '',
      outcome: 'done',
    } as const;
    const { machine, now } = await openPc({ log: Array.from({ length: 2_000 }, () => old) });
    await machine.credentials.remove('a');
    expect(now().log).toHaveLength(2_000);
    expect(now().log.at(-1)).toMatchObject({ subject: 'a' });
  });
});
