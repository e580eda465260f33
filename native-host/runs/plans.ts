/** Plans that were made and may still be agreed to. */
import type { Failure, Plan } from '../../common/plan.ts';
import { objections } from '../../common/policy.ts';
import { ProblemError } from '../../common/problem.ts';
import type { RemedyId } from '../../common/remedies.ts';
import type { Machine } from '../machine/machine.ts';
import { applyCataloguePolicy } from '../policy/catalogue.ts';
import { readPolicy } from '../policy/settings.ts';
import type { Past } from './past.ts';
import type { MadePlan } from './plan.ts';

/** Plans kept for a choice; older ones are stale. */
const KEPT = 8;

export interface PlanWishes {
  /** A person's own list. */
  only?: readonly RemedyId[] | undefined;
  /** A browser can be asked to do its part. */
  browser?: boolean;
  /** The failure was seen, not only asked about: it goes into the history. */
  remember?: boolean;
}

export class Plans {
  readonly #machine: Machine;
  readonly #past: Past;
  readonly #made = new Map<string, MadePlan>();

  constructor(machine: Machine, past: Past) {
    this.#machine = machine;
    this.#past = past;
  }

  /** Makes a plan by evidence, policy and history, and keeps it for a choice. */
  async make(failure: Failure, { only, browser = false, remember = false }: PlanWishes): Promise<MadePlan> {
    await applyCataloguePolicy(this.#machine);
    if (remember) await this.#past.remember(failure);
    const { policy } = await readPolicy(this.#machine);
    const known = await this.#past.knownOf(failure);
    // Checks and remedies are much to load: a host that only says hello does without.
    const { makePlan } = await import('./plan.ts');
    const made = await makePlan(this.#machine, failure, {
      ...{ only, browser, ...known },
      objections: objections(policy.remedies, new Date()),
    });
    this.#made.set(made.plan.id, made);
    const oldest = this.#made.keys().next();
    if (this.#made.size > KEPT && !oldest.done) this.#made.delete(oldest.value);
    return made;
  }

  /** The plan of that id. Fails with `plan-stale` for one that this host did not make, or made too long ago. */
  of(id: Plan['id']): MadePlan {
    const made = this.#made.get(id);
    if (!made) throw new ProblemError('plan-stale', id);
    return made;
  }
}
