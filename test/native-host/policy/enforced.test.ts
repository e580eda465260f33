/** No message and no command runs what policy does not allow, whenever that came to be so. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../common/plan.ts';
import type { RemedyId } from '../../../common/remedies.ts';
import type { Run } from '../../../common/run.ts';
import type { SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { Journal } from '../../../native-host/runs/store.ts';
import { connect } from '../../harness/host/connection.ts';
import { changePolicy, type PolicyWish, policyPc } from '../../harness/policy-pc.ts';
import { beginOf, failure, RUN_ID, TIME } from '../../harness/run-records.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const off = (...ids: RemedyId[]): PolicyWish => ({
  remedies: Object.fromEntries(ids.map((id) => [id, 'off'])),
});
const wish: PolicyWish = { remedies: { 'purge-credentials': 'approval' } };
const approvedUntil = (time: number): PolicyWish => ({
  ...wish,
  approvals: { 'purge-credentials': new Date(time).toISOString() },
});
const LATER = Date.now() + 3_600_000;

async function greeted(...wishes: PolicyWish[]) {
  const pc = await policyPc(...wishes);
  const { client } = connect(pc.machine);
  await client.hello();
  const plan = (...only: RemedyId[]) => client.ask('plan', { failure, ...(only.length > 0 ? { only } : {}) });
  const start = ({ id, steps }: Plan, ...remedies: RemedyId[]) => ({
    planId: id,
    chosen: steps
      .filter(({ remedy }) => remedies.includes(remedy))
      .map(({ remedy, items }) => ({ remedy, items: items.map((item) => item.id) })),
  });
  const ended = async () => {
    await client.until(() => client.runs().at(-1)?.endedAt !== undefined);
    return client.runs().at(-1) as Run;
  };
  return { ...pc, client, plan, start, ended, untouched: sameAs(pc.read()) };
}

/** Whether a PC is still as it was, but for its policy. */
function sameAs({ credentials, processes, files }: SimulatedPc) {
  return (now: SimulatedPc) => expect({ ...now, log: [] }).toMatchObject({ credentials, processes, files });
}

const kinds = ({ steps }: Run) => steps.map(({ status, problem }) => problem?.kind ?? status);

describe('behind hello', () => {
  it('the host says what is off, what needs an approval and until when, and where the help desk is', async () => {
    const desk = { HelpDesk: { type: 'REG_SZ', value: 'it@contoso.example' } } as const;
    const { client } = await greeted({
      ...approvedUntil(LATER),
      remedies: { ...wish.remedies, 'reset-onedrive': 'off', 'flush-dns': 'allowed' },
      values: desk,
    });
    expect(await client.policy()).toMatchObject({
      helpDesk: 'it@contoso.example',
      remedies: [
        { remedy: 'purge-credentials', rule: 'approval', until: new Date(LATER).toISOString() },
        { remedy: 'reset-onedrive', rule: 'off' },
      ],
    });
  });
});

describe('a plan', () => {
  it('leaves out what is off or not approved, says which, also where the person named it', async () => {
    const { plan } = await greeted({ remedies: { ...wish.remedies, 'reset-onedrive': 'off' } });
    const because = [
      { remedy: 'purge-credentials', because: 'needs-approval' },
      { remedy: 'reset-onedrive', because: 'forbidden' },
    ];
    expect((await plan()).leftOut).toEqual(expect.arrayContaining(because));
    expect(await plan('purge-credentials', 'reset-onedrive')).toMatchObject({ steps: [], leftOut: because });
  });

  it('has no item that could be started all the same', async () => {
    const { plan, start, client, read, untouched } = await greeted(off('purge-credentials'));
    const { id } = await plan('purge-credentials');
    const chosen = [{ remedy: 'purge-credentials', items: ['credential-0'] }];
    expect(await client.refusal('run.start', { planId: id, chosen })).toBe('item-unknown');
    expect(await client.refusal('run.start', start(await plan(), 'purge-credentials'))).toBe(
      'nothing-chosen',
    );
    untouched(read());
  });

  it('that was made before policy changed is no longer taken, and a new one says why', async () => {
    const { plan, start, client, file, read, untouched } = await greeted();
    const made = await plan();
    await changePolicy(file, off('purge-credentials'));
    expect(await client.refusal('run.start', start(made, 'purge-credentials'))).toBe('plan-stale');
    untouched(read());
    expect((await client.ask('history')).runs).toEqual([]);
    expect((await plan()).leftOut).toContainEqual({ remedy: 'purge-credentials', because: 'forbidden' });
  });
});

