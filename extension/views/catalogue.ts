/** The views' one door to the catalogue of failures. */
import type { Failure } from '../../common/contract.ts';
import { beyondThisPc } from '../../common/failures/category.ts';
import { describeFailure, type FailureMeaning } from '../../common/failures/index.ts';

/** What the catalogue knows of a failure. */
export function meaningOf(failure: Failure): FailureMeaning {
  return describeFailure(failure.code);
}

/** Whether a repair on this PC may be offered for it. */
export function canRepair(failure: Failure): boolean {
  return !beyondThisPc.has(failure.category) && meaningOf(failure).remedies.length > 0;
}
