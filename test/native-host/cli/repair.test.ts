import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { HistorySchema } from '../../../common/history.ts';
import { RunSchema } from '../../../common/run.ts';
import { changeSimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import { cli, documentOf, startHost } from '../../harness/host/host-process.ts';
import { type PcInput, SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const all = targets(samplePc());

async function setUp(pc?: PcInput) {
  const test = await testPc(pc);
  const on = ['--machine', `simulated:${test.file}`];
  return {
    ...test,
    run: (...args: string[]) => cli(...args, ...on),
    start: (...args: string[]) => startHost([...args, ...on]),
    json: async <T>(schema: v.GenericSchema<unknown, T>, ...args: string[]) => {
      const ended = await cli(...args, '--json', ...on);
      return { code: ended.code, document: documentOf(ended, schema) };
    },
  };
}

/** Starts a fix at a pace at which it can be caught, and waits until the first entry is being removed. */
async function caughtFix(json = false, paceMs = 300) {
  const test = await setUp({ ...samplePc(), paceMs });
  const host = test.start('fix', 'AADSTS50173', '--yes', ...(json ? ['--json'] : []));
  host.child.stdin.end();
  await host.says(/Removing/);
  return { ...test, host };
}

describe('fix', () => {
  it('without --yes and without a terminal refuses and changes nothing', async () => {
    const { run, read } = await setUp();
    const before = read();
    const refused = await run('fix', 'AADSTS50173');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(read()).toEqual(before);
    expect(await run('history')).toMatchObject({ code: 0, stdout: expect.not.stringContaining('AADSTS') });
  });

  it('repairs, says each thing on stderr, and is undone by the command that it names', async () => {
    const { run, read } = await setUp();
    const fixed = await run('fix', 'AADSTS50173', '--yes');
    expect(fixed.code).toBe(0);
    for (const target of SAMPLE_STALE) expect(fixed.stderr).toContain(target);
    expect(targets(read())).toEqual(all.filter((target) => !SAMPLE_STALE.includes(target)));
    const id = /\d{8}T\d{6}-[0-9a-f]{8}/.exec(fixed.stdout)?.[0] ?? '';
    expect(fixed.stdout).toContain(`undo ${id}`);
    expect(await run('undo', id, '--yes')).toMatchObject({ code: 0 });
    expect(targets(read()).sort()).toEqual([...all].sort());
  });

  it('with --json writes the run as one document', async () => {
    const { json } = await setUp();
    const { code, document } = await json(RunSchema, 'fix', 'AADSTS50173', '--yes');
    expect({ code, status: document.status, canUndo: document.canUndo }).toEqual({
      code: 0,
      status: 'fixed',
      canUndo: true,
    });
  });

  it('exits with 1 when the failure remains', async () => {
    const { json } = await setUp({ ...samplePc(), signIn: { cause: 'elsewhere' } });
    const { code, document } = await json(RunSchema, 'fix', 'AADSTS50173', '--yes');
    expect({ code, status: document.status }).toEqual({ code: 1, status: 'not-fixed' });
    expect(document.steps.map(({ status }) => status)).toEqual(['done', 'done']);
  });

  it('exits with 1 when the PC refuses, and says what to do', async () => {
    const { run } = await setUp({
      ...samplePc(),
      faults: [{ operation: 'credentials.remove', problem: 'access-denied' }],
    });
    const failed = await run('fix', 'AADSTS50173', '--yes');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/denied|not allowed|permission|refused/i);
  });

  it('exits with 3 and changes nothing for what only others can repair', async () => {
    const { run, read } = await setUp();
    const before = read();
    expect(await run('fix', 'AADSTS53003', '--yes')).toMatchObject({ code: 3 });
    expect(read()).toEqual(before);
  });

  it('without a code has nothing to go on with', async () => {
    const { run } = await setUp();
    expect(await run('fix', '--yes')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('a fix with a guide', () => {
  const args = ['AADSTS50173', '--only', 'check-clock,purge-credentials'];

  it('says what to do and exits with 3; fix without a code goes on when it is done', async () => {
    const { run, json } = await setUp();
    const waits = await run('fix', ...args, '--yes');
    expect(waits.code).toBe(3);
    expect(waits.stdout).toMatch(/1\. .*date and time/i);
    expect(waits.stdout).toContain('signin-rescue fix');
    expect(await run('status')).toMatchObject({ code: 3 });
    expect(await run('fix')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const { code, document } = await json(RunSchema, 'fix', '--yes');
    expect({ code, steps: document.steps.map(({ status }) => status) }).toEqual({
      code: 0,
      steps: ['done', 'done'],
    });
  });
});

describe('a plan', () => {
  it('says why each step stands there, what to know before, and what is left out', async () => {
    const adapters = [{ name: 'Contoso VPN', vpn: true }];
    const { run } = await setUp({ ...samplePc(), adapters });
    const { stdout, code } = await run('plan', '0x8004de40');
    expect(code).toBe(0);
    expect(stdout).toMatch(/1\. Try without the VPN/);
    expect(stdout).toContain('A VPN is connected: Contoso VPN.');
    expect(stdout).toMatch(/! .*only in the cloud/);
  });

  it('leaves no trace in the history: it was a question', async () => {
    const { run, json } = await setUp();
    await run('plan', 'AADSTS50173');
    expect((await json(HistorySchema, 'history')).document.incidents).toEqual([]);
    await run('fix', 'AADSTS50173', '--yes');
    expect((await json(HistorySchema, 'history')).document.incidents).toHaveLength(1);
  });
});

describe('an interrupted fix', () => {
  it('by Ctrl+C ends after the step that is going on, exits with 130, and can be undone', async () => {
    const { host, read, run } = await caughtFix(true);
    host.child.kill('SIGINT');
    const ended = await host.ended;
    expect(ended.code).toBe(130);
    const document = documentOf(ended, RunSchema);
    expect(document).toMatchObject({ status: 'cancelled', canUndo: true });
    const left = targets(read());
    expect(left).toHaveLength(all.length - (document.steps[0]?.done ?? 0));
    expect(document.steps[0]).toMatchObject({ status: 'done', done: 3 });
    expect(document.steps[0]).not.toHaveProperty('verification');
    expect(await run('undo', '--yes')).toMatchObject({ code: 0 });
    expect(targets(read()).sort()).toEqual([...all].sort());
  });

  it('by a kill is shown by status with 3, finished by fix without a code, and undone', async () => {
    const { host, json, run, read } = await caughtFix();
    host.child.kill('SIGKILL');
    expect((await host.ended).code).toBeNull();
    const { code, document } = await json(v.looseObject({ run: RunSchema, undoable: v.number() }), 'status');
    expect({ code, status: document.run.status }).toEqual({ code: 3, status: 'interrupted' });
    const finished = await json(RunSchema, 'fix', '--yes');
    expect({ code: finished.code, id: finished.document.id, status: finished.document.status }).toEqual({
      code: 0,
      id: document.run.id,
      status: 'fixed',
    });
    expect(await run('status')).toMatchObject({ code: 0 });
    expect(await run('undo', document.run.id, '--yes')).toMatchObject({ code: 0 });
    expect(targets(read()).sort()).toEqual([...all].sort());
  });

  it('is in the way of no other command but a second fix, which is refused with 4', async () => {
    // So slow that it goes on for as long as this test.
    const { host, run, json } = await caughtFix(false, 60_000);
    expect(await run('fix', 'AADSTS50173', '--yes')).toMatchObject({ code: 4 });
    expect((await json(HistorySchema, 'history')).document.runs).toMatchObject([{ status: 'running' }]);
    host.child.kill('SIGKILL');
  });
});

describe('undo', () => {
  it('has nothing to undo at first, which is fine; knows no other run; and asks before', async () => {
    const { run } = await setUp();
    expect(await run('undo', '--yes')).toMatchObject({ code: 0 });
    for (const id of ['20260101T000000-00000000', '../x', '']) {
      expect(await run('undo', id, '--yes'), id).toMatchObject({ code: 2 });
    }
    await run('fix', 'AADSTS50173', '--yes');
    expect(await run('undo')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
  });

  it('takes the newest run that can be undone, and says what came of each entry', async () => {
    const { run, json, file } = await setUp();
    const [label = ''] = SAMPLE_STALE;
    await run('fix', 'AADSTS50173', '--yes');
    await changeSimulatedPc(file, ({ credentials }) => {
      const other = credentials[0];
      if (other) credentials.push({ ...other, target: label, secret: 'newer' });
    });
    const { code, document } = await json(RunSchema, 'undo', '--yes');
    expect(code).toBe(1);
    expect(document.undone).toEqual({
      restored: 2,
      already: 0,
      conflicts: [{ id: '0-0', label }],
      impossible: [],
    });
    const told = await run('undo', '--yes');
    expect(told.stdout).toContain(`undo ${document.id} --replace 0-0`);
    expect(await run('undo', document.id, '--replace', '0-0', '--yes')).toMatchObject({ code: 0 });
    expect(await run('undo', '--step', '0', '--yes')).toMatchObject({ code: 2 });
  });
});

describe('history and status', () => {
  it('tell of runs, newest first, and of none at first', async () => {
    const { run, json } = await setUp();
    expect(await run('history')).toMatchObject({ code: 0, stderr: expect.stringMatching(/simulated/i) });
    expect((await json(HistorySchema, 'history')).document.runs).toEqual([]);
    await run('fix', 'AADSTS50173', '--yes');
    await run('undo', '--yes');
    await run('fix', '0x8004dec5', '--yes');
    const { runs } = (await json(HistorySchema, 'history')).document;
    const ids = runs.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(runs.map(({ failure, status }) => `${failure.code} ${status}`))).toEqual(
      new Set(['0x8004dec5 fixed', 'AADSTS50173 undone']),
    );
    const plain = await run('history');
    expect(plain.stdout).toContain('0x8004dec5');
    expect(await run('history', '--clear')).toMatchObject({ code: 2 });
    expect((await json(HistorySchema, 'history')).document.runs).toHaveLength(2);
    expect(
      (await json(v.looseObject({ undoable: v.number(), machine: v.string() }), 'status')).document,
    ).toMatchObject({
      undoable: 1,
      machine: 'simulated',
      run: null,
    });
    expect((await json(HistorySchema, 'history', '--clear', '--yes')).document).toEqual({
      runs: [],
      incidents: [],
      recurrences: [],
    });
  });
});
