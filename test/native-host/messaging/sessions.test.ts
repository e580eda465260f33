import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../common/plan.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { connect, Dam } from '../../harness/host/connection.ts';
import type { FrameClient } from '../../harness/host/frame-client.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';
import { waitFor } from '../../harness/wait-for.ts';

const failure = { code: 'AADSTS50173', category: 'local', time: '2026-11-22T12:00:00.000Z' };

const purge = ({ id, steps }: Plan) => ({
  planId: id,
  chosen: steps
    .filter(({ remedy }) => remedy === 'purge-credentials')
    .map(({ remedy, items }) => ({ remedy, items: items.map((item) => item.id) })),
});

async function startPurge(client: FrameClient) {
  await client.hello();
  return client.ask('run.start', purge(await client.ask('plan', { failure })));
}

describe('the host', () => {
  it('ends when the port closes and nothing runs', async () => {
    const { machine } = await testPc();
    const { client, served, hangUp } = connect(machine);
    await client.hello();
    hangUp();
    await expect(served).resolves.toBeUndefined();
  });

  it('finishes a run whose browser went away for good, unverified, and only then ends', async () => {
    const { machine, read } = await testPc({ ...samplePc(), paceMs: 20 });
    const { client, served, hangUp } = connect(machine, { comeBack: 1 });
    const { id } = await startPurge(client);
    hangUp();
    await served;
    expect(targets(read())).not.toEqual(expect.arrayContaining(SAMPLE_STALE));
    const next = connect(machine).client;
    await next.hello();
    expect((await next.ask('history')).runs).toMatchObject([{ id, status: 'unverified', canUndo: true }]);
  });
});

describe('a browser that comes back', () => {
  it('finds the run by another host, follows it, and answers the verification', async () => {
    const { machine } = await testPc();
    const first = connect(machine);
    const { id } = await startPurge(first.client);
    await first.client.asked();
    first.hangUp();

    const second = connect(machine);
    expect((await second.client.hello()).run).toMatchObject({
      id,
      status: 'running',
      steps: [{ status: 'verifying' }],
    });
    await second.client.answerVerify({ outcome: 'works' });
    expect((await second.client.told('fixed')).id).toBe(id);
    second.hangUp();
    await expect(Promise.all([first.served, second.served])).resolves.toBeDefined();
  });

  it('is asked when the one before said hello and then went away without an answer', async () => {
    const { machine } = await testPc();
    const first = connect(machine);
    await startPurge(first.client);
    await first.client.asked();
    const second = connect(machine);
    await second.client.hello();
    first.hangUp();
    await second.client.answerVerify({ outcome: 'works' });
    expect(await second.client.told('fixed')).toBeDefined();
  });

  it('may cancel, undo and read the history by the host that has the run', async () => {
    const { machine, read } = await testPc();
    const first = connect(machine);
    const { id } = await startPurge(first.client);
    await first.client.asked();
    const second = connect(machine);
    await second.client.hello();
    first.client.send({ jsonrpc: '2.0', id: 1, result: { outcome: 'works' } });
    await Promise.all([first.client.told('fixed'), second.client.told('fixed')]);
    await second.client.ask('run.undo', { runId: id });
    await Promise.all([first.client.told('undone'), second.client.told('undone')]);
    expect(targets(read())).toEqual(expect.arrayContaining(SAMPLE_STALE));
    expect((await second.client.ask('history')).runs).toMatchObject([{ id, status: 'undone' }]);
  });
});

describe('two hosts at once', () => {
  it('carry out one run: the second start is refused and changes nothing', async () => {
    const { machine } = await testPc();
    const [first, second] = [connect(machine), connect(machine)];
    await second.client.hello();
    const plan = await second.client.ask('plan', { failure });
    await startPurge(first.client);
    await first.client.asked();
    expect(await second.client.refusal('run.start', purge(plan))).toBe('run-busy');
    first.client.send({ jsonrpc: '2.0', id: 1, result: { outcome: 'works' } });
    await first.client.told('fixed');
    expect((await second.client.ask('history')).runs).toHaveLength(1);
  });

  it('carry out one after the other: the place is free as soon as the end is told', async () => {
    const { machine } = await testPc();
    const first = connect(machine);
    const { id } = await startPurge(first.client);
    await first.client.answerVerify({ outcome: 'works' });
    await first.client.told('fixed');
    const second = connect(machine);
    await second.client.hello();
    await second.client.ask('run.undo', { runId: id });
    expect(await second.client.told('undone')).toMatchObject({ id });
  });
});

describe('a browser that stops reading', () => {
  it('does not hold the run up, and finds a bounded number of messages when it reads again', async () => {
    const count = 200;
    const target = (n: number) => `MicrosoftOffice16_Data:SSPI:${n}`;
    const credentials = Array.from({ length: count }, (_, n) => ({ target: target(n), stale: true }));
    const { machine, read } = await testPc({ credentials });
    const dam = new Dam();
    const { client } = connect(machine, { through: dam });
    await startPurge(client);
    dam.shut();
    await waitFor(() => read().credentials.length === 0, 'all entries to be removed');
    dam.open();
    await client.answerVerify({ outcome: 'works' });
    const { revision } = await client.told('fixed');
    // One change and more for each entry's copy, and two for its removal; 100 frames may wait, and some bytes.
    expect(revision).toBeGreaterThan(3 * count);
    expect(client.runs().length).toBeLessThan(200);
  });
});
