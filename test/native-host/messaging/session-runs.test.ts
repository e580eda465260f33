import { describe, expect, it } from 'vitest';
import type { Plan, StartChoice } from '../../../common/plan.ts';
import type { Run } from '../../../common/run.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { connect } from '../../harness/host/connection.ts';
import type { FrameClient } from '../../harness/host/frame-client.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const failure = { code: 'AADSTS50173', category: 'local', time: '2026-11-22T12:00:00.000Z' };
const all = targets(samplePc());

/** What the host does by itself. */
const own = ['purge-credentials', 'reset-onedrive'];
const everything = ({ steps }: Plan): StartChoice['chosen'] =>
  steps
    .filter(({ remedy }) => own.includes(remedy))
    .map(({ remedy, items }) => ({ remedy, items: items.map(({ id }) => id) }));

async function begun(pc = samplePc()) {
  const test = await testPc(pc);
  const connection = connect(test.machine);
  const { client } = connection;
  await client.hello();
  const plan = await client.ask('plan', { failure });
  const start = (chosen = everything(plan)) => client.ask('run.start', { planId: plan.id, chosen });
  return { ...test, ...connection, plan, start };
}

const statuses = ({ steps }: Run) => steps.map(({ status }) => status);

/** How a run of both steps ends when each verification is answered so. */
async function runAnswered(client: FrameClient, start: () => Promise<Run>, ...answers: [string, string?][]) {
  const { id } = await start();
  for (const [outcome, code] of answers) {
    await client.answerVerify({ outcome, ...(code ? { code } : {}) } as never);
  }
  await client.until(() => client.runs().at(-1)?.endedAt !== undefined);
  const run = client.runs().at(-1) as Run;
  expect(run.id).toBe(id);
  return run;
}

describe('a run', () => {
  it('changes the chosen items only, asks for verification, and is fixed when sign-in works', async () => {
    const { client, read, plan, start } = await begun();
    const purge = plan.steps.find(({ remedy }) => remedy === 'purge-credentials');
    const items = purge?.items.slice(0, 2).map(({ id }) => id) ?? [];
    const first = await start([{ remedy: 'purge-credentials', items }]);
    expect(first.status).toBe('running');
    const { params } = await client.asked();
    expect(params).toEqual({ runId: first.id, code: 'AADSTS50173' });
    expect(targets(read())).toEqual(all.filter((target) => !SAMPLE_STALE.slice(0, 2).includes(target)));
    expect((await client.ask('run.get')).run).toMatchObject({ id: first.id, status: 'running' });
    client.send({ jsonrpc: '2.0', id: 1, result: { outcome: 'works' } });
    const run = await client.told('fixed');
    expect(run).toMatchObject({ canUndo: true, steps: [{ done: 2, total: 2, status: 'done' }] });
    expect((await client.ask('run.get')).run).toBeNull();
  });

  it('tells every change, each with a higher revision than the one before', async () => {
    const { client, start } = await begun();
    await start();
    await client.answerVerify({ outcome: 'works' });
    await client.told('fixed');
    const revisions = client.runs().map(({ revision }) => revision);
    expect(revisions.length).toBeGreaterThan(8);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    const activities = client.runs().flatMap(({ steps }) => steps.map(({ activity }) => activity?.id));
    const seen = [...new Set(activities.filter(Boolean))];
    expect(seen).toEqual(['looking', 'backing-up', 'removing', 'signing-in']);
  });

  it.each<[string, [string, string?][], Run['status'], string[]]>([
    ['works', [['works']], 'fixed', ['done', 'waiting']],
    ['fails, then works', [['fails', 'AADSTS50173'], ['works']], 'fixed', ['done', 'done']],
    ['fails without a code, then works', [['fails'], ['works']], 'fixed', ['done', 'done']],
    ['fails with another code', [['fails', 'AADSTS53003']], 'not-fixed', ['done', 'waiting']],
    ['fails to the end', [['fails'], ['fails']], 'not-fixed', ['done', 'done']],
    ['needs the user', [['needs-user']], 'needs-user', ['done', 'waiting']],
    ['cannot be told', [['unknown']], 'unverified', ['done', 'waiting']],
  ])('ends as it must when sign-in %s', async (_, answers, status, steps) => {
    const { client, start } = await begun();
    const run = await runAnswered(client, start, ...answers);
    expect(run.status).toBe(status);
    expect(statuses(run)).toEqual(steps);
  });

  it('takes a verification that breaks the contract for one that nobody could tell', async () => {
    const { client, start } = await begun();
    await start();
    const { id } = await client.asked();
    client.send({ jsonrpc: '2.0', id, result: { outcome: 'works', token: 'secret' } });
    expect((await client.told('unverified')).steps[0]?.verification?.outcome).toBe('unknown');
  });

  it('goes unverified when the browser answers with an error', async () => {
    const { client, start } = await begun();
    await start();
    const { id } = await client.asked();
    client.send({
      jsonrpc: '2.0',
      id,
      error: { code: -32603, message: 'internal', data: { kind: 'internal' } },
    });
    expect(await client.told('unverified')).toBeDefined();
  });

  it('finishes the step that is going on when it is cancelled, and does no more', async () => {
    const { client, read, start } = await begun({ ...samplePc(), paceMs: 50 });
    const { id } = await start();
    await client.until(() => client.runs().some(({ steps }) => steps[0]?.activity?.id === 'removing'));
    await client.ask('run.cancel', { runId: id });
    const run = await client.told('cancelled');
    expect(run).toMatchObject({
      canUndo: true,
      steps: [{ status: 'done', done: 3 }, { status: 'waiting' }],
    });
    expect(run.steps[0]).not.toHaveProperty('verification');
    expect(targets(read())).toEqual(all.filter((target) => !SAMPLE_STALE.includes(target)));
    expect(await client.refusal('run.cancel', { runId: id })).toBe('run-unknown');
  });

  it('is undone on request, once, and stands in the history', async () => {
    const { client, read, start } = await begun();
    const { id } = await runAnswered(client, start, ['works']);
    expect(await client.refusal('run.finish', { runId: id })).toBe('run-unknown');
    await client.ask('run.undo', { runId: id });
    const undone = await client.told('undone');
    expect(undone.undone).toEqual({ restored: 3, already: 0, conflicts: [], impossible: [] });
    expect(targets(read()).sort()).toEqual([...all].sort());
    expect(await client.refusal('run.undo', { runId: id })).toBe('nothing-to-undo');
    const { runs } = await client.ask('history');
    expect(runs).toMatchObject([{ id, status: 'undone', canUndo: false }]);
  });

  it('ends as failed with the PC’s own problem, and what was done can be undone', async () => {
    const denied = {
      operation: 'credentials.remove',
      match: SAMPLE_STALE[1],
      problem: 'access-denied',
    } as const;
    const { client, read, start } = await begun({ ...samplePc(), faults: [denied] } as never);
    const { id } = await start();
    const run = await client.told('failed');
    expect(run).toMatchObject({
      canUndo: true,
      steps: [{ status: 'failed', done: 1, problem: { kind: 'access-denied' } }, {}],
    });
    await client.ask('run.undo', { runId: id });
    expect((await client.told('undone')).undone).toMatchObject({ restored: 1, conflicts: [] });
    expect(targets(read()).sort()).toEqual([...all].sort());
  });
});

