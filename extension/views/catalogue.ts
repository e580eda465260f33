/** The views' one door to the catalogue of failures. */

import { beyondThisPc } from '../../common/failures/category.ts';
import { describeFailure, type FailureMeaning } from '../../common/failures/index.ts';
import type { Failure } from '../../common/plan.ts';

/** What the catalogue knows of a failure. */
export function meaningOf({ code }: Pick<Failure, 'code'>): FailureMeaning {
  return describeFailure(code);
}

/** Whether a repair on this PC may be offered for it. */
export function canRepair(failure: Failure): boolean {
  return !beyondThisPc.has(failure.category) && meaningOf(failure).remedies.length > 0;
}
