import type { Failure } from '../../common/plan.ts';
import { say } from '../text.ts';
import { meaningOf } from '../views/catalogue.ts';
import { isWaiting } from '../views/stage.ts';
import { failureWords, whoLabel, whoSentence } from '../views/words.ts';
import type { ViewProps } from './app.tsx';
import { CopyOutcome, Facts, useCopy } from './facts.tsx';
import { Screen } from './screen.tsx';

/** What failed, who can fix it, and the way to the repair or to IT. */
export function FailureView({ stage, state, act }: ViewProps<'failure'>) {
  const { failure, repairable } = stage;
  const { title, next } = failureWords(failure);
  const { copy, copied, label } = useCopy(failure);
  const fix = { does: 'plan', label: say('ui_fix'), press: () => act({ do: 'plan' }), off: isWaiting(state) };
  const hand = { does: 'copy', label, press: copy };
  const calm = failure.category === 'none';
  const primary = repairable ? fix : calm ? undefined : hand;
  return (
    <Screen name="failure" title={title} lead={next} state={state} primary={primary}>
      <Who failure={failure} />
      {repairable && <p class="note">{say('ui_fix_preview')}</p>}
      {repairable || calm ? (
        <details>
          <summary>{say('ui_details')}</summary>
          <Facts failure={failure} />
        </details>
      ) : (
        <section>
          <h2>{say('ui_details_for_it')}</h2>
          <Facts failure={failure} />
        </section>
      )}
      <CopyOutcome copied={copied} failure={failure} />
      <Source failure={failure} />
    </Screen>
  );
}

function Who({ failure }: { failure: Failure }) {
  return (
    <section class="who" data-category={failure.category}>
      <h2>
        <span class="who-ask">{say('ui_who')}</span> <span class="who-name">{whoLabel(failure)}</span>
        <code>{failure.code}</code>
      </h2>
      <p>{whoSentence(failure)}</p>
    </section>
  );
}

/** Where Microsoft writes about it; only ever a page of the web. */
function Source({ failure }: { failure: Failure }) {
  const { source } = meaningOf(failure);
  if (!source?.startsWith('https://')) return null;
  return (
    <p class="source">
      <a href={source} target="_blank" rel="noreferrer">
        {say('ui_source')}
      </a>
    </p>
  );
}
