import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../common/problem.ts';
import { Peer } from '../../common/rpc.ts';
import { problemOf } from '../harness/problem-of.ts';
import { methods, notifications, type TestPeer, wire } from './wire.ts';

afterEach(() => void vi.useRealTimers());

describe('a request', () => {
  it('is answered with the result, whichever side asks, many at once', async () => {
    const { ours, theirs } = wire(async ({ text }) => ({ text: `${text}!` }));
    const ask = (peer: TestPeer, text: string) => peer.request('echo', { text }, 1000);
    const answers = await Promise.all([ask(ours, 'a'), ask(theirs, 'b'), ask(ours, 'c')]);
    expect(answers).toEqual([{ text: 'a!' }, { text: 'b!' }, { text: 'c!' }]);
  });

  it('gets its own answer when answers come in another order', async () => {
    const slow = Promise.withResolvers<void>();
    const { ours } = wire(async (params) => {
      if (params.text === 'slow') await slow.promise;
      return params;
    });
    const first = ours.request('echo', { text: 'slow' }, 1000);
    expect(await ours.request('echo', { text: 'quick' }, 1000)).toEqual({ text: 'quick' });
    slow.resolve();
    expect(await first).toEqual({ text: 'slow' });
  });

  it('rejects with the other side’s problem, kind and detail', async () => {
    const { ours } = wire(() => {
      throw new ProblemError('plan-stale', 'plan-1');
    });
    expect(await problemOf(ours.request('echo', { text: '' }, 1000))).toEqual({
      kind: 'plan-stale',
      detail: 'plan-1',
    });
  });

  it('rejects with `internal` when the handler throws what is no problem', async () => {
    const { ours } = wire(() => {
      throw new TypeError('x is not a function');
    });
    expect(await problemOf(ours.request('echo', { text: '' }, 1000))).toEqual({
      kind: 'internal',
      detail: 'x is not a function',
    });
  });

  it('rejects with `bad-params` when the answer breaks the contract', async () => {
    const { ours } = wire(() => ({ text: 'a', secret: 'b' }));
    const problem = await problemOf(ours.request('echo', { text: 'a' }, 1000));
    expect(problem.kind).toBe('bad-params');
    expect(problem.detail).toContain('answer: ');
  });

  it('rejects with `message-too-large` when the answer is too large to send', async () => {
    const { ours } = wire(() => ({ text: 'x'.repeat(1000) }), 500);
    expect((await problemOf(ours.request('echo', { text: '' }, 1000))).kind).toBe('message-too-large');
  });

  it('rejects with `message-too-large` when it is too large itself', async () => {
    const { ours, sent } = wire((params) => params, 500);
    const problem = await problemOf(ours.request('echo', { text: 'x'.repeat(1000) }, 1000));
    expect(problem.kind).toBe('message-too-large');
    expect(sent.ours).toEqual([]);
  });

  it('rejects with `timed-out` after its limit, and the late answer changes nothing', async () => {
    vi.useFakeTimers();
    const late = Promise.withResolvers<{ text: string }>();
    const { ours } = wire(() => late.promise);
    const problem = problemOf(ours.request('echo', { text: '' }, 5000));
    await vi.advanceTimersByTimeAsync(4999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await problem).toEqual({ kind: 'timed-out', detail: 'echo' });
    late.resolve({ text: 'late' });
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with `disconnected` when the port closes, and so do later ones; no timer stays', async () => {
    vi.useFakeTimers();
    const { ours, sent } = wire(() => new Promise<never>(() => undefined));
    const waiting = [
      problemOf(ours.request('echo', { text: '' }, 9)),
      problemOf(ours.request('echo', { text: '' }, 9)),
    ];
    ours.close();
    expect(await Promise.all(waiting)).toEqual([{ kind: 'disconnected' }, { kind: 'disconnected' }]);
    expect(vi.getTimerCount()).toBe(0);
    expect((await problemOf(ours.request('echo', { text: '' }, 9))).kind).toBe('disconnected');
    ours.notify('said', { text: 'anyone?' });
    expect(sent.ours).toHaveLength(2);
  });

  it('rejects with `disconnected` when sending throws', async () => {
    const broken: TestPeer = new Peer({
      send: () => {
        throw new Error('Attempting to use a disconnected port object');
      },
      local: methods,
      handlers: { echo: (params) => params },
      remote: methods,
      incoming: notifications,
      listeners: { said: () => undefined },
    });
    expect((await problemOf(broken.request('echo', { text: '' }, 9))).kind).toBe('disconnected');
    expect(() => broken.notify('said', { text: '' })).not.toThrow();
    expect(() =>
      broken.receive({ jsonrpc: '2.0', id: 1, method: 'echo', params: { text: '' } }),
    ).not.toThrow();
  });
});

describe('a notification', () => {
  it('is heard when it fits, ignored without an answer when it does not', async () => {
    const { ours, sent, heard } = wire();
    ours.notify('said', { text: 'one' });
    ours.notify('said', { text: 2 });
    ours.notify('said', { text: 'three', more: true });
    ours.notify('unheard-of', {});
    ours.notify('constructor', {});
    ours.notify('__proto__', {});
    ours.notify('said', { text: 'last' });
    await vi.waitFor(() => expect(heard.at(-1)).toBe('last'));
    expect(heard).toEqual(['one', 'last']);
    expect(sent.theirs).toEqual([]);
  });

  it('that is too large is left untold, and whoever tells goes on', async () => {
    const { ours, heard } = wire((params) => params, 500);
    expect(() => ours.notify('said', { text: 'x'.repeat(1000) })).not.toThrow();
    ours.notify('said', { text: 'short' });
    await vi.waitFor(() => expect(heard).toEqual(['short']));
  });
});
