/**
 * What a person has chosen of a plan. At first a step is in, with the items that are ticked by themselves; only what
 * was changed from that is remembered.
 */
import type { Item, Plan, PlannedStep, StartChoice } from '../../../common/plan.ts';

/** Remedies left out, and items as `remedy/item` whose tick is not the one they came with. */
export type Changes = ReadonlySet<string>;

const keyOf = (step: PlannedStep, item: Item) => `${step.remedy}/${item.id}`;

function chosenItems(step: PlannedStep, changes: Changes): Item[] {
  if (changes.has(step.remedy)) return [];
  return step.items.filter((item) => isTicked(step, item, changes));
}

/** What must be part of a step is ticked whatever was said of it. */
export function isTicked(step: PlannedStep, item: Item, changes: Changes): boolean {
  return !item.optional || item.ticked !== changes.has(keyOf(step, item));
}

/** Whether a step is chosen: with at least one of its items, if it has any. */
export function isIn(step: PlannedStep, changes: Changes): boolean {
  if (step.items.length === 0) return !changes.has(step.remedy);
  return chosenItems(step, changes).length > 0;
}

/** All of a step, some of it, or nothing. */
export function extentOf(step: PlannedStep, changes: Changes): { chosen: number; all: number } {
  return { chosen: chosenItems(step, changes).length, all: step.items.length };
}

/** Ticks or unticks one item. */
export function toggleItem(step: PlannedStep, item: Item, changes: Changes): Changes {
  return toggled(changes, keyOf(step, item));
}

/**
 * Leaves a step out or takes it in. Taken in, its items are as they came: what asks for a consent of its own is not
 * ticked with the rest, unless the step has nothing else.
 */
export function toggleStep(step: PlannedStep, changes: Changes): Changes {
  if (isIn(step, changes)) return new Set([...changes, step.remedy]);
  const own = new Set([step.remedy, ...step.items.map((item) => keyOf(step, item))]);
  const asItCame = new Set([...changes].filter((key) => !own.has(key)));
  if (isIn(step, asItCame)) return asItCame;
  return new Set([...asItCame, ...step.items.map((item) => keyOf(step, item))]);
}

/** What to ask the host to change. */
export function choiceOf(plan: Plan, changes: Changes): StartChoice['chosen'] {
  return plan.steps
    .filter((step) => isIn(step, changes))
    .map((step) => ({ remedy: step.remedy, items: chosenItems(step, changes).map(({ id }) => id) }));
}

function toggled(keys: Changes, key: string): Changes {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
