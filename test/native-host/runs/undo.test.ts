/** Undo of a step, undo that replaces what came since, and undo in any order. */
import { describe, expect, it } from 'vitest';
import type { RemedyId } from '../../../common/remedies.ts';
import { changeSimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import { everything } from '../../../native-host/runs/choice.ts';
import { isOccupied, visit } from '../../../native-host/runs/meeting-point.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { belongings } from '../../harness/mortal/mortal-run.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { failure } from '../../harness/run-records.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const [A = '', B = ''] = SAMPLE_STALE;
const LOCAL = 'C:\\Users\\ada\\AppData\\Local\\Microsoft';

async function ran(only: RemedyId[] = ['clear-identity-cache', 'purge-credentials']) {
  const pc = await testPc({ ...samplePc(), signIn: { code: 'AADSTS50020', cause: 'stale-credentials' } });
  const { host, ended } = runHostOf(pc.machine);
  const before = pc.read();
  const made = await host.plan({ ...failure, code: 'AADSTS50020' }, { only });
  const run = await ended(host.start(made.plan.id, everything(made)));
  expect(run.status).toBe('fixed');
  return { ...pc, host, ended, run, before };
}

const anew = (secret: string) => ({
  ...samplePc().credentials.find(({ target }) => target === A),
  secret,
  stale: false,
});

describe('undo of one step', () => {
  it('leaves the other as it is, and that one can be undone later', async () => {
    const { host, ended, run, before, read } = await ran();
    const first = await ended(host.undo({ runId: run.id, steps: [1] }));
    expect(first).toMatchObject({
      status: 'undone',
      canUndo: true,
      steps: [{ canUndo: true }, { canUndo: false }],
      undone: { restored: 3, conflicts: [], impossible: [] },
    });
    expect(targets(read())).toContain(A);
    expect(read().quarantine).not.toEqual({});
    const rest = await ended(host.undo({ runId: run.id }));
    expect(rest).toMatchObject({ status: 'undone', canUndo: false });
    expect(belongings(read())).toEqual(belongings(before));
    expect((await problemOf(host.undo({ runId: run.id, steps: [0] }))).kind).toBe('nothing-to-undo');
  });

  it('in the other order ends the same', async () => {
    const { host, ended, run, before, read } = await ran();
    await ended(host.undo({ runId: run.id, steps: [0] }));
    expect(targets(read())).not.toContain(A);
    await ended(host.undo({ runId: run.id, steps: [1] }));
    expect(belongings(read())).toEqual(belongings(before));
  });
});

describe('what exists anew', () => {
  it('gives way only where the person says so, and is copied before', async () => {
    const { host, ended, run, before, read, file } = await ran(['purge-credentials']);
    await changeSimulatedPc(file, (pc) => {
      pc.credentials.push(anew('newer') as (typeof pc.credentials)[number]);
    });
    const asked = await ended(host.undo({ runId: run.id }));
    expect(asked.undone?.conflicts).toEqual([{ id: '0-0', label: A }]);
    expect(read().credentials.find(({ target }) => target === A)?.secret).toBe('newer');
    const replaced = await ended(host.undo({ runId: run.id, replace: ['0-0'] }));
    expect(replaced).toMatchObject({ canUndo: false, undone: { restored: 3, conflicts: [] } });
    expect(belongings(read())).toEqual(belongings(before));
  });

  it('of several gives way one by one', async () => {
    const { host, ended, run, read, file } = await ran(['purge-credentials']);
    await changeSimulatedPc(file, (pc) => {
      const newer = anew('newer') as (typeof pc.credentials)[number];
      pc.credentials.push(newer, { ...newer, target: B });
    });
    await ended(host.undo({ runId: run.id }));
    const one = await ended(host.undo({ runId: run.id, replace: ['0-1'] }));
    expect(one.undone?.conflicts.map(({ id }) => id)).toEqual(['0-0']);
    const secrets = read().credentials.filter(({ target }) => target === A || target === B);
    expect(secrets.map(({ target, secret }) => [target, secret === 'newer'])).toEqual(
      expect.arrayContaining([
        [A, true],
        [B, false],
      ]),
    );
  });

  it('of a folder is set aside, not overwritten', async () => {
    const { host, ended, run, read, file } = await ran(['clear-identity-cache', 'purge-credentials']);
    const newer = `${LOCAL}\\OneAuth\\newer.json`;
    await changeSimulatedPc(file, (pc) => {
      pc.files.push(newer);
    });
    const { undone } = await ended(host.undo({ runId: run.id }));
    const [conflict] = undone?.conflicts ?? [];
    expect(conflict?.label).toMatch(/OneAuth/);
    await ended(host.undo({ runId: run.id, replace: [conflict?.id ?? ''] }));
    const paths = JSON.stringify(read().files);
    expect(paths).not.toContain('newer.json');
    expect(JSON.stringify(read().quarantine)).toContain('newer.json');
  });
});

describe('deleting the history', () => {
  it('deletes runs, backups and what was set aside; nothing can be undone after that', async () => {
    const { host, run, read } = await ran();
    expect(read().quarantine).not.toEqual({});
    expect(await host.past.clear()).toEqual({ runs: [], incidents: [], recurrences: [] });
    expect(read().quarantine).toEqual({});
    expect((await problemOf(host.undo({ runId: run.id }))).kind).toBe('run-unknown');
  });

  it.each(['clear', 'remove'] as const)(
    '%s: meanwhile no host takes up what is being deleted, nor waits for who deletes it',
    async (how) => {
      const { machine, run } = await ran();
      const meanwhile: unknown[] = [];
      const forget = async (name: string) => {
        meanwhile.push((await problemOf(runHostOf(machine).host.undo({ runId: run.id }))).kind);
        meanwhile.push(await visit(machine.stateFolder));
        await machine.files.forget(name);
      };
      const { host } = runHostOf({ ...machine, files: { ...machine.files, forget } });
      await host.past[how]();
      expect(meanwhile).toEqual(['run-busy', undefined]);
      expect(await isOccupied(machine.stateFolder)).toBe(false);
    },
  );
});
