/** All browsers that follow this host's runs: its own and those of visiting hosts. */
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { ProblemError, toProblem } from '../../common/problem.ts';
import type { Run, Verification } from '../../common/run.ts';
import type { RunHost } from '../runs/run-host.ts';
import { Session } from './session.ts';

export class Audience {
  readonly #sessions: Session[] = [];
  readonly #visitors = new Set<Socket>();
  readonly #arrivals = new Set<() => void>();

  /** Ends all conversations with visiting hosts. */
  dismiss(): void {
    for (const socket of this.#visitors) socket.end().unref();
  }

  get empty(): boolean {
    return this.#sessions.length === 0;
  }

  /** Starts a conversation; `left` is called when it has ended. */
  open(host: RunHost, input: Readable, output: Writable, left: () => void): void {
    const session: Session = new Session(host, input, output, () => {
      const at = this.#sessions.indexOf(session);
      if (at >= 0) this.#sessions.splice(at, 1);
      left();
    });
    this.#sessions.push(session);
    for (const arrived of this.#arrivals) arrived();
  }

  /** A conversation with the browser behind another host. */
  admit(host: RunHost, socket: Socket, left: () => void): void {
    this.#visitors.add(socket);
    this.open(host, socket, socket, () => {
      this.#visitors.delete(socket);
      socket.destroy();
      left();
    });
  }

  tell(run: Run): void {
    for (const session of this.#sessions) session.notify('run.changed', run, run.endedAt !== undefined);
  }

  /**
   * Asks the newest browser to sign in; when it goes away, the next that comes back within `patience`
   * milliseconds. Never rejects: where nobody can tell, the outcome is `unknown`.
   */
  async verify(run: Run, patience: number): Promise<Verification> {
    const deadline = Date.now() + patience;
    for (;;) {
      const session = this.#sessions.findLast(({ ready }) => ready) ?? this.#sessions.at(-1);
      if (!session) {
        if (!(await this.#someone(deadline - Date.now()))) return { outcome: 'unknown' };
        continue;
      }
      try {
        return await session.verify(run);
      } catch (error) {
        if (toProblem(error).kind !== 'disconnected') return { outcome: 'unknown' };
      }
    }
  }

  /** Has the newest browser clear its session. Fails with `browser-missing` where there is none. */
  async clearSession(run: Run): Promise<void> {
    const session = this.#sessions.findLast(({ ready }) => ready);
    if (!session) throw new ProblemError('browser-missing');
    try {
      await session.clearSession(run);
    } catch (error) {
      throw toProblem(error).kind === 'disconnected' ? new ProblemError('browser-missing') : error;
    }
  }

  /** Resolves to true when a browser connects within `patience` milliseconds. */
  #someone(patience: number): Promise<boolean> {
    if (patience <= 0) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const arrived = () => resolve(true);
    const timer = setTimeout(() => resolve(false), patience);
    this.#arrivals.add(arrived);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#arrivals.delete(arrived);
    });
  }
}