describe('the browser’s own part', () => {
  const asked = async () => {
    const test = await begun();
    const step = test.plan.steps.find(({ remedy }) => remedy === 'clear-browser-session');
    const items = step?.items.map(({ id }) => id) ?? [];
    const run = await test.start([
      { remedy: 'clear-browser-session', items },
      { remedy: 'purge-credentials', items: ['credential-0', 'credential-1', 'credential-2'] },
    ]);
    const question = await test.client.until(({ method }) => method === 'session.clear');
    expect(question.params).toEqual({ runId: run.id });
    return { ...test, id: question.id };
  };

  it('is asked for once, and sign-in is tried after it', async () => {
    const { client, id } = await asked();
    client.send({ jsonrpc: '2.0', id, result: { outcome: 'cleared', cookies: 7 } });
    await client.answerVerify({ outcome: 'works' });
    expect(statuses(await client.told('fixed'))).toEqual(['done', 'waiting']);
  });

  it('where it is refused, fails alone: the next step follows', async () => {
    const { client, id } = await asked();
    client.send({ jsonrpc: '2.0', id, result: { outcome: 'refused', cookies: 0 } });
    await client.answerVerify({ outcome: 'works' });
    expect(await client.told('fixed')).toMatchObject({
      steps: [{ status: 'failed', problem: { kind: 'permission-refused' } }, { status: 'done' }],
    });
  });
});

describe('a start is refused', () => {
  it('with `plan-stale` for a plan that this host did not make, or made too long ago', async () => {
    const { client, plan, start } = await begun();
    expect(await client.refusal('run.start', { planId: 'other', chosen: [] })).toBe('plan-stale');
    for (let n = 0; n < 8; n++) await client.ask('plan', { failure });
    expect(await client.refusal('run.start', { planId: plan.id, chosen: everything(plan) })).toBe(
      'plan-stale',
    );
    await expect(start()).rejects.toThrow('plan-stale');
  });

  it('with `item-unknown` for an item of no or of another step', async () => {
    const { client, plan, read } = await begun();
    const chosen = (remedy: string, item: string) => ({
      planId: plan.id,
      chosen: [{ remedy, items: [item] }],
    });
    expect(await client.refusal('run.start', chosen('purge-credentials', 'credential-99'))).toBe(
      'item-unknown',
    );
    expect(await client.refusal('run.start', chosen('reset-onedrive', 'credential-0'))).toBe('item-unknown');
    expect(targets(read())).toEqual(all);
  });

  it('with `nothing-chosen` when no item is chosen', async () => {
    const { client, plan } = await begun();
    const none = plan.steps.map(({ remedy }) => ({ remedy, items: [] }));
    expect(await client.refusal('run.start', { planId: plan.id, chosen: none })).toBe('nothing-chosen');
    expect(await client.refusal('run.start', { planId: plan.id, chosen: [] })).toBe('nothing-chosen');
  });

  it('with `run-busy` while a run goes on, as are an undo and a finish', async () => {
    const { client, plan, start } = await begun();
    const { id } = await start();
    await client.asked();
    expect(await client.refusal('run.start', { planId: plan.id, chosen: everything(plan) })).toBe('run-busy');
    expect(await client.refusal('run.undo', { runId: id })).toBe('run-busy');
    expect(await client.refusal('run.finish', { runId: id })).toBe('run-busy');
    client.send({ jsonrpc: '2.0', id: 1, result: { outcome: 'works' } });
    expect(await client.told('fixed')).toMatchObject({ id });
  });
});
