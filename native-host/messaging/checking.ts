/** The check of one conversation: one at a time, and ended with it. */
import type * as v from 'valibot';
import type { CheckResult } from '../../common/check.ts';
import type { hostMethods, hostNotifications } from '../../common/contract.ts';
import { ProblemError } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';

type Asked = v.InferOutput<typeof hostMethods.check.params>;
type Told = Extract<keyof typeof hostNotifications, `check.${string}`>;

export class Checking {
  #current: AbortController | undefined;

  /** Looks, and tells what it finds as it comes. Fails with `cancelled` when it is ended before. */
  async look(
    machine: Machine,
    { scope, cloud }: Asked,
    tell: (method: Told, params: unknown) => void,
  ): Promise<CheckResult> {
    this.cancel();
    const current = new AbortController();
    this.#current = current;
    const { runChecks } = await import('../checks/index.ts');
    const tellWhileWanted: typeof tell = (...told) => {
      if (!current.signal.aborted) tell(...told);
    };
    const result = await runChecks(machine, {
      scope,
      cloud,
      signal: current.signal,
      found: (finding) => tellWhileWanted('check.found', finding),
      waiting: (checks) => tellWhileWanted('check.waiting', { checks }),
    });
    if (current.signal.aborted) throw new ProblemError('cancelled');
    return result;
  }

  cancel(): void {
    this.#current?.abort();
  }
}
