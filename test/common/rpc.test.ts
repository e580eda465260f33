import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProblemError, type ProblemKind, problemNumbers } from '../../common/problem.ts';
import { type MethodTable, Peer } from '../../common/rpc.ts';
import { problemOf } from '../harness/problem-of.ts';

const Words = v.strictObject({ text: v.string() });
const methods = { echo: { params: Words, result: Words } } as const satisfies MethodTable;
const notifications = { said: Words } as const;

type Echo = (params: { text: string }) => { text: string } | Promise<{ text: string }>;
type TestPeer = Peer<typeof methods, typeof methods, typeof notifications>;

interface Wire {
  ours: TestPeer;
  theirs: TestPeer;
  /** What each side put on the wire, as it crossed. */
  sent: { ours: unknown[]; theirs: unknown[] };
  heard: string[];
}

/** Two peers joined by JSON text, as by a port. */
function wire(echo: Echo = (params) => params, limit = Number.POSITIVE_INFINITY): Wire {
  const sent: Wire['sent'] = { ours: [], theirs: [] };
  const heard: string[] = [];
  const end = (name: 'ours' | 'theirs', other: () => TestPeer): TestPeer =>
    new Peer({
      send: (message) => {
        const text = JSON.stringify(message);
        if (text.length > limit) throw new ProblemError('message-too-large', `${text.length} bytes`);
        sent[name].push(JSON.parse(text));
        queueMicrotask(() => other().receive(JSON.parse(text)));
      },
      local: methods,
      handlers: { echo },
      remote: methods,
      incoming: notifications,
      listeners: { said: ({ text }) => void heard.push(text) },
    });
  const ours: TestPeer = end('ours', () => theirs);
  const theirs: TestPeer = end('theirs', () => ours);
  return { ours, theirs, sent, heard };
}

/** What a lone peer answers to one raw message. */
async function answerTo(message: unknown, echo: Echo = (params) => params): Promise<unknown> {
  const { theirs, sent } = wire(echo);
  theirs.receive(message);
  await vi.waitFor(() => expect(sent.theirs).not.toEqual([]));
  expect(sent.theirs).toHaveLength(1);
  return sent.theirs[0];
}

/** An error answer; `detail` is left out of it where it is undefined. */
const error = (id: unknown, kind: ProblemKind, detail?: unknown) => ({
  jsonrpc: '2.0',
  id,
  error: {
    code: problemNumbers[kind],
    message: kind,
    data: detail === undefined ? { kind } : { kind, detail },
  },
});

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

describe('what arrives', () => {
  const request = (method: string, params: unknown, id: unknown = 7) => ({
    jsonrpc: '2.0',
    id,
    method,
    params,
  });

  it.each(['nothing', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'has no method `%s`',
    async (method) => {
      expect(await answerTo(request(method, {}))).toEqual(error(7, 'unknown-method', method));
    },
  );

  it.each([
    ['a field too many', { text: 'a', more: 1 }],
    ['a field too few', {}],
    ['another type', { text: 1 }],
    ['no object', 'a'],
    ['an array', ['a']],
  ])('is refused with `bad-params` for %s', async (_, params) => {
    expect(await answerTo(request('echo', params))).toEqual(error(7, 'bad-params', expect.any(String)));
  });

  it('is answered under a text id as well', async () => {
    expect(await answerTo(request('echo', { text: 'a' }, 'seven'))).toEqual({
      jsonrpc: '2.0',
      id: 'seven',
      result: { text: 'a' },
    });
  });

  it.each([
    ['null', null],
    ['a number', 1],
    ['a text', 'hello'],
    ['a batch', [request('echo', { text: 'a' })]],
    ['an empty object', {}],
    ['another version', { ...request('echo', { text: 'a' }), jsonrpc: '1.0' }],
    ['a method that is no text', { jsonrpc: '2.0', id: 1, method: 1 }],
    ['a broken id', { ...request('echo', { text: 'a' }), id: 1.5 }],
    ['a null id', { ...request('echo', { text: 'a' }), id: null }],
    ['a field beside the known ones', { ...request('echo', { text: 'a' }), auth: 'x' }],
    ['result and error at once', { jsonrpc: '2.0', id: 1, result: 1, error: { code: 1, message: '' } }],
    ['neither result nor error', { jsonrpc: '2.0', id: 1 }],
    ['a very long method name', request('x'.repeat(65), {})],
  ])('is refused with `not-a-request`: %s', async (_, message) => {
    expect(await answerTo(message)).toEqual(error(null, 'not-a-request'));
  });

  it('is let pass in silence when it answers nothing that was asked', () => {
    const { ours, sent } = wire();
    ours.receive({ jsonrpc: '2.0', id: 99, result: {} });
    ours.receive({ jsonrpc: '2.0', id: 'one', result: {} });
    ours.receive({ jsonrpc: '2.0', id: null, error: { code: -32700, message: 'not-json' } });
    expect(sent.ours).toEqual([]);
  });

  it.each([
    [
      'a kind that we know',
      { code: -32003, message: 'plan-stale', data: { kind: 'plan-stale' } },
      'plan-stale',
    ],
    ['only a number that we know', { code: -32003, message: 'what?' }, 'plan-stale'],
    ['only a number that we do not know', { code: -1, message: 'news' }, 'internal'],
    ['data of another make', { code: -32003, message: 'x', data: { kind: 'invented' } }, 'plan-stale'],
  ])('becomes a problem from an error with %s', async (_, remote, kind) => {
    const { ours } = wire();
    const problem = problemOf(ours.request('echo', { text: '' }, 1000));
    ours.receive({ jsonrpc: '2.0', id: 1, error: remote });
    expect((await problem).kind).toBe(kind);
  });

  it('never makes a peer throw, whatever it is', () => {
    const any = fc.property(fc.jsonValue(), (message) => {
      const { ours } = wire();
      expect(() => ours.receive(message)).not.toThrow();
      expect(() => ours.receive({ jsonrpc: '2.0', id: 1, method: 'echo', params: message })).not.toThrow();
    });
    fc.assert(any, { seed: 20260101, numRuns: 300 });
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
