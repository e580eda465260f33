import { describe, expect, it } from 'vitest';
import type { StartChoice } from '../../../common/plan.ts';
import type { RemedyId } from '../../../common/remedies.ts';
import type { Run } from '../../../common/run.ts';
import {
  changeSimulatedPc,
  type SimulatedPc,
  samplePc,
} from '../../../native-host/machine/simulated/index.ts';
import { everything } from '../../../native-host/runs/choice.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { failure } from '../../harness/run-records.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const all = targets(samplePc());
const [A = '', B = '', C = ''] = SAMPLE_STALE;
const only: RemedyId[] = ['purge-credentials', 'reset-onedrive'];
const purgeOnly: StartChoice['chosen'] = [
  { remedy: 'purge-credentials', items: ['credential-0', 'credential-1', 'credential-2'] },
];

async function setUp(change: Partial<SimulatedPc> = {}, chosen?: StartChoice['chosen']) {
  const pc = await testPc({ ...samplePc(), ...change });
  const test = runHostOf(pc.machine);
  const run = async (): Promise<Run> => {
    const made = await test.host.plan(failure, { only });
    return test.ended(test.host.start(made.plan.id, chosen ?? everything(made)));
  };
  return { ...pc, ...test, run };
}

const fault = (
  operation: SimulatedPc['faults'][number]['operation'],
  problem: 'disk-full' | 'access-denied',
  match?: string,
  times?: number,
) => ({
  faults: [{ operation, problem, ...(match ? { match } : {}), ...(times ? { times } : {}) }],
});

describe.each(['access-denied', 'disk-full'] as const)('%s', (problem) => {
  it.each(['credentials.protect', 'credentials.readable'] as const)(
    'while copying (%s) ends the run before anything is removed',
    async (operation) => {
      const { run, read } = await setUp(fault(operation, problem, B));
      expect(await run()).toMatchObject({
        status: 'failed',
        canUndo: false,
        steps: [{ status: 'failed', problem: { kind: problem }, done: 0 }, { status: 'waiting' }],
      });
      expect(targets(read())).toEqual(all);
    },
  );

  it('while removing ends the run there, and what was removed comes back', async () => {
    const { run, read, host, ended } = await setUp(fault('credentials.remove', problem, B));
    const failed = await run();
    expect(failed).toMatchObject({
      status: 'failed',
      canUndo: true,
      steps: [{ problem: { kind: problem }, done: 1 }, {}],
    });
    expect(targets(read())).toEqual(all.filter((target) => target !== A));
    expect((await ended(host.undo({ runId: failed.id }))).undone).toMatchObject({
      restored: 1,
      already: 2,
      conflicts: [],
      impossible: [],
    });
    expect(targets(read()).sort()).toEqual([...all].sort());
  });

  it('while putting back stops the undo, which can go on later and brings everything back', async () => {
    const { run, read, host, ended, file } = await setUp({}, purgeOnly);
    const { id } = await run();
    await changeSimulatedPc(
      file,
      (pc) => void Object.assign(pc, fault('credentials.restore', problem, B, 1)),
    );
    const stopped = await ended(host.undo({ runId: id }));
    expect(stopped).toMatchObject({
      status: 'failed',
      canUndo: true,
      steps: [{ problem: { kind: problem } }],
    });
    expect(targets(read())).toContain(C);
    expect(targets(read())).not.toContain(A);
    expect((await host.past.current())?.status).toBe('interrupted');
    expect(await ended(host.finish(id))).toMatchObject({ status: 'undone', undone: { restored: 3 } });
    expect(targets(read()).sort()).toEqual([...all].sort());
  });
});

describe('a copy that cannot be read back', () => {
  it('ends the run before anything is removed', async () => {
    const { run, read } = await setUp({
      faults: [{ operation: 'credentials.readable', match: B, problem: 'backup-unreadable' }],
    });
    expect(await run()).toMatchObject({
      status: 'failed',
      canUndo: false,
      steps: [{ problem: { kind: 'backup-unreadable', detail: B } }, {}],
    });
    expect(targets(read())).toEqual(all);
  });

  it('at the undo is impossible, and the others come back all the same', async () => {
    const { run, host, ended, file } = await setUp({}, purgeOnly);
    const { id } = await run();
    await changeSimulatedPc(file, (pc) => {
      pc.faults = [{ operation: 'credentials.restore', match: B, problem: 'backup-unreadable' }];
    });
    expect((await ended(host.undo({ runId: id }))).undone).toEqual({
      restored: 2,
      already: 0,
      conflicts: [],
      impossible: [{ label: B, why: 'backup-unreadable' }],
    });
  });
});

describe('an entry', () => {
  it('that is gone before its turn is no trouble, and nothing to undo', async () => {
    const { host, ended, read, file } = await setUp();
    const { plan } = await host.plan(failure, { only });
    await changeSimulatedPc(file, (pc) => {
      pc.credentials = pc.credentials.filter(({ target }) => target !== B);
    });
    const run = await ended(host.start(plan.id, purgeOnly));
    expect(run).toMatchObject({
      status: 'fixed',
      steps: [{ done: 3, total: 3, skipped: [{ label: B, because: 'gone' }] }],
    });
    expect((await ended(host.undo({ runId: run.id }))).undone).toEqual({
      restored: 2,
      already: 0,
      conflicts: [],
      impossible: [],
    });
    expect(targets(read())).not.toContain(B);
  });

  it('that exists anew is a conflict at the undo: it is kept to the last bit, and said', async () => {
    const { run, host, ended, read, file } = await setUp({}, purgeOnly);
    const { id } = await run();
    const anew = {
      ...samplePc().credentials.find(({ target }) => target === B),
      secret: 'new token',
      stale: false,
    };
    await changeSimulatedPc(
      file,
      (pc) => void pc.credentials.push(anew as SimulatedPc['credentials'][number]),
    );
    const undone = await ended(host.undo({ runId: id }));
    expect(undone).toMatchObject({
      status: 'undone',
      undone: { restored: 2, already: 0, conflicts: [{ id: '0-1', label: B }], impossible: [] },
    });
    expect(read().credentials.find(({ target }) => target === B)).toEqual(anew);
    // Should it go after all, its copy is still there.
    expect(undone.canUndo).toBe(true);
    await changeSimulatedPc(file, (pc) => {
      pc.credentials = pc.credentials.filter(({ target }) => target !== B);
    });
    expect(await ended(host.undo({ runId: id }))).toMatchObject({
      undone: { restored: 3, conflicts: [] },
      canUndo: false,
    });
    expect(targets(read()).sort()).toEqual([...all].sort());
  });
});

describe('an undo', () => {
  it('can be had once', async () => {
    const { run, host, ended } = await setUp({}, purgeOnly);
    const { id } = await run();
    expect((await ended(host.undo({ runId: id }))).status).toBe('undone');
    expect((await problemOf(host.undo({ runId: id }))).kind).toBe('nothing-to-undo');
  });

  it('of a whole run opens OneDrive’s set-up for its account and says that a reset stays', async () => {
    const { run, host, ended, read } = await setUp({ signIn: { code: 'AADSTS50173', cause: 'elsewhere' } });
    const { id, status } = await run();
    expect(status).toBe('not-fixed');
    const { undone } = await ended(host.undo({ runId: id }));
    expect(undone).toMatchObject({
      restored: 4,
      conflicts: [],
      impossible: [{ why: 'no-undo' }],
    });
    expect(read().log.filter(({ operation }) => operation === 'processes.open')).toMatchObject([
      { subject: 'odopen://sync?useremail=ada%40contoso.example', outcome: 'done' },
    ]);
  });
});
