/**
 * Carries runs out on behalf of whoever is connected: a browser, several, or the CLI. A run belongs to this
 * object and not to a connection; connections come and go, follow it, and answer when sign-in is to be verified.
 */
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { History } from '../../common/history.ts';
import type { Failure, Plan, StartChoice } from '../../common/plan.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import { guides, isGuide, type LinkId, type RemedyId } from '../../common/remedies.ts';
import type { Activity, Run, UndoChoice, Verification } from '../../common/run.ts';
import { tellOfPlan, tellOfRun } from '../evidence/index.ts';
import type { Machine } from '../machine/machine.ts';
import { refuseUnlessAllowed } from '../policy/remedies.ts';
import { chosenSteps } from './choice.ts';
import { type MeetingPoint, occupy } from './meeting-point.ts';
import { endCancelled, Past } from './past.ts';
import type { MadePlan } from './plan.ts';
import { Plans, type PlanWishes } from './plans.ts';
import { isOpen } from './state.ts';
import { Journal, loadRun, newRunId } from './store.ts';

export interface RunHostEvents {
  /** The run's newest view. */
  changed: (run: Run) => void;
  /** Signs in and reports; must not reject. */
  verify: (run: Run) => Promise<Verification>;
  /** Has a browser clear its session. Fails with `browser-missing` or `permission-refused`. */
  clearSession: (run: Run) => Promise<void>;
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
  readonly past: Past;
  readonly #runs: string;
  readonly #events: RunHostEvents;
  readonly #plans: Plans;
  #active: Active | undefined;
  #starting = false;

  constructor(machine: Machine, events: RunHostEvents) {
    this.machine = machine;
    this.#runs = join(machine.stateFolder, 'runs');
    this.#events = events;
    this.past = new Past(machine, this.#runs, () => this.#active && this.#view(this.#active));
    this.#plans = new Plans(machine, this.past);
  }

  get busy(): boolean {
    return this.#starting || this.#active !== undefined;
  }

  /** Makes a plan and keeps it for a choice. */
  async plan(failure: Failure, wishes: PlanWishes = {}): Promise<MadePlan> {
    const made = await this.#plans.make(failure, wishes);
    const seen = wishes.remember === true;
    // A question, or a private window's failure, is told of only where it asks by name for what policy forbids.
    if (seen || wishes.only) await tellOfPlan(this.machine, made.plan, seen);
    return made;
  }

  /** Starts a run and returns at once with its first view. Fails with `plan-stale`, `item-unknown`, `run-busy`. */
  async start(planId: Plan['id'], chosen: StartChoice['chosen']): Promise<Run> {
    const made = this.#plans.of(planId);
    const steps = chosenSteps(made, chosen);
    for (const { remedy } of steps) await this.#stillAllowed(remedy);
    const now = new Date();
    const { failure } = made.plan;
    return this.#launch(
      async () => {
        await this.past.tidy(now);
        await this.past.remember(failure);
        const time = now.toISOString();
        const id = newRunId(now);
        return Journal.create(this.#runs, { type: 'begin', format: 1, id, failure, steps, time });
      },
      (active) => this.#carryOut(active),
    );
  }

  /** A plan that was made before policy changed is to be made anew. */
  #stillAllowed(remedy: RemedyId): Promise<void> {
    return refuseUnlessAllowed(this.machine, remedy).catch((error) => {
      throw new ProblemError('plan-stale', toProblem(error).kind, { cause: error });
    });
  }

  /** Goes on with a run that was cut off, or with its undo when that was. */
  async finish(id: string): Promise<Run> {
    const { state } = await loadRun(this.#runs, id);
    if (state.run.status === 'undoing') return this.undo({ runId: id, ...state.undoPart });
    if (state.run.endedAt !== undefined) throw new ProblemError('run-unknown', `${id} has ended`);
    return this.#launch(
      () => Journal.reopen(this.#runs, id),
      (active) => this.#carryOut(active),
    );
  }

  /** The person did what a guide asked for, or goes on without it. Fails with `run-unknown` where none waits. */
  async continue(id: string, answer: 'done' | 'skip'): Promise<Run> {
    const step = await this.past.waitingStep(id);
    return this.#launch(
      async () => {
        const journal = await Journal.reopen(this.#runs, id);
        try {
          await journal.add({ type: 'answered', step, answer, time: new Date().toISOString() });
        } catch (error) {
          await journal.close();
          throw error;
        }
        return journal;
      },
      (active) => this.#carryOut(active),
    );
  }

  /** Opens a place in Windows that the guide which waits leads to, where policy still lets it. */
  async openGuide(id: string, link: LinkId): Promise<void> {
    const { state } = await loadRun(this.#runs, id);
    const remedy = state.run.steps[await this.past.waitingStep(id)]?.remedy;
    if (remedy === undefined || !isGuide(remedy) || !guides[remedy].links.includes(link)) {
      throw new ProblemError('item-unknown', link);
    }
    await refuseUnlessAllowed(this.machine, remedy);
    const { openLink } = await import('../remedies/links.ts');
    await openLink(this.machine, link);
  }

  /** Puts back what a run changed, or some of its steps. */
  async undo({ runId, ...part }: UndoChoice): Promise<Run> {
    const { state } = await loadRun(this.#runs, runId);
    if (!this.busy && !state.run.canUndo && !isOpen(state.run))
      throw new ProblemError('nothing-to-undo', runId);
    return this.#launch(
      () => Journal.reopen(this.#runs, runId),
      async ({ journal }) => {
        const { undo } = await import('./undo.ts');
        await undo(journal, this.machine, part, (step, activity) => this.#changed(step, activity));
      },
    );
  }

  /** Ends the run after the step that is going on; one that waits for the person ends at once. */
  async cancel(id: string): Promise<Run> {
    const active = this.#active;
    if (active?.journal.state.run.id === id) {
      active.cancel.abort();
      return this.#view(active);
    }
    await this.past.waitingStep(id);
    return this.#launch(
      () => Journal.reopen(this.#runs, id),
      ({ journal }) => endCancelled(journal),
    );
  }

  /** Deletes all that has ended, backups included. Fails with `run-busy` in mid-run. */
  async clearHistory(): Promise<History> {
    if (this.busy) throw new ProblemError('run-busy');
    return this.past.clear();
  }

  /** Resolves when no run is going on. */
  async settled(): Promise<void> {
    await this.#active?.finished;
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
      // Before `idle`, with which the process may end.
      await tellOfRun(this.machine, last);
      this.#events.idle();
    }
  }

  async #carryOut(active: Active): Promise<void> {
    const { carryOut } = await import('./engine.ts');
    await carryOut(active.journal, {
      machine: this.machine,
      signal: active.cancel.signal,
      verify: (step) => this.#verify(active, step),
      clearSession: () => this.#events.clearSession(this.#view(active)),
      changed: (step, activity) => this.#changed(step, activity),
    });
  }

  async #verify(active: Active, step: number): Promise<Verification> {
    const { conclude, looksAtOneDrive, proofsOfOneDrive } = await import('./verification.ts');
    const { code } = active.journal.state.run.failure;
    const signIn = await this.#events.verify(this.#view(active));
    if (!looksAtOneDrive(code, active.journal.plannedStep(step).remedy)) return conclude(code, signIn, []);
    this.#changed(step, { id: 'looking-at-onedrive' });
    return conclude(code, signIn, await proofsOfOneDrive(this.machine));
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
