import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { hostNotifications, MAX_TO_HOST, PROTOCOL } from '../../../common/contract.ts';
import { hostCheckIds } from '../../../common/findings.ts';
import { problemNumbers } from '../../../common/problem.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { VERSION } from '../../../native-host/version.ts';
import { noPolicy } from '../../fixtures/no-policy.ts';
import { connect } from '../../harness/host/connection.ts';
import { frameOf } from '../../harness/host/frame-client.ts';
import { silentServer } from '../../harness/network/tls-servers.ts';
import { SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const failure = { code: 'AADSTS50173', category: 'local', time: '2026-11-22T12:00:00.000Z' };

async function greeted(pc?: Parameters<typeof testPc>[0]) {
  const test = await testPc(pc);
  const connection = connect(test.machine);
  await connection.client.hello();
  return { ...test, ...connection };
}

describe('before hello', () => {
  it.each<[string, unknown]>([
    ['check', { scope: 'quick' }],
    ['check.cancel', {}],
    ['plan', { failure }],
    ['run.start', { planId: 'p', chosen: [] }],
    ['run.get', {}],
    ['run.cancel', { runId: 'r' }],
    ['run.finish', { runId: 'r' }],
    ['run.undo', { runId: 'r' }],
    ['history', {}],
  ])('%s is refused', async (method, params) => {
    const { machine } = await testPc();
    const { client } = connect(machine);
    expect(await client.refusal(method, params)).toBe('hello-first');
    await client.hello();
    const answer = await client.answerTo(client.post(method, params));
    expect(JSON.stringify(answer)).not.toContain('hello-first');
  });
});

describe('hello', () => {
  it('says who this is and that nothing runs', async () => {
    const { machine } = await testPc();
    expect(await connect(machine).client.hello()).toEqual({
      protocol: PROTOCOL,
      version: VERSION,
      platform: process.platform,
      machine: 'simulated',
      run: null,
    });
  });

  it('is answered before the registry is read; what policy says comes behind it, each time', async () => {
    const { machine } = await testPc();
    const read = vi.spyOn(machine.registry, 'keys');
    const { client } = connect(machine);
    for (const times of [1, 2]) {
      await client.hello();
      await client.until(() => client.messages.length === 2 * times);
    }
    expect(client.messages.map(({ id, method }) => method ?? id)).toEqual([1, 'policy', 2, 'policy']);
    expect(await client.policy()).toEqual(noPolicy);
    expect(read).toHaveBeenCalled();
  });

  it('is answered where the registry cannot be read at all', async () => {
    const { machine } = await testPc();
    // As under a library that never loads.
    vi.spyOn(machine.registry, 'keys').mockReturnValue(new Promise(() => undefined));
    expect(await connect(machine).client.hello()).toMatchObject({ protocol: PROTOCOL });
  });

  it.each([
    ['an older protocol', { protocol: 0, version: '0.0.1' }],
    ['a newer protocol', { protocol: PROTOCOL + 1, version: '9.0.0' }],
    ['fields of a later version', { protocol: PROTOCOL + 1, version: '9.0.0', news: { any: true } }],
  ])('of %s is answered too', async (_, params) => {
    const { machine } = await testPc();
    expect(await connect(machine).client.ask('hello', params)).toMatchObject({
      protocol: PROTOCOL,
      version: VERSION,
    });
  });

  it.each([
    ['no protocol', { version: '1.0.0' }],
    ['no version', { protocol: 1 }],
    ['a version of another make', { protocol: 1, version: 'one' }],
  ])('without %s is refused, and is no hello', async (_, params) => {
    const { machine } = await testPc();
    const { client } = connect(machine);
    expect(await client.refusal('hello', params)).toBe('bad-params');
    expect(await client.refusal('history')).toBe('hello-first');
  });
});

describe('what the browser sends', () => {
  it('may choose, never name: anything beside ids is refused and nothing is changed', async () => {
    const { client, read } = await greeted();
    const { id: planId } = await client.ask('plan', { failure });
    const before = targets(read());
    const chosen = [{ remedy: 'purge-credentials', items: ['credential-0'] }];
    const named = [
      { planId, chosen: [{ ...chosen[0], target: 'git:https://git.contoso.example' }] },
      { planId, chosen, path: 'C:\\Windows' },
      { planId, chosen: [{ remedy: 'format-disk', items: ['credential-0'] }] },
      { planId, chosen: [{ remedy: 'purge-credentials', items: ['git:https://git.contoso.example'] }] },
      { planId: '../../plan', chosen },
    ];
    for (const params of named) expect(await client.refusal('run.start', params)).toBe('bad-params');
    for (const runId of ['../x', 'a/b', 'C:\\x', '', '.', 'x'.repeat(65)]) {
      for (const method of ['run.undo', 'run.finish', 'run.cancel']) {
        expect(await client.refusal(method, { runId }), `${method} ${runId}`).toBe('bad-params');
      }
    }
    expect(await client.refusal('plan', { failure, remedy: 'purge-credentials' })).toBe('bad-params');
    expect(await client.refusal('check', { scope: 'all', host: 'example.org' })).toBe('bad-params');
    expect(targets(read())).toEqual(before);
  });

  it('is answered in order of need when it is not JSON: an error without an id, and the next is read', async () => {
    const { client } = await greeted();
    client.sendBytes(frameOf('{"jsonrpc":'));
    const answer = await client.until(({ id }) => id === null);
    expect(answer.error).toMatchObject({ code: problemNumbers['not-json'], message: 'not-json' });
    expect(await client.ask('history')).toEqual({ runs: [], incidents: [], recurrences: [] });
  });

  it('ends the conversation when its length is beyond the limit, with the reason said', async () => {
    const { client, served } = await greeted();
    const header = Buffer.alloc(4);
    header.writeUInt32LE(MAX_TO_HOST + 1);
    client.sendBytes(header);
    const answer = await client.until(({ id }) => id === null);
    expect(answer.error).toMatchObject({ code: problemNumbers['message-too-large'] });
    await served;
    expect(client.rest).toBe(0);
  });

  it('may stop in the middle of a frame: the host ends', async () => {
    const { client, served, hangUp } = await greeted();
    client.sendBytes(frameOf('{}').subarray(0, 5));
    hangUp();
    await expect(served).resolves.toBeUndefined();
  });
});

describe('check', () => {
  it('tells each finding as it comes and all of them in the answer', async () => {
    const { client } = await greeted();
    const { findings } = await client.ask('check', { scope: 'all' });
    const told = client.messages.filter(({ method }) => method === 'check.found').map(({ params }) => params);
    expect(findings.length).toBeGreaterThan(10);
    expect(told).toHaveLength(findings.length);
    expect(told).toEqual(expect.arrayContaining(findings));
  });
});

describe('a check', () => {
  /** On a PC whose sign-in host never answers. */
  const beforeSilence = async () => {
    const pc = samplePc();
    pc.network.hosts['login.microsoftonline.com'] = { connectTo: await silentServer() };
    return greeted(pc);
  };

  it('says which checks are still at it, and at last that none is', async () => {
    const { client } = await greeted();
    await client.ask('check', { scope: 'all' });
    const told = client.messages.filter(({ method }) => method === 'check.waiting');
    const waiting = told.map(({ params }) => v.parse(hostNotifications['check.waiting'], params).checks);
    expect(waiting[0]).toEqual(hostCheckIds);
    expect(waiting.at(-1)).toEqual([]);
  });

  it('can be of what is quick to tell alone', async () => {
    const { client } = await greeted();
    const { findings } = await client.ask('check', { scope: 'quick' });
    const looked = new Set(findings.map(({ check }) => check));
    expect(looked).toContain('endpoints');
    expect(looked).not.toContain('onedrive-files');
  });

  it('goes to the cloud that was asked for', async () => {
    const { client } = await greeted();
    const { findings } = await client.ask('check', { scope: 'quick', cloud: 'china' });
    const servers = findings.filter(({ check }) => check === 'endpoints').map(({ subject }) => subject);
    expect(servers).toContain('login.partner.microsoftonline.cn');
    expect(servers).not.toContain('login.microsoftonline.com');
  });

  it.each([
    ['check.cancel', {}],
    ['check', { scope: 'all' }],
  ])('that is ended by %s is answered so', async (method, params) => {
    const { client } = await beforeSilence();
    const first = client.post('check', { scope: 'all' });
    await client.until((message) => message.method === 'check.found');
    client.post(method, params);
    expect(await client.answerTo(first)).toMatchObject({ error: { message: 'cancelled' } });
  });

  it('ends with its conversation', async () => {
    const { client, hangUp, served } = await beforeSilence();
    client.post('check', { scope: 'all' });
    await client.until(({ method }) => method === 'check.found');
    hangUp();
    await expect(served).resolves.toBeUndefined();
  });
});

describe('plan', () => {
  it('lists what may be removed and nothing else, and changes nothing', async () => {
    const { client, read } = await greeted();
    const before = read();
    const plan = await client.ask('plan', { failure });
    const purge = plan.steps.find(({ remedy }) => remedy === 'purge-credentials');
    expect(purge?.items.map(({ label }) => label)).toEqual(SAMPLE_STALE);
    expect(read()).toEqual(before);
  });

  it('offers what was chosen by hand, and that alone', async () => {
    const { client } = await greeted();
    const byHand = { code: 'by-hand', category: 'unknown', time: '2026-11-22T12:00:00.000Z' };
    const { steps } = await client.ask('plan', { failure: byHand, only: ['restart-onedrive', 'flush-dns'] });
    expect(steps.map(({ remedy }) => remedy)).toEqual(['restart-onedrive', 'flush-dns']);
    expect(await client.refusal('plan', { failure: byHand, only: ['format-disk'] })).toBe('bad-params');
    const { incidents } = await client.ask('history');
    expect(incidents).toEqual([]);
  });

  it('takes the category from the catalogue, whatever the browser says', async () => {
    const { client } = await greeted();
    const plan = await client.ask('plan', {
      failure: { ...failure, code: 'AADSTS53003', category: 'local' },
    });
    expect(plan.failure.category).toBe('policy');
    expect(plan.steps).toEqual([]);
  });
});
