import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ProblemKind, problemNumbers } from '../../common/problem.ts';
import { problemOf } from '../harness/problem-of.ts';
import { type Echo, wire } from './wire.ts';

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
