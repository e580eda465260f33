/** The host as the rest of the background uses it: one port for all, reopened when a run needs following. */
import { toProblem } from '../../common/problem.ts';
import type { HostState } from '../ui-state.ts';
import { type HostPort, type HostPortEvents, openHostPort } from './host-port.ts';

/** An idle port keeps host and service worker alive for nothing. */
const IDLE_MS = 10_000;
const BACKOFF_FIRST_MS = 250;
/** Deaths in a row before a followed run's host is said to be in trouble. */
const PATIENCE = 4;
const BACKOFF_MOST_MS = 60_000;

export interface HostEvents extends Pick<HostPortEvents, 'policy' | 'run' | 'found' | 'waiting' | 'asked'> {
  greeted: (port: HostPort) => void;
  state: (state: HostState) => void;
  /** Whether the port is still wanted: somebody looks on, or a run goes on. */
  wanted: () => boolean;
  /** Whether to come back after a port that died. */
  follow: () => boolean;
}

export class Host {
  readonly #events: HostEvents;
  #port: Promise<HostPort> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #backoff = BACKOFF_FIRST_MS;
  #deaths = 0;
  #insisting = false;
  state: HostState = { state: 'idle' };

  constructor(events: HostEvents) {
    this.#events = events;
  }

  /** The open port, opened if need be; callers that come at once share it. */
  connect(): Promise<HostPort> {
    clearTimeout(this.#again);
    this.#port ??= this.#open();
    this.#keepWhileWanted();
    return this.#port;
  }

  /**
   * Asks, and where the host ends under the question asks the next one: for what may be asked twice, as it goes on
   * from a run's journal. Rejects as the question does.
   */
  async insist<T>(question: (port: HostPort) => Promise<T>): Promise<T> {
    const port = await this.connect();
    this.#insisting = true;
    try {
      return await question(port);
    } catch (error) {
      if (toProblem(error).kind !== 'disconnected') throw error;
    } finally {
      this.#insisting = false;
    }
    return question(await this.connect());
  }

  /** Another host of this user carries a run out: a new port is passed on to it, and follows. */
  async renew(): Promise<HostPort> {
    const port = await this.#port?.catch(() => undefined);
    port?.close();
    return this.connect();
  }

  /** Looks anew whether the port is wanted: call after anything that may have changed it. */
  settle(): void {
    if (this.#port) this.#keepWhileWanted();
  }

  async #open(): Promise<HostPort> {
    const { policy, run, found, waiting, asked } = this.#events;
    const port = await openHostPort({
      ...{ policy, run, found, waiting, asked },
      state: (state) => this.#stand(state),
      closed: () => this.#closed(),
    });
    this.#backoff = BACKOFF_FIRST_MS;
    this.#deaths = 0;
    this.#events.greeted(port);
    return port;
  }

  /** A host that dies in mid-run is started again at once; that is trouble only when it keeps dying. */
  #stand(state: HostState): void {
    const gone = state.state === 'died' || state.state === 'idle';
    const followed = () => this.#events.follow() && ++this.#deaths < PATIENCE;
    const comingBack = gone && (this.#insisting || followed());
    this.state = comingBack ? { state: 'starting' } : state;
    this.#events.state(this.state);
  }

  #closed(): void {
    this.#port = undefined;
    clearTimeout(this.#idle);
    if (!this.#events.follow()) {
      if (this.state.state === 'ready' || this.state.state === 'starting') this.#stand({ state: 'idle' });
      return;
    }
    this.#again = setTimeout(() => this.connect().catch(() => undefined), this.#backoff);
    this.#backoff = Math.min(this.#backoff * 2, BACKOFF_MOST_MS);
  }

  #keepWhileWanted(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(async () => {
      if (this.#events.wanted()) return this.#keepWhileWanted();
      const port = await this.#port?.catch((error) => void toProblem(error));
      port?.close();
    }, IDLE_MS);
  }
}
