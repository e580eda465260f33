import { describe, expect, test } from 'vitest';
import type { Machine, ProtectedCredential } from '../../../../native-host/machine/machine.ts';
import { operations, type SimulatedOperation } from '../../../../native-host/machine/simulated/operations.ts';
import type { Limit } from '../../../../native-host/machine/simulated/pause.ts';
import { testPc } from '../../../harness/test-pc.ts';
import { patient, problem } from './calls.ts';

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
  'credentials.same': (machine) => machine.credentials.same(copy),
  'credentials.restore': (machine) => machine.credentials.restore(copy),
  'credentials.remove': (machine) => machine.credentials.remove('a'),
  'registry.read': (machine) => machine.registry.read('HKCU', 'Software', 'a'),
  'registry.keys': (machine) => machine.registry.keys('HKCU', 'Software\\a'),
  'registry.values': (machine) => machine.registry.values('HKCU', 'Software\\a'),
  'registry.copyKey': (machine) => machine.registry.copyKey('Software'),
  'registry.writeKey': (machine) => machine.registry.writeKey('a', { name: 'a', values: [], keys: [] }),
  'registry.removeKey': (machine) => machine.registry.removeKey('a'),
  'registry.copyValue': (machine) => machine.registry.copyValue('Software', 'a'),
  'registry.writeValue': (machine) => machine.registry.writeValue('a', { name: '', type: 3, data: '' }),
  'registry.removeValue': (machine) => machine.registry.removeValue('a', ''),
  'processes.running': (machine) => machine.processes.running('a.exe'),
  'processes.output': (machine) => machine.processes.output('a.exe', [], { ...patient(), most: 1 }),
  'processes.run': (machine) => machine.processes.run('a.exe', [], patient()),
  'processes.launch': (machine) => machine.processes.launch('a.exe', []),
  'processes.open': (machine) => machine.processes.open('odopen://a'),
  'processes.close': (machine) => machine.processes.close('a.exe', patient()),
  'files.kind': (machine) => machine.files.kind('C:\\a'),
  'files.setAside': (machine) => machine.files.setAside('C:\\a', 'p'),
  'files.isAside': (machine) => machine.files.isAside('p'),
  'files.putBack': (machine) => machine.files.putBack('p', 'C:\\a'),
  'files.forget': (machine) => machine.files.forget('p'),
  'files.survey': (machine) => machine.files.survey('C:\\a', 10),
  'files.openOne': (machine) => machine.files.openOne('C:\\a'),
  'files.readText': (machine) => machine.files.readText('C:\\a', 10),
  windowsRequest: (machine) => machine.windowsRequest('a.example', patient()),
  detectProxyScript: (machine) => machine.detectProxyScript(patient()),
  nameServers: (machine) => machine.nameServers(),
  addresses: (machine) => machine.addresses(),
  adapters: (machine) => machine.adapters(),
  startedAt: (machine) => machine.startedAt(),
  reportEvent: (machine) => machine.reportEvent({ id: 100, level: 'information', text: 'seen' }),
  route: (machine) => machine.route('a.example'),
  signInWorks: (machine) => machine.signInWorks(),
};

