/** The details of a failure, to read and to copy. */

import type { Failure } from '../../common/plan.ts';
import type { Fact } from '../../common/report/parts.ts';
import type { Run } from '../../common/run.ts';
import { say } from '../text.ts';
import { written } from '../views/clock.ts';
import { useCopyText } from './copy.tsx';
import { factsOf, type Reported, reportText } from './report/reported.ts';

/** The details as a list; times in the person's own words, the rest as it is. */
export function Facts({ failure }: { failure: Failure }) {
  return (
    <dl class="facts">
      {factsOf(failure).map((fact) => (
        <div key={fact[0]}>
          <dt>{fact[0]}</dt>
          <dd>{shown(fact, failure)}</dd>
        </div>
      ))}
    </dl>
  );
}

function shown([, value]: Fact, { time }: Failure) {
  if (value !== time) return value;
  return <time dateTime={time}>{written(time, { dateStyle: 'medium', timeStyle: 'medium' })}</time>;
}

/** The way to copy the report; `label` is for its button, and `known` is what else the state says of it. */
export function useCopy(failure: Failure, run?: Run, known: Reported = {}) {
  const text = () => reportText(failure, run, known);
  const { copy, copied } = useCopyText(text, run?.id ?? `${failure.code} ${failure.time}`);
  return { copy, label: say(copied === 'copied' ? 'ui_copied' : 'ui_copy'), outcome: { copied, text } };
}
