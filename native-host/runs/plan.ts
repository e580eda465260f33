/** Makes the plan for a failure: which remedies, in which order and why, and what each would change. */
import { randomUUID } from 'node:crypto';
import type { Failure, LeftOut, Plan, PlannedStep } from '../../common/contract.ts';
import { beyondThisPc } from '../../common/failures/category.ts';
import { describeFailure } from '../../common/failures/index.ts';
import type { RemedyId } from '../../common/remedies.ts';
import type { Machine } from '../machine/machine.ts';
import { remedies } from '../remedies/index.ts';
import type { Operation, Preview } from '../remedies/remedy.ts';

/** A plan as the browser sees it, and what only the host knows: the operations behind the items. */
export interface MadePlan {
  plan: Plan;
  operations: ReadonlyMap<RemedyId, readonly Operation[]>;
}

/**
 * Looks at the machine and plans for a failure; changes nothing. The category is the catalogue's, whatever the
 * caller said. `only` keeps just the named remedies, in their order: a person's own choice.
 */
export async function makePlan(
  machine: Machine,
  failure: Failure,
  only?: readonly RemedyId[],
): Promise<MadePlan> {
  const meaning = describeFailure(failure.code);
  const wanted = only ?? (beyondThisPc.has(meaning.category) ? [] : meaning.remedies);
  const previews = await Promise.all(wanted.map((id) => look(machine, id)));
  const steps: PlannedStep[] = [];
  const leftOut: LeftOut[] = [];
  const operations = new Map<RemedyId, readonly Operation[]>();
  wanted.forEach((remedy, index) => {
    const preview = previews[index] ?? { state: 'cannot-look' };
    if (preview.state !== 'ready') {
      leftOut.push({ remedy, because: preview.state });
      return;
    }
    const documented = meaning.documented.includes(remedy);
    const { risk, seconds, undo } = remedies[remedy];
    const reason = only ? 'chosen' : documented ? 'points-here' : 'gentlest-first';
    const items = preview.operations.map(({ item }) => item);
    steps.push({ remedy, reason, documented, risk, seconds, undo, items });
    operations.set(remedy, preview.operations);
  });
  const category = meaning.category;
  return { plan: { id: randomUUID(), failure: { ...failure, category }, steps, leftOut }, operations };
}

/** One remedy that cannot look must not take the others' previews with it. */
async function look(machine: Machine, id: RemedyId): Promise<Preview | { state: 'cannot-look' }> {
  try {
    return await remedies[id].preview(machine);
  } catch {
    return { state: 'cannot-look' };
  }
}