describe('an approval', () => {
  it.each<[string, PolicyWish, boolean]>([
    ['that holds lets it run', approvedUntil(LATER), true],
    ['that has run out does not', approvedUntil(Date.now() - 1000), false],
    [
      'of another remedy does not',
      { ...wish, approvals: { 'reset-onedrive': '2099-01-01T00:00:00Z' } },
      false,
    ],
  ])('%s', async (_, policy, runs) => {
    const { plan, start, client, read, ended } = await greeted(policy);
    const made = await plan('purge-credentials');
    expect(made.steps.map(({ remedy }) => remedy)).toEqual(runs ? ['purge-credentials'] : []);
    if (!runs) return;
    await client.ask('run.start', start(made, 'purge-credentials'));
    await client.answerVerify({ outcome: 'works' });
    expect((await ended()).status).toBe('fixed');
    expect(targets(read())).not.toContain(SAMPLE_STALE[0]);
  });

  it('that is taken back between plan and start no longer counts', async () => {
    const { plan, start, client, file } = await greeted(approvedUntil(LATER));
    const made = await plan('purge-credentials');
    await changePolicy(file, approvedUntil(Date.now() - 1000));
    expect(await client.refusal('run.start', start(made, 'purge-credentials'))).toBe('plan-stale');
  });
});

describe('a run', () => {
  it('does not begin the step that is turned off while the one before goes on', async () => {
    const { plan, start, client, file, read, ended } = await greeted();
    const { processes } = read();
    const both: RemedyId[] = ['purge-credentials', 'reset-onedrive'];
    await client.ask('run.start', start(await plan(...both), ...both));
    const { id } = await client.asked();
    await changePolicy(file, off('reset-onedrive'));
    client.send({ jsonrpc: '2.0', id, result: { outcome: 'fails' } });
    const run = await ended();
    expect([run.status, ...kinds(run)]).toEqual(['failed', 'done', 'turned-off']);
    expect(read().processes).toEqual(processes);
  });

  it('goes on with what is still allowed', async () => {
    const { plan, start, client, file, read, ended } = await greeted();
    const both: RemedyId[] = ['reset-onedrive', 'purge-credentials'];
    const made = await plan('check-clock', ...both);
    await client.ask('run.start', start(made, 'check-clock', ...both));
    const { id: runId } = await client.told('your-turn');
    await changePolicy(file, off('reset-onedrive'));
    await client.ask('run.continue', { runId, answer: 'skip' });
    await client.answerVerify({ outcome: 'works' });
    expect(kinds(await ended())).toEqual(['skipped', 'turned-off', 'done']);
    expect(targets(read())).not.toContain(SAMPLE_STALE[0]);
  });

  it.each([
    ['done', 'done'],
    ['skip', 'skipped'],
  ] as const)('that waits for the person is not a way around it: %s', async (answer, status) => {
    const { plan, start, client, file, read, ended, untouched } = await greeted();
    const made = await plan('check-clock', 'purge-credentials');
    await client.ask('run.start', start(made, 'check-clock', 'purge-credentials'));
    const { id: runId } = await client.told('your-turn');
    await changePolicy(file, { remedies: { 'check-clock': 'off', ...wish.remedies } });
    expect(await client.refusal('guide.open', { runId, link: 'clock-settings' })).toBe('turned-off');
    await client.ask('run.continue', { runId, answer });
    if (answer === 'done') await client.answerVerify({ outcome: 'fails' });
    expect(kinds(await ended())).toEqual([status, 'needs-approval']);
    untouched(read());
  });

  it('that was cut off does not go on with it', async () => {
    const { machine, file, client, read, ended, untouched } = await greeted();
    await interrupted(machine.stateFolder);
    await changePolicy(file, off('purge-credentials', 'reset-onedrive'));
    await client.ask('run.finish', { runId: RUN_ID });
    const run = await ended();
    expect([run.status, ...kinds(run)]).toEqual(['failed', 'turned-off', 'turned-off']);
    untouched(read());
  });

  it('that was cut off within it ends there, to be put back', async () => {
    const { machine, file, client, read, ended, untouched } = await greeted();
    await interrupted(machine.stateFolder, true);
    await changePolicy(file, off('purge-credentials'));
    await client.ask('run.finish', { runId: RUN_ID });
    expect(kinds(await ended())).toEqual(['turned-off', 'waiting']);
    untouched(read());
  });

  it('can be undone whatever policy says by then', async () => {
    const { plan, start, client, file, read } = await greeted();
    const before = targets(read()).sort();
    const { id: runId } = await client.ask('run.start', start(await plan(), 'purge-credentials'));
    await client.answerVerify({ outcome: 'works' });
    await client.told('fixed');
    await changePolicy(file, off('purge-credentials'));
    await client.ask('run.undo', { runId });
    await client.told('undone');
    expect(targets(read()).sort()).toEqual(before);
  });
});

/** Leaves a run behind as a host does that dies: at its start, or within its first step. */
async function interrupted(stateFolder: string, within = false): Promise<void> {
  const journal = await Journal.create(`${stateFolder}/runs`, beginOf(2, true));
  if (within) {
    await journal.add({ type: 'step', step: 0, time: TIME });
    await journal.add({ type: 'backed-up', step: 0, gone: [], changed: [] });
  }
  await journal.close();
}

it('nothing of this holds on a PC without a policy', async () => {
  const { machine } = await testPc();
  const { client } = connect(machine);
  await client.hello();
  expect((await client.policy()).remedies).toEqual([]);
  const { leftOut } = await client.ask('plan', { failure });
  expect(leftOut.map(({ because }) => because)).not.toContain('forbidden');
});
