/** One conversation with a browser: `hello` first, then the methods of the contract, over any pair of streams. */
import type { Readable, Writable } from 'node:stream';
import {
  browserMethods,
  type Hello,
  hostMethods,
  type hostNotifications,
  PROTOCOL,
} from '../../common/contract.ts';
import { ProblemError } from '../../common/problem.ts';
import { type Handlers, Peer } from '../../common/rpc.ts';
import type { Run, Verification } from '../../common/run.ts';
import { addIncidents } from '../runs/history.ts';
import type { RunHost } from '../runs/run-host.ts';
import { VERSION } from '../version.ts';
import { Checking } from './checking.ts';
import { FrameWriter, readFrames } from './frames.ts';
import { Inbox } from './inbox.ts';

/** The browser signs in, which may take a slow page and a redirect or two. */
const VERIFY_TIMEOUT = 90_000;
/** Two sign-out pages, then what the browser deletes. */
const CLEAR_TIMEOUT = 60_000;
/** Requests at work, and answers that the browser has not read: with so many of either, nothing more is taken in. */
const MOST_WAITING = 32;

type Notification = keyof typeof hostNotifications;

export class Session {
  readonly #peer: Peer<typeof hostMethods, typeof browserMethods, Record<string, never>>;
  readonly #writer: FrameWriter;
  readonly #inbox: Inbox;
  readonly #checking = new Checking();
  #atWork = 0;
  #greeted = false;
  #open = true;

  constructor(host: RunHost, input: Readable, output: Writable, ended: () => void) {
    const end = () => {
      if (!this.#open) return;
      this.#open = false;
      this.#checking.cancel();
      this.#peer.close();
      ended();
    };
    this.#writer = new FrameWriter(output, end);
    this.#peer = new Peer({
      send: (message) => this.#writer.write(message),
      local: hostMethods,
      handlers: this.#handlers(host),
      remote: browserMethods,
      incoming: {},
      listeners: {},
    });
    const hasRoom = () => this.#open && this.#atWork < MOST_WAITING && this.#writer.backlog < MOST_WAITING;
    this.#inbox = new Inbox(input, hasRoom);
    output.on('drain', () => this.#inbox.goOn());
    readFrames(input, {
      message: (message) => this.#inbox.add(() => this.#peer.receive(message)),
      problem: (error) => {
        if (error.problem.kind !== 'message-too-large')
          return this.#inbox.add(() => this.#peer.fail(null, error));
        this.#peer.fail(null, error);
        // Nothing that follows an oversized frame can be told apart any more.
        input.destroy();
      },
      end,
    });
    input.resume();
  }

  /** Said hello and still there. */
  get ready(): boolean {
    return this.#greeted && this.#open;
  }

  /** Tells the browser. One that does not read gets no growing pile of progress, but always what is `final`. */
  notify(method: Notification, params: unknown, final = false): void {
    if (this.ready && (final || this.#writer.backlog < 100)) this.#peer.notify(method, params);
  }

  /** Asks the browser to sign in. Rejects with `disconnected` when the port closes first. */
  verify(run: Run): Promise<Verification> {
    return this.#peer.request('verify', { runId: run.id, code: run.failure.code }, VERIFY_TIMEOUT);
  }

  /** Has the browser clear its session. Fails with `permission-refused`, or `disconnected` when the port closes. */
  async clearSession(run: Run): Promise<void> {
    const { outcome } = await this.#peer.request('session.clear', { runId: run.id }, CLEAR_TIMEOUT);
    if (outcome === 'refused') throw new ProblemError('permission-refused');
  }

  async #tellPolicy({ machine }: RunHost): Promise<void> {
    const { readPolicy } = await import('../policy/settings.ts');
    this.notify('policy', (await readPolicy(machine)).policy);
  }

  #handlers(host: RunHost): Handlers<typeof hostMethods> {
    const greeted = () => {
      if (!this.#greeted) throw new ProblemError('hello-first');
    };
    const counted = <P, R>(handle: (params: P) => R | Promise<R>) => {
      return async (params: P): Promise<R> => {
        this.#atWork += 1;
        try {
          return await handle(params);
        } finally {
          this.#atWork -= 1;
          // Once its answer is on its way.
          setImmediate(() => this.#inbox.goOn());
        }
      };
    };
    const after = <P, R>(handle: (params: P) => R | Promise<R>) => {
      return counted((params: P) => {
        greeted();
        return handle(params);
      });
    };
    // Counted like a request: a browser that greets again and again does not have the registry read without bound.
    const tellPolicy = counted(() => this.#tellPolicy(host));
    return {
      hello: counted(async () => {
        const hello = await greet(host);
        this.#greeted = true;
        // Once its answer is on its way: on Windows the registry's library is loaded for it, which takes its time.
        setImmediate(() => void tellPolicy({}));
        return hello;
      }),
      check: after((asked) =>
        this.#checking.look(host.machine, asked, (method, params) => this.notify(method, params)),
      ),
      'check.cancel': after(() => {
        this.#checking.cancel();
        return {};
      }),
      plan: after(async ({ failure, only, private: unseen }) => {
        const { plan } = await host.plan(failure, {
          browser: true,
          // Seen on a page, and not in a private window: only such a failure has a history.
          remember: unseen === undefined && failure.seenAt !== undefined,
          only,
        });
        return plan;
      }),
      'run.start': after(({ planId, chosen }) => host.start(planId, chosen)),
      'run.get': after(async () => ({ run: await host.past.current() })),
      'run.cancel': after(({ runId }) => host.cancel(runId)),
      'run.finish': after(({ runId }) => host.finish(runId)),
      'run.continue': after(({ runId, answer }) => host.continue(runId, answer)),
      'run.undo': after((choice) => host.undo(choice)),
      'guide.open': after(async ({ runId, link }) => {
        await host.openGuide(runId, link);
        return {};
      }),
      'history.add': after(async ({ failures }) => {
        await addIncidents(host.machine, failures);
        return {};
      }),
      history: after(() => host.past.history()),
      'history.clear': after(() => host.past.clear()),
    };
  }
}

/** An extension of another protocol is answered too, so that it can say which side is to be updated. */
async function greet(host: RunHost): Promise<Hello> {
  return {
    protocol: PROTOCOL,
    version: VERSION,
    platform: process.platform,
    machine: host.machine.kind,
    run: await host.past.current(),
  };
}
