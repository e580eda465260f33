/** The views' one door to the catalogue of failures. */
import type { Failure } from '../../common/contract.ts';
import type { Category } from '../../common/failures/category.ts';
import { describeFailure, type FailureMeaning } from '../../common/failures/index.ts';

/** Whatever a table says: what these stand for is never repaired on the PC. */
const beyondThisPc: ReadonlySet<Category> = new Set([
  'policy',
  'device',
  'account',
  'app',
  'federation',
  'service',
  'none',
]);

/** What the catalogue knows of a failure. */
export function meaningOf(failure: Failure): FailureMeaning {
  return describeFailure(failure.code);
}

/** Whether a repair on this PC may be offered for it. */
export function canRepair(failure: Failure): boolean {
  return !beyondThisPc.has(failure.category) && meaningOf(failure).remedies.length > 0;
}
