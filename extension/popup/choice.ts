/** What a person has left ticked in a plan. Everything is ticked at first; what is unticked is remembered. */
import type { Item, Plan, PlannedStep, StartChoice } from '../../common/contract.ts';

/** Remedies left out, and unticked items as `remedy/item`. */
export type Unticked = ReadonlySet<string>;

const keyOf = (step: PlannedStep, item: Item) => `${step.remedy}/${item.id}`;

function chosenItems(step: PlannedStep, unticked: Unticked): Item[] {
  if (unticked.has(step.remedy)) return [];
  return step.items.filter((item) => isTicked(step, item, unticked));
}

/** What must be part of a step is ticked whatever was said of it. */
export function isTicked(step: PlannedStep, item: Item, unticked: Unticked): boolean {
  return !item.optional || !unticked.has(keyOf(step, item));
}

/** All of a step, some of it, or nothing. */
export function extentOf(step: PlannedStep, unticked: Unticked): { chosen: number; all: number } {
  return { chosen: chosenItems(step, unticked).length, all: step.items.length };
}

/** Ticks or unticks one item. */
export function toggleItem(step: PlannedStep, item: Item, unticked: Unticked): Unticked {
  return toggled(unticked, keyOf(step, item));
}

/** Leaves a step out or takes it in; taken in, all of its items are ticked again. */
export function toggleStep(step: PlannedStep, unticked: Unticked): Unticked {
  if (extentOf(step, unticked).chosen > 0) return new Set([...unticked, step.remedy]);
  const own = new Set([step.remedy, ...step.items.map((item) => keyOf(step, item))]);
  return new Set([...unticked].filter((key) => !own.has(key)));
}

/** What to ask the host to change. */
export function choiceOf(plan: Plan, unticked: Unticked): StartChoice['chosen'] {
  return plan.steps.flatMap((step) => {
    const items = chosenItems(step, unticked).map(({ id }) => id);
    return items.length > 0 ? [{ remedy: step.remedy, items }] : [];
  });
}

function toggled(keys: Unticked, key: string): Unticked {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
