/**
 * Evidence for the organisation that runs this PC, where its policy asks for it: entries in Windows' event log
 * (`EventLog`) and a local log (`Log`). Nothing is sent anywhere. Whatever goes wrong with it ends here: evidence that
 * cannot be written never holds up a repair.
 */
import type { CheckResult } from '../../common/check.ts';
import type { Failure, Plan } from '../../common/plan.ts';
import type { Run } from '../../common/run.ts';
import type { Machine } from '../machine/machine.ts';
import { PolicyReader } from '../policy/reader.ts';
import { within } from '../runs/limit.ts';
import type { Entry } from './entries.ts';
import { readWanted } from './wanted.ts';

/** Milliseconds after which nobody waits for it any more. */
const LIMIT = 2_000;

type Make = (detailed: boolean) => Promise<Entry[]>;
type Once = () => Promise<boolean>;

/** Tells what `make` makes, where somebody wants to know; with `once`, only if that gives true. Never fails. */
async function tell(machine: Machine, make: Make, once?: Once): Promise<void> {
  const nobody = new AbortController().signal;
  // A full disk, no rights, a folder that does not answer: the repair goes on.
  await within(LIMIT, nobody, () => write(machine, make, once), 0).catch(() => undefined);
}

async function write(machine: Machine, make: Make, once?: Once): Promise<void> {
  const { eventLog, log } = await readWanted(await PolicyReader.open(machine));
  if (!eventLog && log === 'nothing') return;
  if (once && !(await once())) return;
  // Loaded only now: on most PCs nobody asks.
  const { toEventLog, toLog } = await import('./write.ts');
  if (eventLog) await toEventLog(machine, await make(false));
  if (log !== 'nothing') await toLog(machine, await make(log === 'details'));
}

/** Failures that a browser saw and that are new to the history. */
export const tellOfFailures = (machine: Machine, failures: readonly Failure[]): Promise<void> =>
  tell(machine, async (detailed) => (await import('./entries.ts')).failuresSeen(failures, detailed));

/**
 * A plan: if its failure was `seen`, as the history has it and not only asked about, the plan itself; in any case what
 * policy kept out of it.
 */
export const tellOfPlan = (machine: Machine, plan: Plan, seen: boolean): Promise<void> =>
  tell(machine, async (detailed) => {
    const { planMade, refusedIn } = await import('./entries.ts');
    return [...(seen ? planMade(plan, detailed) : []), ...refusedIn(plan)];
  });

/**
 * A run, or its undo, in which nothing goes on any more: it ended, waits for the person, or was cut off. `once` is for
 * what is seen more than once, and asked only where somebody wants to know.
 */
export const tellOfRun = (machine: Machine, run: Run, once?: Once): Promise<void> =>
  tell(machine, async (detailed) => (await import('./entries.ts')).runEnded(run, detailed), once);

/** A look at the connection that has ended. */
export const tellOfCheck = (machine: Machine, result: CheckResult): Promise<void> =>
  tell(machine, async (detailed) => (await import('./entries.ts')).checkEnded(result, detailed));
