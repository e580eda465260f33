/** The details of a failure, to read and to copy. */
import { useState } from 'preact/hooks';
import type { Failure } from '../../common/plan.ts';
import type { Run } from '../../common/run.ts';
import { say } from '../text.ts';
import { type Fact, factsOf, reportText } from '../views/report.ts';

/** The details as a list; times in the person's own words, the rest as it is. */
export function Facts({ failure }: { failure: Failure }) {
  return (
    <dl class="facts">
      {factsOf(failure).map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{shown(fact, failure)}</dd>
        </div>
      ))}
    </dl>
  );
}

function shown({ value }: Fact, { time }: Failure) {
  if (value !== time) return value;
  return <time dateTime={time}>{new Date(time).toLocaleString()}</time>;
}

type Copied = 'not-yet' | 'copied' | 'refused';

/** Copies the report; gives how it went, and its label for the button. */
export function useCopy(failure: Failure, run?: Run) {
  const [copied, setCopied] = useState<Copied>('not-yet');
  const copy = () => {
    navigator.clipboard.writeText(reportText(failure, run)).then(
      () => setCopied('copied'),
      () => setCopied('refused'),
    );
  };
  return { copy, copied, label: say(copied === 'copied' ? 'ui_copied' : 'ui_copy') };
}

/** Says how the copying went; where the clipboard is refused, gives the text to copy by hand. */
export function CopyOutcome({ copied, failure, run }: { copied: Copied; failure: Failure; run?: Run }) {
  return (
    <>
      <p role="status" class={copied === 'refused' ? 'note' : 'unseen'}>
        {copied === 'copied' && say('ui_copied')}
        {copied === 'refused' && say('ui_copy_failed')}
      </p>
      {copied === 'refused' && (
        <textarea
          class="technical"
          readOnly
          rows={6}
          aria-label={say('ui_details')}
          value={reportText(failure, run)}
        />
      )}
    </>
  );
}
