/** Turns a person's choice among a plan's items into the steps of a run. */
import type { StartChoice } from '../../common/plan.ts';
import { ProblemError } from '../../common/problem.ts';
import { isGuide } from '../../common/remedies.ts';
import type { MadePlan } from './plan.ts';
import type { Begin } from './records.ts';

/** What the plan offers ticked; with `unticked` all of it. */
export function everything({ plan }: MadePlan, { unticked = false } = {}): StartChoice['chosen'] {
  return plan.steps.map(({ remedy, items }) => ({
    remedy,
    items: items.filter(({ ticked }) => ticked || unticked).map(({ id }) => id),
  }));
}

/**
 * The steps to run, in the plan's order. Fails with `item-unknown` for anything that the plan does not list, and
 * with `nothing-chosen` when nothing is left. What is not optional in a chosen step is always part of it.
 */
export function chosenSteps(made: MadePlan, chosen: StartChoice['chosen']): Begin['steps'] {
  for (const { remedy, items } of chosen) {
    const operations = made.operations.get(remedy);
    const known = new Set(operations?.map(({ item }) => item.id));
    const stranger = items.find((id) => !known.has(id));
    if (operations === undefined || stranger) throw new ProblemError('item-unknown', stranger ?? remedy);
  }
  const steps = made.plan.steps.flatMap(({ remedy, undo }) => {
    const choices = chosen.filter((each) => each.remedy === remedy);
    const ids = new Set(choices.flatMap(({ items }) => items));
    const wanted = isGuide(remedy) ? choices.length > 0 : ids.size > 0;
    if (!wanted) return [];
    const operations = (made.operations.get(remedy) ?? [])
      .filter(({ item }) => !item.optional || ids.has(item.id))
      .map(({ item, intent }) => ({ label: item.label, intent }));
    return [{ remedy, undo, operations }];
  });
  if (steps.length === 0) throw new ProblemError('nothing-chosen');
  return steps;
}
