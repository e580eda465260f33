/**
 * Carries runs out on behalf of whoever is connected: a browser, several, or the CLI. A run belongs to this
 * object and not to a connection; connections come and go, follow it, and answer when sign-in is to be verified.
 */
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Activity, Failure, Plan, Run, StartChoice, Verification } from '../../common/contract.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import type { RemedyId } from '../../common/remedies.ts';
import type { Machine } from '../machine/machine.ts';
import { applyCataloguePolicy } from '../policy.ts';
import { chosenSteps } from './choice.ts';
import { carryOut, undo } from './engine.ts';
import { isOccupied, type MeetingPoint, occupy } from './meeting-point.ts';
import { type MadePlan, makePlan } from './plan.ts';
import { isOpen } from './state.ts';
import { expireBackups, Journal, listRuns, loadRun, newRunId } from './store.ts';

/** Plans kept for a choice; older ones are stale. */
const PLANS_KEPT = 8;

export interface RunHostEvents {
  /** The run's newest view. */
  changed: (run: Run) => void;
  /** Signs in and reports; must not reject. */
  verify: (run: Run) => Promise<Verification>;
  /** A further host of this user wants to follow the run. */
  visitor: (socket: Socket) => void;
  /** No run is going on any more. */
  idle: () => void;
}

interface Active {
  journal: Journal;
  cancel: AbortController;
  activity: { step: number; activity: Activity } | undefined;
  finished: Promise<void>;
}

export class RunHost {
  readonly machine: Machine;
  readonly #runs: string;
  readonly #events: RunHostEvents;
  readonly #plans = new Map<string, MadePlan>();
  #active: Active | undefined;
  #starting = false;

  constructor(machine: Machine, events: RunHostEvents) {
    this.machine = machine;
    this.#runs = join(machine.stateFolder, 'runs');
    this.#events = events;
  }

  get busy(): boolean {
    return this.#starting || this.#active !== undefined;
  }

  async plan(failure: Failure, only?: readonly RemedyId[]): Promise<MadePlan> {
    await applyCataloguePolicy(this.machine);
    const made = await makePlan(this.machine, failure, only);
    this.#plans.set(made.plan.id, made);
    const oldest = this.#plans.keys().next();
    if (this.#plans.size > PLANS_KEPT && !oldest.done) this.#plans.delete(oldest.value);
    return made;
  }

  /** Starts a run and returns at once with its first view. Fails with `plan-stale`, `item-unknown`, `run-busy`. */
  async start(planId: Plan['id'], chosen: StartChoice['chosen']): Promise<Run> {
    const made = this.#plans.get(planId);
    if (!made) throw new ProblemError('plan-stale', planId);
    const steps = chosenSteps(made, chosen);
    const now = new Date();
    const { failure } = made.plan;
    return this.#launch(
      async () => {
        await expireBackups(this.#runs, now);
        const time = now.toISOString();
        const id = newRunId(now);
        return Journal.create(this.#runs, { type: 'begin', format: 1, id, failure, steps, time });
      },
      (active) => this.#carryOut(active),
    );
  }

  /** Goes on with a run that was cut off, or with its undo when that was. */
  async finish(id: string): Promise<Run> {
    const { state } = await loadRun(this.#runs, id);
    if (state.run.status === 'undoing') return this.undo(id);
    if (state.run.endedAt !== undefined) throw new ProblemError('run-unknown', `${id} has ended`);
    return this.#launch(
      () => Journal.reopen(this.#runs, id),
      (active) => this.#carryOut(active),
    );
  }

  /** Puts back what a run changed. */
  async undo(id: string): Promise<Run> {
    const { state } = await loadRun(this.#runs, id);
    if (!this.busy && !state.run.canUndo && !isOpen(state.run)) throw new ProblemError('nothing-to-undo', id);
    return this.#launch(
      () => Journal.reopen(this.#runs, id),
      ({ journal }) => undo(journal, this.machine, (step, activity) => this.#changed(step, activity)),
    );
  }

  /** Ends the run after the operation that is going on. */
  cancel(id: string): Run {
    const active = this.#active;
    if (active?.journal.state.run.id !== id) throw new ProblemError('run-unknown', id);
    active.cancel.abort();
    return this.#view(active);
  }

  /** The run going on, here or in another host of this user, else the newest one that was cut off, else null. */
  async current(): Promise<Run | null> {
    if (this.#active) return this.#view(this.#active);
    for (const id of await listRuns(this.#runs)) {
      const run = await this.#load(id);
      // One that was killed before its first line was whole has done nothing: the one before it counts.
      if (run) return run.status === 'interrupted' || isOpen(run) ? run : null;
    }
    return null;
  }

  /** Past runs, newest first; one whose journal cannot be read is left out. */
  async history(limit = 50): Promise<Run[]> {
    const ids = (await listRuns(this.#runs)).slice(0, limit);
    const runs = await Promise.all(ids.map((id) => this.#load(id)));
    return runs.filter((run) => run !== undefined);
  }

  /** Resolves when no run is going on. */
  async settled(): Promise<void> {
    await this.#active?.finished;
  }

  async #load(id: string): Promise<Run | undefined> {
    if (this.#active?.journal.state.run.id === id) return this.#view(this.#active);
    const { run } = await loadRun(this.#runs, id).then(
      ({ state }) => state,
      () => ({ run: undefined }),
    );
    if (!run || !isOpen(run)) return run;
    // This host carries out another one, or nobody carries out any.
    if (this.#active || !(await isOccupied(this.machine.stateFolder))) run.status = 'interrupted';
    return run;
  }

  async #launch(open: () => Promise<Journal>, work: (active: Active) => Promise<void>): Promise<Run> {
    if (this.busy) throw new ProblemError('run-busy');
    this.#starting = true;
    let place: MeetingPoint | undefined;
    try {
      place = await occupy(this.machine.stateFolder, this.#events.visitor);
      const journal = await open();
      // Newer than anything that a host which died under this run has told.
      journal.state.run.revision = Date.now();
      const active: Active = {
        journal,
        cancel: new AbortController(),
        activity: undefined,
        finished: Promise.resolve(),
      };
      this.#active = active;
      active.finished = this.#see(active, work(active), place);
      return this.#view(active);
    } catch (error) {
      place?.leave();
      throw error;
    } finally {
      this.#starting = false;
      if (!this.busy) this.#events.idle();
    }
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
      const last = this.#view(active);
      this.#active = undefined;
      this.#events.changed(last);
      this.#events.idle();
    }
  }

  #carryOut(active: Active): Promise<void> {
    return carryOut(active.journal, {
      machine: this.machine,
      signal: active.cancel.signal,
      verify: () => this.#events.verify(this.#view(active)),
      changed: (step, activity) => this.#changed(step, activity),
    });
  }

  #changed(step?: number, activity?: Activity): void {
    const active = this.#active;
    if (!active) return;
    active.journal.state.run.revision += 1;
    active.activity = step === undefined || !activity ? undefined : { step, activity };
    this.#events.changed(this.#view(active));
  }

  /** A copy, so that what was sent does not change under way. */
  #view({ journal, activity }: Active): Run {
    const run = structuredClone(journal.state.run);
    const step = activity && run.steps[activity.step];
    if (step) step.activity = activity.activity;
    return run;
  }
}
