/** Turns a person's choice among a plan's items into the steps of a run. */
import type { StartChoice } from '../../common/contract.ts';
import { ProblemError } from '../../common/problem.ts';
import { remedies } from '../remedies/index.ts';
import type { MadePlan } from './plan.ts';
import type { Begin } from './records.ts';

/** Everything that the plan offers. */
export function everything({ plan }: MadePlan): StartChoice['chosen'] {
  return plan.steps.map(({ remedy, items }) => ({ remedy, items: items.map(({ id }) => id) }));
}

/**
 * The steps to run, in the plan's order. Fails with `item-unknown` for anything that the plan does not list, and
 * with `nothing-chosen` when nothing is left. What is not optional in a chosen step is always part of it.
 */
export function chosenSteps(made: MadePlan, chosen: StartChoice['chosen']): Begin['steps'] {
  for (const { remedy, items } of chosen) {
    const known = new Set(made.operations.get(remedy)?.map(({ item }) => item.id));
    const stranger = items.find((id) => !known.has(id));
    if (known.size === 0 || stranger) throw new ProblemError('item-unknown', stranger ?? remedy);
  }
  const steps = made.plan.steps.flatMap(({ remedy, undo }) => {
    const ids = new Set(chosen.filter((each) => each.remedy === remedy).flatMap(({ items }) => items));
    if (ids.size === 0) return [];
    const operations = (made.operations.get(remedy) ?? [])
      .filter(({ item }) => !item.optional || ids.has(item.id))
      .map(({ item, intent }) => ({ label: item.label, intent }));
    return [{ remedy: remedies[remedy].id, undo, operations }];
  });
  if (steps.length === 0) throw new ProblemError('nothing-chosen');
  return steps;
}
