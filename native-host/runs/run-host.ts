/**
 * Carries runs out on behalf of whoever is connected: a browser, several, or the CLI. A run belongs to this
 * object and not to a connection; connections come and go, follow it, and answer when sign-in is to be verified.
 */
import { join } from 'node:path';
import type { Failure, Plan, StartChoice } from '../../common/plan.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import { guides, isGuide, type LinkId, type RemedyId } from '../../common/remedies.ts';
import type { Run, UndoChoice, Verification } from '../../common/run.ts';
import { tellOfPlan } from '../evidence/index.ts';
import type { Machine } from '../machine/machine.ts';
import { refuseUnlessAllowed } from '../policy/remedies.ts';
import { ActiveRun, type ActiveRunEvents, type Carried } from './active-run.ts';
import { chosenSteps } from './choice.ts';
import { endCancelled, Past } from './past.ts';
import type { MadePlan } from './plan.ts';
import { Plans, type PlanWishes } from './plans.ts';
import { isOpen } from './state.ts';
import { Journal, loadRun, newRunId } from './store.ts';

export interface RunHostEvents extends ActiveRunEvents {
  /** Signs in and reports; must not reject. */
  verify: (run: Run) => Promise<Verification>;
  /** Has a browser clear its session. Fails with `browser-missing` or `permission-refused`. */
  clearSession: (run: Run) => Promise<void>;
}

export class RunHost {
  readonly machine: Machine;
  readonly past: Past;
  readonly #runs: string;
  readonly #events: RunHostEvents;
  readonly #plans: Plans;
  readonly #active: ActiveRun;

  constructor(machine: Machine, events: RunHostEvents) {
    this.machine = machine;
    this.#runs = join(machine.stateFolder, 'runs');
    this.#events = events;
    this.#active = new ActiveRun(machine, events);
    this.past = new Past(machine, this.#runs, () => this.#active.view());
    this.#plans = new Plans(machine, this.past);
  }

  get busy(): boolean {
    return this.#active.busy;
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
    return this.#active.launch(
      async () => {
        await this.past.tidy(now);
        await this.past.remember(failure);
        const time = now.toISOString();
        const id = newRunId(now);
        return Journal.create(this.#runs, { type: 'begin', format: 1, id, failure, steps, time });
      },
      (carried) => this.#carryOut(carried),
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
    return this.#active.launch(
      () => Journal.reopen(this.#runs, id),
      (carried) => this.#carryOut(carried),
    );
  }

  /** The person did what a guide asked for, or goes on without it. Fails with `run-unknown` where none waits. */
  async continue(id: string, answer: 'done' | 'skip'): Promise<Run> {
    const step = await this.past.waitingStep(id);
    return this.#active.launch(
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
      (carried) => this.#carryOut(carried),
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
    return this.#active.launch(
      () => Journal.reopen(this.#runs, runId),
      async ({ journal, changed }) => {
        const { undo } = await import('./undo.ts');
        await undo(journal, this.machine, part, changed);
      },
    );
  }

  /** Ends the run after the step that is going on; one that waits for the person ends at once. */
  async cancel(id: string): Promise<Run> {
    const going = this.#active.cancel(id);
    if (going) return going;
    await this.past.waitingStep(id);
    return this.#active.launch(
      () => Journal.reopen(this.#runs, id),
      ({ journal }) => endCancelled(journal),
    );
  }

  /** Resolves when no run is going on. */
  settled(): Promise<void> {
    return this.#active.settled();
  }

  async #carryOut(carried: Carried): Promise<void> {
    const { carryOut } = await import('./engine.ts');
    await carryOut(carried.journal, {
      machine: this.machine,
      signal: carried.signal,
      verify: (step) => this.#verify(carried, step),
      clearSession: () => this.#events.clearSession(carried.view()),
      changed: carried.changed,
    });
  }

  async #verify({ journal, view, changed }: Carried, step: number): Promise<Verification> {
    const { conclude, looksAtOneDrive, proofsOfOneDrive } = await import('./verification.ts');
    const { code } = journal.state.run.failure;
    const signIn = await this.#events.verify(view());
    if (!looksAtOneDrive(code, journal.plannedStep(step).remedy)) return conclude(code, signIn, []);
    changed(step, { id: 'looking-at-onedrive' });
    return conclude(code, signIn, await proofsOfOneDrive(this.machine));
  }
}
