/** Runs that wait for the person, and go on when they say so. */
import { describe, expect, it } from 'vitest';
import type { RemedyId } from '../../../common/remedies.ts';
import { changeSimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import { everything } from '../../../native-host/runs/choice.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { failure } from '../../harness/run-records.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const only: RemedyId[] = ['check-clock', 'purge-credentials'];

async function waiting(cause: 'settings' | 'stale-credentials' = 'stale-credentials') {
  const pc = await testPc({ ...samplePc(), signIn: { code: 'AADSTS50173', cause } });
  const { host, ended } = runHostOf(pc.machine);
  const made = await host.plan(failure, { only });
  const run = await ended(host.start(made.plan.id, everything(made)));
  return { ...pc, host, ended, run };
}

describe('a guide', () => {
  it('waits for the person, nothing goes on meanwhile, and another host finds it', async () => {
    const { host, run, machine } = await waiting();
    expect(run).toMatchObject({
      status: 'your-turn',
      steps: [{ status: 'your-turn' }, { status: 'waiting' }],
    });
    expect(host.busy).toBe(false);
    expect(await runHostOf(machine).host.past.current()).toMatchObject({ id: run.id, status: 'your-turn' });
  });

  it('is verified when the person has done it; where it did not help, the next step follows', async () => {
    const { host, ended, run, read } = await waiting();
    expect(await ended(host.continue(run.id, 'done'))).toMatchObject({
      status: 'fixed',
      steps: [
        { status: 'done', verification: { outcome: 'fails' } },
        { status: 'done', verification: { outcome: 'works' } },
      ],
    });
    expect(targets(read())).not.toContain(SAMPLE_STALE[0]);
  });

  it('that helped is the last step', async () => {
    const { host, ended, run, read } = await waiting('settings');
    await host.openGuide(run.id, 'clock-settings');
    expect(read().log.at(-1)).toMatchObject({
      operation: 'processes.open',
      subject: 'ms-settings:dateandtime',
    });
    expect(await ended(host.continue(run.id, 'done'))).toMatchObject({
      status: 'fixed',
      steps: [{ verification: { outcome: 'works' } }, { status: 'waiting' }],
    });
    expect(targets(read())).toContain(SAMPLE_STALE[0]);
  });

  it('can be skipped: it is not verified, and the next step follows', async () => {
    const { host, ended, run } = await waiting();
    const { steps, status } = await ended(host.continue(run.id, 'skip'));
    expect(steps[0]).toMatchObject({ status: 'skipped' });
    expect(steps[0]).not.toHaveProperty('verification');
    expect(status).toBe('fixed');
  });

  it('can be given up: the run has ended, and nothing was changed', async () => {
    const { host, ended, run, read } = await waiting();
    expect(await ended(host.cancel(run.id))).toMatchObject({
      status: 'cancelled',
      steps: [{ status: 'cancelled' }, { status: 'waiting' }],
    });
    expect(targets(read())).toContain(SAMPLE_STALE[0]);
    expect((await problemOf(host.continue(run.id, 'done'))).kind).toBe('run-unknown');
    expect(await host.past.current()).toBeNull();
  });

  it('that waits is given up by the start of another run', async () => {
    const { host, ended, run } = await waiting();
    const made = await host.plan(failure, { only: ['purge-credentials'] });
    const next = await ended(host.start(made.plan.id, everything(made)));
    const { runs } = await host.past.history();
    expect(runs.find(({ id }) => id === run.id)?.status).toBe('cancelled');
    expect(runs.find(({ id }) => id === next.id)?.status).toBe('fixed');
  });

  it('opens only where it leads to, and only while it waits', async () => {
    const { host, ended, run } = await waiting();
    expect((await problemOf(host.openGuide(run.id, 'vpn-settings'))).kind).toBe('item-unknown');
    await ended(host.cancel(run.id));
    expect((await problemOf(host.openGuide(run.id, 'clock-settings'))).kind).toBe('run-unknown');
  });

  it('that waited while the PC was repaired otherwise finds sign-in working', async () => {
    const { host, ended, run, file } = await waiting();
    await changeSimulatedPc(file, (pc) => {
      pc.signIn.cause = 'none';
    });
    expect((await ended(host.continue(run.id, 'done'))).status).toBe('fixed');
  });
});
