/** The browser's end of a native-messaging port, with frames of its own making. Keeps everything that it hears. */
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import { hostMethods, hostNotifications, PROTOCOL } from '../../../common/contract.ts';
import type { Policy } from '../../../common/policy.ts';
import type { Run, Verification } from '../../../common/run.ts';

export type Message = Record<string, unknown>;
type Method = keyof typeof hostMethods;
type Result<M extends Method> = v.InferOutput<(typeof hostMethods)[M]['result']>;

const ErrorSchema = v.object({
  error: v.object({ code: v.number(), message: v.string(), data: v.unknown() }),
});

/** A 32-bit little-endian length and the bytes. */
export function frameOf(text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(4);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
}

export class FrameClient {
  readonly messages: Message[] = [];
  readonly #to: Writable;
  readonly #waiting = new Set<() => void>();
  #bytes = Buffer.alloc(0);
  #ended = false;
  #lastId = 0;
  #verified = 0;

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    to.on('error', () => undefined);
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** Bytes that are no whole frame yet: at a conversation's end there should be none. */
  get rest(): number {
    return this.#bytes.length;
  }

  sendBytes(bytes: Uint8Array): void {
    this.#to.write(bytes);
  }

  send(message: unknown): void {
    this.sendBytes(frameOf(JSON.stringify(message)));
  }

  /** Asks without waiting; gives the request's id. */
  post(method: string, params: unknown = {}): number {
    const id = ++this.#lastId;
    this.send({ jsonrpc: '2.0', id, method, params });
    return id;
  }

  async answerTo(id: number): Promise<Message> {
    return this.until((message) => message.id === id && !('method' in message));
  }

  /** Asks, and checks the answer by the contract. */
  async ask<M extends Method>(method: M, params: unknown = {}): Promise<Result<M>> {
    const answer = await this.answerTo(this.post(method, params));
    if ('error' in answer) throw new Error(`${method} was answered with ${JSON.stringify(answer.error)}`);
    return v.parse(hostMethods[method].result, answer.result) as Result<M>;
  }

  /** Asks for what is to be refused; gives the problem's kind. */
  async refusal(method: string, params: unknown = {}): Promise<string> {
    return v.parse(ErrorSchema, await this.answerTo(this.post(method, params))).error.message;
  }

  hello(protocol = PROTOCOL): Promise<Result<'hello'>> {
    return this.ask('hello', { protocol, version: '0.1.0' });
  }

  /** What the host says of the organisation's policy after the first `hello`. */
  async policy(): Promise<Policy> {
    const { params } = await this.until(({ method }) => method === 'policy');
    return v.parse(hostNotifications.policy, params);
  }

  /** The first message heard, or to be heard, that fits; fails when the port closes before. */
  async until(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found) return found;
      if (this.#ended)
        throw new Error(`the port closed; heard ${JSON.stringify(this.messages).slice(0, 2000)}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** The host's next request to verify, not yet answered. */
  async asked(): Promise<Message> {
    const nth = ++this.#verified;
    const requests = () => this.messages.filter(({ method }) => method === 'verify');
    await this.until(() => requests().length >= nth);
    return requests()[nth - 1] ?? {};
  }

  async answerVerify(verification: Verification): Promise<void> {
    const { id } = await this.asked();
    this.send({ jsonrpc: '2.0', id, result: verification });
  }

  /** The views of the run told so far, each checked by the contract. */
  runs(): Run[] {
    return this.messages
      .filter(({ method }) => method === 'run.changed')
      .map(({ params }) => v.parse(hostNotifications['run.changed'], params));
  }

  /** The run's view once it is told with this status. */
  async told(status: Run['status']): Promise<Run> {
    const fits = (run: Run) => run.status === status;
    await this.until(() => this.runs().some(fits));
    return v.parse(hostNotifications['run.changed'], this.runs().findLast(fits));
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length >= 4 && this.#bytes.length >= 4 + this.#bytes.readUInt32LE()) {
      const end = 4 + this.#bytes.readUInt32LE();
      this.messages.push(JSON.parse(this.#bytes.subarray(4, end).toString()) as Message);
      this.#bytes = this.#bytes.subarray(end);
    }
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
