/** What stands beside a plan's steps: that the failure comes back, and what was left out. */
import { findingWords } from '../../../common/findings.ts';
import type { LeftOut as Left, Plan, Recurrence } from '../../../common/plan.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { remedyWords } from '../../views/words.ts';

/** How often it failed this way, when that happens, what prevents it and what helped. */
export function Recurs({ recurrence }: { recurrence: Recurrence }) {
  if (recurrence.count < 2) return null;
  return (
    <section class="recurs">
      <p class="recurs-count">{say('ui_recurs', recurrence.count)}</p>
      <Advice recurrence={recurrence} />
    </section>
  );
}

/** When it comes, what prevents that, and what helped the last time. */
export function Advice({ recurrence: { pattern, helped } }: { recurrence: Recurrence }) {
  const [last] = helped;
  return (
    <>
      {pattern && (
        <p>
          {say(messageKey('pattern', pattern))} {say(messageKey('prevent', pattern))}
        </p>
      )}
      {last && <p>{say('ui_helped', remedyWords(last).title)}</p>}
    </>
  );
}

/** All that was looked at, folded: what matters to a step stands there. */
export function Found({ findings }: Plan) {
  if (findings.length === 0) return null;
  return (
    <details class="found">
      <summary>{say('ui_found')}</summary>
      <ul>
        {findings.map((finding) => (
          <li key={finding.id}>{findingWords(finding, say)}</li>
        ))}
      </ul>
    </details>
  );
}

interface LeftOutProps {
  plan: Plan;
  /** How the help desk is reached; empty where policy does not say. */
  contact: string;
}

export function LeftOut({ plan, contact }: LeftOutProps) {
  if (plan.leftOut.length === 0) return null;
  const byPolicy = plan.leftOut.some(
    ({ because }) => because === 'forbidden' || because === 'needs-approval',
  );
  return (
    <section class="left-out">
      <h2>{say('ui_left_out')}</h2>
      <ul>
        {plan.leftOut.map((left) => (
          <li key={left.remedy}>
            <strong>{remedyWords(left.remedy).title}</strong> {whyNot(left, plan)}
          </li>
        ))}
      </ul>
      {byPolicy && contact && <p data-contact>{say('ui_help_desk', contact)}</p>}
    </section>
  );
}

function whyNot({ because, finding }: Left, { findings }: Plan): string {
  const found = findings.find(({ id }) => id === finding);
  const why = say(messageKey('left', because));
  return found ? `${why} ${findingWords(found, say)}` : why;
}
