/**
 * JSON-RPC 2.0 (https://www.jsonrpc.org/specification) over any way to send values: the same peer on both
 * sides of the port. Every message is parsed by its schema on arrival; batches are not used.
 */
import * as v from 'valibot';
import { ProblemError, type ProblemKind, ProblemSchema, problemNumbers, toProblem } from './problem.ts';

type Schema = v.GenericSchema;
export type MethodTable = Readonly<Record<string, { params: Schema; result: Schema }>>;
export type NotificationTable = Readonly<Record<string, Schema>>;

type Params<T extends MethodTable, M extends keyof T> = v.InferOutput<T[M]['params']>;
type Result<T extends MethodTable, M extends keyof T> = v.InferOutput<T[M]['result']>;

export type Handlers<T extends MethodTable> = {
  [M in keyof T]: (params: Params<T, M>) => Result<T, M> | Promise<Result<T, M>>;
};
export type Listeners<N extends NotificationTable> = {
  [K in keyof N]: (params: v.InferOutput<N[K]>) => void;
};

const RequestId = v.union([v.pipe(v.string(), v.maxLength(64)), v.pipe(v.number(), v.integer())]);
const RequestSchema = v.strictObject({
  jsonrpc: v.literal('2.0'),
  id: v.optional(RequestId),
  method: v.pipe(v.string(), v.maxLength(64)),
  params: v.optional(v.unknown()),
});
const ResponseSchema = v.union([
  v.strictObject({ jsonrpc: v.literal('2.0'), id: RequestId, result: v.unknown() }),
  v.strictObject({
    jsonrpc: v.literal('2.0'),
    id: v.nullable(RequestId),
    error: v.strictObject({ code: v.number(), message: v.string(), data: v.optional(v.unknown()) }),
  }),
]);

interface Pending {
  schema: Schema;
  resolve: (value: unknown) => void;
  reject: (error: ProblemError) => void;
  stop: () => void;
}

export interface PeerOptions<
  Local extends MethodTable,
  Remote extends MethodTable,
  In extends NotificationTable,
> {
  send: (message: unknown) => void;
  local: Local;
  handlers: Handlers<Local>;
  remote: Remote;
  incoming: In;
  listeners: Listeners<In>;
}

/** One end of the conversation. Feed it what arrives with `receive`; end it with `close`. */
export class Peer<Local extends MethodTable, Remote extends MethodTable, In extends NotificationTable> {
  readonly #options: PeerOptions<Local, Remote, In>;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #closed = false;

  constructor(options: PeerOptions<Local, Remote, In>) {
    this.#options = options;
  }

  /** Whether an answer is being waited for. */
  get waiting(): boolean {
    return this.#pending.size > 0;
  }

  /**
   * Asks the other side. Rejects with a ProblemError: the other side's own problem, `timed-out` after
   * `timeout` milliseconds, `bad-params` if the answer breaks the contract, `disconnected` on `close`.
   */
  request<M extends keyof Remote & string>(
    method: M,
    params: Params<Remote, M>,
    timeout: number,
  ): Promise<Result<Remote, M>> {
    if (this.#closed) return Promise.reject(new ProblemError('disconnected', method));
    const id = ++this.#lastId;
    const schema = (this.#options.remote[method] as Remote[M]).result;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new ProblemError('timed-out', method));
      }, timeout);
      const stop = () => clearTimeout(timer);
      this.#pending.set(id, { schema, resolve: resolve as (value: unknown) => void, reject, stop });
      try {
        this.#options.send({ jsonrpc: '2.0', id, method, params });
      } catch (error) {
        this.#pending.delete(id);
        stop();
        reject(error instanceof ProblemError ? error : new ProblemError('disconnected', method));
      }
    });
  }

  /** Tells the other side something without waiting; what cannot be sent is left untold. */
  notify(method: string, params: unknown): void {
    this.#reply({ jsonrpc: '2.0', method, params });
  }

  /** Takes one message from the other side. Never throws: what is wrong is answered as JSON-RPC says. */
  receive(message: unknown): void {
    const response = v.safeParse(ResponseSchema, message);
    if (response.success) {
      this.#settle(response.output);
      return;
    }
    const request = v.safeParse(RequestSchema, message);
    if (!request.success) {
      this.fail(null, new ProblemError('not-a-request'));
      return;
    }
    const { id, method, params } = request.output;
    if (id === undefined) this.#hear(method, params);
    else void this.#answer(id, method, params);
  }

  /** Answers with an error; `id` null when the request could not even be read. */
  fail(id: string | number | null, error: unknown): void {
    const problem = toProblem(error);
    const code = problemNumbers[problem.kind];
    this.#reply({ jsonrpc: '2.0', id, error: { code, message: problem.kind, data: problem } });
  }

  /** Ends the conversation: all that waits is rejected with `disconnected`. */
  close(): void {
    this.#closed = true;
    for (const pending of this.#pending.values()) {
      pending.stop();
      pending.reject(new ProblemError('disconnected'));
    }
    this.#pending.clear();
  }

  #reply(message: unknown): void {
    if (this.#closed) return;
    try {
      this.#options.send(message);
    } catch {
      // The other side is gone, or it is too large: whoever tells must not fail by it.
    }
  }

  #hear(method: string, params: unknown): void {
    const schema = Object.hasOwn(this.#options.incoming, method) ? this.#options.incoming[method] : undefined;
    if (!schema) return;
    const parsed = v.safeParse(schema, params);
    if (parsed.success) this.#options.listeners[method as keyof In & string](parsed.output as never);
  }

  async #answer(id: string | number, method: string, params: unknown): Promise<void> {
    const entry = Object.hasOwn(this.#options.local, method) ? this.#options.local[method] : undefined;
    if (!entry) return this.fail(id, new ProblemError('unknown-method', method));
    const parsed = v.safeParse(entry.params, params ?? {});
    if (!parsed.success) return this.fail(id, new ProblemError('bad-params', describe(parsed.issues)));
    try {
      const result = await this.#options.handlers[method as keyof Local](parsed.output as never);
      if (!this.#closed) this.#options.send({ jsonrpc: '2.0', id, result });
    } catch (error) {
      this.fail(id, error);
    }
  }

  #settle(response: v.InferOutput<typeof ResponseSchema>): void {
    const pending = typeof response.id === 'number' ? this.#pending.get(response.id) : undefined;
    if (!pending) return;
    this.#pending.delete(response.id as number);
    pending.stop();
    if ('error' in response) {
      pending.reject(remoteError(response.error));
      return;
    }
    const parsed = v.safeParse(pending.schema, response.result);
    if (parsed.success) pending.resolve(parsed.output);
    else pending.reject(new ProblemError('bad-params', `answer: ${describe(parsed.issues)}`));
  }
}

/** The other side's error as ours; a number that we do not know stays readable as `internal`. */
function remoteError(error: { code: number; message: string; data?: unknown }): ProblemError {
  const problem = v.safeParse(ProblemSchema, error.data);
  if (problem.success) return new ProblemError(problem.output.kind, problem.output.detail);
  const known = Object.entries(problemNumbers).find(([, number]) => number === error.code);
  return new ProblemError((known?.[0] as ProblemKind | undefined) ?? 'internal', error.message.slice(0, 500));
}

function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`)
    .join('; ');
}
