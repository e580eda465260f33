/**
 * The one run that is carried out: it has the meeting point while it goes on, and its newest view is told. However its
 * work ends, the journal is closed, the place is free again, and the end is told.
 */
import type { Socket } from 'node:net';
import { ProblemError, toProblem } from '../../common/problem.ts';
import type { Activity, Run } from '../../common/run.ts';
import { tellOfRun } from '../evidence/index.ts';
import type { Machine } from '../machine/machine.ts';
import { type MeetingPoint, occupy } from './meeting-point.ts';
import type { Journal } from './store.ts';

export interface ActiveRunEvents {
  /** The run's newest view. */
  changed: (run: Run) => void;
  /** A further host of this user wants to follow the run. */
  visitor: (socket: Socket) => void;
  /** No run is going on any more. */
  idle: () => void;
}

/** What the work of a run has to do with. */
export interface Carried {
  journal: Journal;
  /** The person wants no further step. */
  signal: AbortSignal;
  /** The journal went on, or this step is at something else now. */
  changed: (step?: number, activity?: Activity) => void;
  view: () => Run;
}

interface Active {
  journal: Journal;
  cancel: AbortController;
  activity: { step: number; activity: Activity } | undefined;
  finished: Promise<void>;
}

export class ActiveRun {
  readonly #machine: Machine;
  readonly #events: ActiveRunEvents;
  #active: Active | undefined;
  #starting = false;
  /** Of the run before. */
  #lastRevision = 0;

  constructor(machine: Machine, events: ActiveRunEvents) {
    this.#machine = machine;
    this.#events = events;
  }

  get busy(): boolean {
    return this.#starting || this.#active !== undefined;
  }

  /** Undefined where none is carried out. */
  view(): Run | undefined {
    return this.#active && viewOf(this.#active);
  }

  /** Lets the step that is going on be the last. Undefined where it is not this run that is carried out. */
  cancel(id: string): Run | undefined {
    if (this.#active?.journal.state.run.id !== id) return undefined;
    this.#active.cancel.abort();
    return viewOf(this.#active);
  }

  /** Resolves when no run is going on. */
  async settled(): Promise<void> {
    await this.#active?.finished;
  }

  /** Begins, and returns at once with the first view. Fails with `run-busy`, or as `open` does. */
  async launch(open: () => Promise<Journal>, work: (carried: Carried) => Promise<void>): Promise<Run> {
    if (this.busy) throw new ProblemError('run-busy');
    this.#starting = true;
    let place: MeetingPoint | undefined;
    try {
      place = await occupy(this.#machine.stateFolder, this.#events.visitor);
      const journal = await open();
      // Newer than anything that a host which died under this run has told, or this one before its clock was set back.
      this.#lastRevision = Math.max(Date.now(), this.#lastRevision + 1);
      journal.state.run.revision = this.#lastRevision;
      const cancel = new AbortController();
      const active: Active = { journal, cancel, activity: undefined, finished: Promise.resolve() };
      this.#active = active;
      active.finished = this.#see(active, work(this.#carried(active)), place);
      return viewOf(active);
    } catch (error) {
      place?.leave();
      throw error;
    } finally {
      this.#starting = false;
      if (!this.busy) this.#events.idle();
    }
  }

  #carried(active: Active): Carried {
    return {
      journal: active.journal,
      signal: active.cancel.signal,
      view: () => viewOf(active),
      changed: (step, activity) => {
        if (this.#active !== active) return;
        active.journal.state.run.revision += 1;
        active.activity = step === undefined || !activity ? undefined : { step, activity };
        this.#events.changed(viewOf(active));
      },
    };
  }

  /** Waits for a run's end and clears up, however it ended. */
  async #see(active: Active, work: Promise<void>, place: MeetingPoint): Promise<void> {
    try {
      await work;
    } catch (error) {
      // The journal itself failed (a full disk): what is known is told, and the next start can finish or undo.
      const { run } = active.journal.state;
      const step = run.steps.find(({ status }) => status !== 'done') ?? run.steps[0];
      if (step) Object.assign(step, { status: 'failed', problem: toProblem(error) });
      Object.assign(run, { status: 'failed', revision: run.revision + 1 });
    } finally {
      active.activity = undefined;
      await active.journal.close();
      place.leave();
      const last = viewOf(active);
      this.#lastRevision = last.revision;
      this.#active = undefined;
      this.#events.changed(last);
      // Before `idle`, with which the process may end.
      await tellOfRun(this.#machine, last);
      this.#events.idle();
    }
  }
}

/** A copy, so that what was sent does not change under way. */
function viewOf({ journal, activity }: Active): Run {
  const run = structuredClone(journal.state.run);
  const step = activity && run.steps[activity.step];
  if (step) step.activity = activity.activity;
  return run;
}
