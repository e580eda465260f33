/** The runs that are on disk: what went on, what waits for a decision, what failed, and what of it is kept. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { History } from '../../common/history.ts';
import type { Failure } from '../../common/plan.ts';
import { ProblemError } from '../../common/problem.ts';
import type { Run } from '../../common/run.ts';
import { tellOfRun } from '../evidence/index.ts';
import type { Machine } from '../machine/machine.ts';
import { backupDays } from '../policy/settings.ts';
import {
  addIncidents,
  clearIncidents,
  readIncidents,
  recurrenceOf,
  recurrences,
  triedInVain,
} from './history.ts';
import { isOccupied, occupy } from './meeting-point.ts';
import type { PlanOptions } from './plan.ts';
import { isOpen } from './state.ts';
import { deleteRun, expireBackups, Journal, listRuns, loadRun, pruneRuns } from './store.ts';

const RUNS_SHOWN = 50;
const INCIDENTS_SHOWN = 200;

export class Past {
  readonly #machine: Machine;
  readonly #runs: string;
  readonly #active: () => Run | undefined;

  /** `runs` is the folder of all runs; `active` gives the view of the one that this host carries out. */
  constructor(machine: Machine, runs: string, active: () => Run | undefined) {
    this.#machine = machine;
    this.#runs = runs;
    this.#active = active;
  }

  /** The run going on, here or in another host of this user, else the newest one if it waits for a decision. */
  async current(): Promise<Run | null> {
    const active = this.#active();
    if (active) return active;
    for (const id of await listRuns(this.#runs)) {
      const run = await this.#load(id);
      // One that was killed before its first line was whole has done nothing: the one before it counts.
      if (run?.status === 'interrupted') await this.#tellOnce(run);
      if (run) return run.status === 'interrupted' || isOpen(run) ? run : null;
    }
    return null;
  }

  /** Takes a failure into the history. One that cannot be written must not keep anybody from a repair. */
  async remember(failure: Failure): Promise<void> {
    await addIncidents(this.#machine, [failure]).catch(() => undefined);
  }

  /** What the history says to a plan for a failure. */
  async knownOf(failure: Failure): Promise<Pick<PlanOptions, 'tried' | 'recurrence'>> {
    const incidents = await readIncidents(this.#machine).catch(() => []);
    const [runs, now] = [await this.#newest(), new Date()];
    return {
      tried: triedInVain(failure, runs, now),
      recurrence: recurrenceOf(failure.code, incidents, runs, now),
    };
  }

  /** What failed and what was done, newest first. */
  async history(): Promise<History> {
    const [incidents, runs] = [await readIncidents(this.#machine), await this.#newest()];
    const recurring = recurrences(incidents, runs, new Date());
    return {
      runs: runs.map(brief),
      incidents: incidents.reverse().slice(0, INCIDENTS_SHOWN),
      recurrences: recurring,
    };
  }

  /** Deletes all that has ended, backups included. Gives what is left. Fails with `run-busy` in mid-run. */
  async clear(): Promise<History> {
    await this.#alone(() => this.#deleteEnded());
    return this.history();
  }

  /** Deletes the state folder with all that is in it. Fails with `run-busy` in mid-run, or where one is not over. */
  async remove(): Promise<void> {
    await this.#alone(async () => {
      const [left] = await this.#deleteEnded();
      // Of one that was cut off, the only copy of what it took away may be here.
      if (left !== undefined) throw new ProblemError('run-busy', left);
      await rm(this.#machine.stateFolder, { recursive: true, force: true });
    });
  }

  /** Meanwhile no run begins, and none that has ended is taken up to be undone. */
  async #alone(work: () => Promise<unknown>): Promise<void> {
    const place = await occupy(this.#machine.stateFolder);
    try {
      await work();
    } finally {
      place.leave();
    }
  }

  /** Gives the ids of those that are not over. */
  async #deleteEnded(): Promise<string[]> {
    const left: string[] = [];
    for (const id of await listRuns(this.#runs)) {
      const run = await this.#load(id);
      // One whose first line is damaged can be neither shown nor undone.
      const over = run === undefined || (run.endedAt !== undefined && !isOpen(run));
      if (over) await deleteRun(this.#machine, this.#runs, id);
      else left.push(id);
    }
    await clearIncidents(this.#machine);
    return left;
  }

  /** Before a new run: one that waited for the person is given up, what is old goes. */
  async tidy(now: Date): Promise<void> {
    for (const { id, status } of await this.#newest()) {
      if (status !== 'your-turn') continue;
      const journal = await Journal.reopen(this.#runs, id);
      await endCancelled(journal).finally(() => journal.close());
      await tellOfRun(this.#machine, journal.state.run);
    }
    await expireBackups(this.#machine, this.#runs, now, await backupDays(this.#machine));
    await pruneRuns(this.#machine, this.#runs, now);
  }

  /** That a run was cut off, by a mark beside its journal that only one host can make. */
  async #tellOnce(run: Run): Promise<void> {
    const mark = join(this.#runs, run.id, 'interruption-told');
    const isFirst = () =>
      writeFile(mark, '', { flag: 'wx', mode: 0o600 }).then(
        () => true,
        () => false,
      );
    await tellOfRun(this.#machine, run, isFirst);
  }

  /** The step at which a run waits for the person. Fails with `run-unknown` where it does not. */
  async waitingStep(id: string): Promise<number> {
    const { state } = await loadRun(this.#runs, id);
    const step = state.run.steps.findIndex(({ status }) => status === 'your-turn');
    if (state.run.status !== 'your-turn' || step < 0) {
      throw new ProblemError('run-unknown', `${id} waits for nobody`);
    }
    return step;
  }

  /** Runs, newest first; one whose journal cannot be read is left out. */
  async #newest(): Promise<Run[]> {
    const ids = (await listRuns(this.#runs)).slice(0, RUNS_SHOWN);
    const runs = await Promise.all(ids.map((id) => this.#load(id)));
    return runs.filter((run) => run !== undefined);
  }

  async #load(id: string): Promise<Run | undefined> {
    const active = this.#active();
    if (active?.id === id) return active;
    const { run } = await loadRun(this.#runs, id).then(
      ({ state }) => state,
      () => ({ run: undefined }),
    );
    // Nobody carries out one that waits for the person.
    if (!run || !isOpen(run) || run.status === 'your-turn') return run;
    // This host carries out another one, or nobody carries out any.
    if (active || !(await isOccupied(this.#machine.stateFolder))) run.status = 'interrupted';
    return run;
  }
}

/** Lists in a run's view that a history shows at most. */
const LISTED = 10;

/** A run as the history tells it: fifty of them must fit into one message. */
function brief(run: Run): Run {
  const steps = run.steps.map((step) => ({ ...step, skipped: step.skipped.slice(0, LISTED) }));
  if (!run.undone) return { ...run, steps };
  const { conflicts, impossible, ...counts } = run.undone;
  const undone = {
    ...counts,
    conflicts: conflicts.slice(0, LISTED),
    impossible: impossible.slice(0, LISTED),
  };
  return { ...run, steps, undone };
}

/** Ends a run that waited for the person, and was given up. */
export async function endCancelled(journal: Journal): Promise<void> {
  await journal.add({ type: 'end', status: 'cancelled', time: new Date().toISOString() });
}
