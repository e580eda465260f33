/** A run host without a browser: verification is the simulated machine's own verdict. */
import * as v from 'valibot';
import { ProblemError } from '../../../common/problem.ts';
import { type Run, RunSchema, type Verification } from '../../../common/run.ts';
import type { Machine } from '../../../native-host/machine/machine.ts';
import { RunHost } from '../../../native-host/runs/run-host.ts';
import { RUN_ID } from '../run-records.ts';

export async function verdictOf(machine: Machine): Promise<Verification> {
  const verdict = await machine.signInWorks();
  if (verdict === 'unknown') return { outcome: 'unknown' };
  return verdict.works ? { outcome: 'works' } : { outcome: 'fails', code: verdict.code };
}

export interface TestRunHost {
  host: RunHost;
  /** Waits for the end of what was begun; gives the run as it was told last. */
  ended(begun: Promise<Run>): Promise<Run>;
}

export function runHostOf(machine: Machine, verify = () => verdictOf(machine)): TestRunHost {
  let last: Run | undefined;
  const host = new RunHost(machine, {
    changed: (run) => {
      // Whatever happens, the browser must be able to read it.
      last = v.parse(RunSchema, run);
    },
    verify,
    clearSession: () => Promise.reject(new ProblemError('browser-missing')),
    visitor: (socket) => socket.destroy(),
    idle: () => undefined,
  });
  return {
    host,
    async ended(begun) {
      const run = await begun;
      await host.settled();
      return last ?? run;
    },
  };
}

/** Undoes the run of a test as a host does that begins anew. */
export async function undoOn({ machine }: { machine: Machine }): Promise<Run> {
  const { host, ended } = runHostOf(machine);
  return ended(host.undo({ runId: RUN_ID }));
}
