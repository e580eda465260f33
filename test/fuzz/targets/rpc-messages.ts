/** What a browser, or whoever stands in its place, may send: right, nearly right, and nothing of the kind. */
import fc from 'fast-check';
import { PROTOCOL } from '../../../common/contract.ts';
import { altered, oddText, oddValue } from '../spoil.ts';

const failure = {
  code: 'AADSTS50173',
  category: 'local',
  seenAt: 'login.live.com',
  time: '2026-11-22T12:00:00.000Z',
};
/** In place of these stand the newest ids that the host has told. */
export const PLAN = 'PLAN_ID';
export const RUN = 'RUN_ID';

/** A right call of each method. */
const calls: readonly (readonly [method: string, params: unknown])[] = [
  ['hello', { protocol: PROTOCOL, version: '0.1.0' }],
  ['check', { scope: 'quick' }],
  ['check.cancel', {}],
  ['plan', { failure }],
  ['plan', { failure, only: ['purge-credentials', 'reinstall-onedrive'] }],
  [
    'run.start',
    { planId: PLAN, chosen: [{ remedy: 'purge-credentials', items: ['credential-0', 'credential-1'] }] },
  ],
  ['run.start', { planId: PLAN, chosen: [{ remedy: 'reinstall-onedrive', items: [] }] }],
  ['run.get', {}],
  ['run.cancel', { runId: RUN }],
  ['run.finish', { runId: RUN }],
  ['run.continue', { runId: RUN, answer: 'done' }],
  ['run.undo', { runId: RUN }],
  ['run.undo', { runId: RUN, steps: [0], replace: ['0-0'] }],
  ['guide.open', { runId: RUN, link: 'installed-apps' }],
  ['history.add', { failures: [failure] }],
  ['history', {}],
  ['history.clear', {}],
];

/** Few ids, so that some are used twice. */
const id = fc.oneof(
  { weight: 6, arbitrary: fc.nat(20) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('a', '', 'x'.repeat(64), 'x'.repeat(65), -1, 1.5, 2 ** 60, null, true, []),
  },
);

const request = fc.constantFrom(...calls).chain(([method, params]) =>
  fc.record({
    jsonrpc: fc.constant('2.0'),
    id,
    method: fc.constant(method),
    params: fc.oneof(
      { weight: 3, arbitrary: fc.constant(params) },
      { weight: 2, arbitrary: altered(params) },
    ),
  }),
);
const stranger = fc.record(
  {
    jsonrpc: fc.oneof({ weight: 8, arbitrary: fc.constant<unknown>('2.0') }, oddValue),
    id,
    method: fc.oneof(
      fc.constantFrom<unknown>('hello', 'history', 'constructor', '__proto__', 'toString', 'verify'),
      oddValue,
    ),
    params: oddValue,
    more: oddValue,
  },
  { requiredKeys: ['jsonrpc'] },
);
/** To what nobody has asked, or somebody has. */
const answer = fc.oneof(
  fc.record({ jsonrpc: fc.constant('2.0'), id, result: oddValue }),
  fc.record({
    jsonrpc: fc.constant('2.0'),
    id,
    error: fc.record(
      { code: fc.integer(), message: oddText, data: oddValue },
      { requiredKeys: ['code', 'message'] },
    ),
  }),
  fc.record({ jsonrpc: fc.constant('2.0'), id, result: oddValue, error: oddValue }),
);
const text = fc.oneof(
  { weight: 10, arbitrary: request.map((message) => JSON.stringify(message)) },
  {
    weight: 2,
    arbitrary: request
      .chain((message) => altered(message, oddValue, 2))
      .map((value) => JSON.stringify(value) ?? ''),
  },
  { weight: 2, arbitrary: stranger.map((message) => JSON.stringify(message)) },
  { weight: 2, arbitrary: answer.map((message) => JSON.stringify(message)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[]',
      'null',
      '"hello"',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    ),
  },
);

/** How this browser answers when it is asked to sign in. */
export const manners = ['never', 'works', 'fails', 'twice', 'nonsense', 'refuses'] as const;
export type Manner = (typeof manners)[number];

const frame = fc.record({ text, waits: fc.boolean() });
/** A plan and a start, as anything else is refused: by a remedy that acts, or a guide that waits. */
const start = fc
  .constantFrom('credential-0', 'credential-1', '')
  .map((item) => [item ? 'purge-credentials' : 'reinstall-onedrive', item ? [item] : []] as const)
  .map(([remedy, items]) => [
    { method: 'plan', params: { failure, only: [remedy] } },
    { method: 'run.start', params: { planId: PLAN, chosen: [{ remedy, items }] } },
  ])
  .map((calls) =>
    calls.map((call, id) => ({ text: JSON.stringify({ jsonrpc: '2.0', id, ...call }), waits: true })),
  );
const frames = fc
  .array(fc.oneof({ weight: 8, arbitrary: frame.map((each) => [each]) }, { weight: 1, arbitrary: start }), {
    maxLength: 14,
  })
  .map((parts) => parts.flat());

/** Frames in their order; after some of them the browser waits until all is answered. */
export const conversation = fc.record({
  manner: fc.constantFrom(...manners),
  greets: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
  frames,
});
export type Conversation = typeof conversation extends fc.Arbitrary<infer T> ? T : never;

type Properties = Record<string, unknown>;
const isId = (value: unknown) =>
  typeof value === 'string' ? value.length <= 64 : typeof value === 'number' && Number.isInteger(value);
const only = (value: Properties, ...keys: string[]) => Object.keys(value).every((key) => keys.includes(key));

function isAnswer(value: Properties): boolean {
  if (value.jsonrpc !== '2.0' || !Object.hasOwn(value, 'id')) return false;
  if (Object.hasOwn(value, 'result')) return isId(value.id) && only(value, 'jsonrpc', 'id', 'result');
  const { error } = value;
  if (typeof error !== 'object' || error === null || !only(value, 'jsonrpc', 'id', 'error')) return false;
  const { code, message, ...rest }: Properties = { ...error };
  if (typeof code !== 'number' || typeof message !== 'string' || !only(rest, 'data')) return false;
  return value.id === null || isId(value.id);
}

export interface Expected {
  /** Whose answer there must be; null where the sender could not be made out, undefined where none may come. */
  id: string | number | null | undefined;
  method?: string;
}

/** What docs/PROTOCOL.md says of a frame, written a second time and without schemas. */
export function expectedOf(text: string): Expected {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { id: null };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { id: null };
  const value: Properties = { ...json };
  if (isAnswer(value)) return { id: undefined };
  const { jsonrpc, id, method } = value;
  const isCall = jsonrpc === '2.0' && typeof method === 'string' && method.length <= 64;
  if (!isCall || !only(value, 'jsonrpc', 'id', 'method', 'params')) return { id: null };
  if (!Object.hasOwn(value, 'id')) return { id: undefined };
  if (typeof id === 'string' && isId(id)) return { id, method };
  // JSON knows no other zero.
  if (typeof id === 'number' && isId(id)) return { id: id + 0, method };
  return { id: null };
}
