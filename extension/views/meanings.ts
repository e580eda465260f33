/** What the codes that are shown mean, as the background has said. */
import { beyondThisPc } from '../../common/failures/category.ts';
import type { Failure } from '../../common/plan.ts';
import type { Meaning } from '../ui-state.ts';

let known: ReadonlyMap<string, Meaning> = new Map();

/** Takes the meanings that came with a state. */
export function setMeanings(meanings: readonly Meaning[]): void {
  known = new Map(meanings.map((meaning) => [meaning.code, meaning]));
}

/** What a code means; undefined for one that is not in the state. */
export function meaningOf({ code }: Pick<Failure, 'code'>): Meaning | undefined {
  return known.get(code);
}

/** Whether a repair on this PC may be offered for it. */
export function canRepair(failure: Failure): boolean {
  return !beyondThisPc.has(failure.category) && meaningOf(failure)?.repairable === true;
}
