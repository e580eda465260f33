/** A check as the same report, to be copied from its view. */

import type { Failure } from '../../../common/plan.ts';
import { asText } from '../../../common/report/as-text.ts';
import { say } from '../../text.ts';
import type { CheckState } from '../../ui-state.ts';
import { type Reported, reportOf } from '../report/reported.ts';

/** The text to copy; `failure` is what failed in the tab, if anything did. */
export function checkReport(check: CheckState, failure: Failure | null, known: Reported = {}): string {
  return asText(reportOf({ ...known, failure, check }), say);
}