describe('a fault', () => {
  test.each(operations)('can be laid on %s, and is logged', async (operation) => {
    const { machine, read } = await testPc({ faults: [{ operation, problem: 'access-denied' }] });
    await expect(calls[operation](machine)).rejects.toEqual(problem('access-denied'));
    expect(read().log).toMatchObject([{ operation, outcome: 'access-denied' }]);
  });

  test.each(['access-denied', 'disk-full', 'internal', 'file-in-use'] as const)(
    'is the problem that it names: %s',
    async (kind) => {
      const { machine, read } = await testPc({
        credentials: [{ target: 'a' }],
        faults: [{ operation: 'credentials.remove', problem: kind }],
      });
      await expect(machine.credentials.remove('a')).rejects.toEqual(problem(kind));
      expect(read().credentials).toHaveLength(1);
    },
  );

  test('meets only what it matches', async () => {
    const { machine } = await testPc({
      credentials: [{ target: 'OneDrive x' }, { target: 'git:x' }],
      faults: [{ operation: 'credentials.remove', match: 'onedrive', problem: 'access-denied' }],
    });
    expect(await machine.credentials.remove('git:x')).toBe(true);
    await expect(machine.credentials.remove('OneDrive x')).rejects.toEqual(problem('access-denied'));
  });

  test('happens as often as it says and then leaves the file', async () => {
    const { machine, read } = await testPc({
      faults: [{ operation: 'credentials.list', problem: 'internal', times: 2 }],
    });
    await expect(machine.credentials.list()).rejects.toEqual(problem('internal'));
    expect(read().faults).toMatchObject([{ times: 1 }]);
    await expect(machine.credentials.list()).rejects.toEqual(problem('internal'));
    expect(read().faults).toEqual([]);
    expect(await machine.credentials.list()).toEqual([]);
  });

  test('can make a copy unreadable', async () => {
    const { machine } = await testPc({
      faults: [{ operation: 'credentials.readable', problem: 'backup-unreadable', times: 1 }],
    });
    expect(await machine.credentials.readable(copy)).toBe(false);
    expect(await machine.credentials.readable(copy)).toBe(true);
  });
});

describe('a fault that hangs', () => {
  const tool = 'C:\\Windows\\System32\\klist.exe';

  test.each<[SimulatedOperation, (machine: Machine, limit: Limit) => Promise<unknown>]>([
    ['processes.run', (machine, limit) => machine.processes.run(tool, ['purge'], limit)],
    ['processes.output', (machine, limit) => machine.processes.output(tool, [], { ...limit, most: 1 })],
    ['processes.close', (machine, limit) => machine.processes.close('a.exe', limit)],
    ['detectProxyScript', (machine, limit) => machine.detectProxyScript(limit)],
  ])('ends %s at its limit', async (operation, call) => {
    const { machine, read } = await testPc({ faults: [{ operation, hangs: true }] });
    await expect(call(machine, { ...patient(), timeout: 30 })).rejects.toEqual(problem('timed-out'));
    expect(read().log).toMatchObject([{ operation, outcome: 'hangs' }]);
  });

  test('ends when it is cancelled', async () => {
    const { machine } = await testPc({ faults: [{ operation: 'processes.run', hangs: true }] });
    const run = machine.processes.run(tool, ['purge'], { ...patient(), signal: AbortSignal.timeout(30) });
    await expect(run).rejects.toEqual(problem('cancelled'));
  });

  test('never answers otherwise, and holds up nothing else', async () => {
    const { machine, read } = await testPc({ faults: [{ operation: 'files.kind', hangs: true, times: 1 }] });
    const answered = machine.files.kind('C:\\a').then(() => 'answered');
    await expect.poll(() => read().log).toMatchObject([{ operation: 'files.kind', outcome: 'hangs' }]);
    const other = machine.files.kind('C:\\a').then(() => 'the other');
    expect(await Promise.race([answered, other])).toBe('the other');
  });
});

describe('the log', () => {
  test('tells what was done, in order, and no secret', async () => {
    const { machine, read } = await testPc({ credentials: [{ target: 'a', secret: 'hush' }] });
    await machine.credentials.list();
    const own = await machine.credentials.protect('a');
    await machine.credentials.remove('a');
    if (own) await machine.credentials.restore(own);
    const { log } = read();
    expect(log).toMatchObject([
      { operation: 'credentials.remove', subject: 'a', outcome: 'done' },
      { operation: 'credentials.restore', subject: 'a', outcome: 'done' },
    ]);
    expect(JSON.stringify(log)).not.toContain('hush');
  });

  test('keeps the newest', async () => {
    const old = {
      time: '2026-01-01T00:00:00.000Z',
      operation: 'files.kind',
      subject: '',
      outcome: 'done',
    } as const;
    const { machine, read } = await testPc({ log: Array.from({ length: 2_000 }, () => old) });
    await machine.credentials.remove('a');
    expect(read().log).toHaveLength(2_000);
    expect(read().log.at(-1)).toMatchObject({ subject: 'a' });
  });
});
