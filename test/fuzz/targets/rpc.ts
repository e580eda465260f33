/**
 * JSON-RPC with a real session of a host on a simulated PC: any methods and params, ids used twice, answers that
 * nobody asked for, in any order and many at once. The oracle: each request is answered exactly once and nothing
 * else is; an answer is what the contract promises, or a problem of the list that is no defect of the host; before a
 * right `hello` nothing is done; whatever came, `hello` is answered, the host ends when the port closes, and entries
 * that nobody may touch are as they were.
 */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { browserMethods, hostMethods, hostNotifications, PROTOCOL } from '../../../common/contract.ts';
import { ProblemSchema, problemNumbers } from '../../../common/problem.ts';
import {
  createSimulatedMachine,
  readSimulatedPc,
  samplePc,
} from '../../../native-host/machine/simulated/index.ts';
import { serve } from '../../../native-host/messaging/sessions.ts';
import { FrameClient, frameOf, type Message } from '../../harness/host/frame-client.ts';
import { type Ground, target } from '../target.ts';
import {
  type Conversation,
  conversation,
  type Expected,
  expectedOf,
  type Manner,
  PLAN,
  RUN,
} from './rpc-messages.ts';

/** Milliseconds for all answers: a host that owes one longer owes it for ever. */
const PATIENCE = 10_000;
const HELLO = JSON.stringify({
  jsonrpc: '2.0',
  id: 'greeting',
  method: 'hello',
  params: { protocol: PROTOCOL, version: '0.1.0' },
});
const pc = samplePc();
const untouchable = pc.credentials.filter(({ stale }) => !stale);

const ErrorSchema = v.strictObject({
  jsonrpc: v.literal('2.0'),
  id: v.nullable(v.union([v.string(), v.number()])),
  error: v.strictObject({ code: v.number(), message: v.string(), data: ProblemSchema }),
});

const isAnswer = (message: Message) => !('method' in message);
const isMethod = (name: string): name is keyof typeof hostMethods => Object.hasOwn(hostMethods, name);

/** A browser that keeps account of what it is owed. */
class Account {
  readonly client: FrameClient;
  readonly owed: Expected[] = [];
  #greeted = false;

  constructor(client: FrameClient) {
    this.client = client;
  }

  send(text: string): void {
    const filled = text.replaceAll(PLAN, this.#newest('leftOut')).replaceAll(RUN, this.#newest('revision'));
    const expected = expectedOf(filled);
    if (expected.id !== undefined) this.owed.push(expected);
    this.#greeted ||= expected.method === 'hello';
    this.client.sendBytes(frameOf(filled));
  }

  /** The id of what was told last and has such a field: a plan, a run. */
  #newest(field: string): string {
    const told = this.client.messages.map(({ result }) => result).filter(isObject);
    return String(told.findLast((each) => Object.hasOwn(each, field))?.id ?? 'none');
  }

  /** Some `hello`, right or wrong, was sent. */
  get greeted(): boolean {
    return this.#greeted;
  }

  answersTo(id: Expected['id']): Message[] {
    return this.client.messages.filter((message) => isAnswer(message) && message.id === id);
  }

  /** How many answers are still to come. */
  get missing(): number {
    return this.owed.length - this.client.messages.filter(isAnswer).length;
  }

  async settled(): Promise<void> {
    if (this.missing <= 0) return;
    const enough = new AbortController();
    const late = delay(PATIENCE, 'late', { signal: enough.signal }).catch(() => 'called off');
    const end = await Promise.race([this.client.until(() => this.missing <= 0), late]);
    enough.abort();
    ok(end !== 'late', `${this.missing} answers are missing`);
  }

  /** Each is answered as often as it was asked, and nobody else. */
  isEven(): void {
    const ids = new Set(this.owed.map(({ id }) => id));
    for (const id of ids)
      equal(this.answersTo(id).length, this.owed.filter((each) => each.id === id).length, `id ${id}`);
    equal(this.missing, 0);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** An answer keeps to the contract of one of the methods that this id was used for. */
function answerIsSound(answer: Message, asked: readonly Expected[], greeted: boolean): string {
  if ('error' in answer) {
    const { error } = v.parse(ErrorSchema, answer);
    const { kind } = error.data;
    deepStrictEqual([error.message, error.code], [kind, problemNumbers[kind]]);
    ok(kind !== 'internal', JSON.stringify(error));
    return kind;
  }
  deepStrictEqual(Object.keys(answer).sort(), ['id', 'jsonrpc', 'result']);
  const methods = asked.map(({ method = '' }) => method).filter(isMethod);
  const fits = methods.filter((method) => v.is(hostMethods[method].result, answer.result));
  ok(fits.length > 0, `no answer to ${methods}: ${JSON.stringify(answer).slice(0, 500)}`);
  ok(greeted || fits.includes('hello'), 'answered before hello');
  return fits[0] ?? '';
}

/** What the host says of itself keeps to the contract too. */
function tellingIsSound(message: Message): void {
  const { method, params, id } = message;
  ok(typeof method === 'string');
  if (id === undefined) {
    ok(Object.hasOwn(hostNotifications, method), method);
    v.parse(hostNotifications[method as keyof typeof hostNotifications], params);
  } else {
    ok(Object.hasOwn(browserMethods, method), method);
    v.parse(browserMethods[method as keyof typeof browserMethods].params, params);
  }
}

/** Answers each request of the host's in this browser's manner, until the port closes. */
async function behave(client: FrameClient, manner: Manner): Promise<void> {
  const known = new Set<unknown>();
  const result = { outcome: manner === 'fails' ? 'fails' : manner === 'nonsense' ? 'perhaps' : 'works' };
  for (;;) {
    const { id, method } = await client.until(
      (each) => !isAnswer(each) && each.id !== undefined && !known.has(each.id),
    );
    known.add(id);
    if (manner === 'never') continue;
    const cleared = { outcome: manner === 'refuses' ? 'refused' : 'cleared', cookies: 3 };
    const right = { jsonrpc: '2.0', id, result: method === 'verify' ? result : cleared };
    client.send(manner === 'refuses' ? { jsonrpc: '2.0', id, error: { code: -1, message: 'no' } } : right);
    if (manner === 'twice') client.send({ ...right, result: { outcome: 'fails' } });
  }
}

async function talk({ manner, greets, frames }: Conversation, file: string): Promise<Account> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const machine = await createSimulatedMachine(file);
  const served = serve({ machine, input, output, comeBack: 0 });
  void served.then(() => output.end());
  const account = new Account(new FrameClient(input, output));
  void behave(account.client, manner).catch(() => undefined);
  if (greets) {
    account.send(HELLO);
    await account.settled();
  }
  for (const { text, waits } of frames) {
    account.send(text);
    if (waits) await account.settled();
  }
  const { greeted } = account;
  account.send(HELLO);
  await account.settled();
  input.end();
  await served;
  equal(account.client.rest, 0);
  account.isEven();
  for (const message of account.client.messages) {
    if (!isAnswer(message)) tellingIsSound(message);
    else
      answerIsSound(
        message,
        account.owed.filter(({ id }) => id === message.id),
        greeted,
      );
  }
  return account;
}

async function judge(input: Conversation, { folder, count }: Ground): Promise<void> {
  const file = join(folder, 'pc.json');
  writeFileSync(file, JSON.stringify(pc));
  try {
    const { client, owed, greeted } = await talk(input, file);
    const left = readSimulatedPc(file).credentials;
    for (const entry of untouchable)
      ok(
        left.some((each) => JSON.stringify(each) === JSON.stringify(entry)),
        entry.target,
      );
    for (const message of client.messages) {
      if (isAnswer(message))
        count(
          answerIsSound(
            message,
            owed.filter(({ id }) => id === message.id),
            greeted,
          ),
        );
      else count(String(message.method));
    }
  } finally {
    rmSync(`${file}.state`, { recursive: true, force: true });
  }
}

export const rpcTarget = target({ name: 'rpc', batch: 100, input: conversation, judge });
