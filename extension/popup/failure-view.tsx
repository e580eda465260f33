import type { Failure } from '../../common/plan.ts';
import { say } from '../text.ts';
import { canRepair, meaningOf } from '../views/meanings.ts';
import { isWaiting } from '../views/stage.ts';
import { failureWords, whoLabel, whoSentence } from '../views/words.ts';
import type { Reporting, ViewProps } from './app.tsx';
import { Copied } from './copy.tsx';
import { Facts, useCopy } from './facts.tsx';
import { type Action, Screen } from './screen.tsx';
import { ToReport } from './to-report.tsx';
import { Source, Who } from './who.tsx';

interface FailureViewProps extends Omit<ViewProps<'failure'>, 'stage' | 'close'>, Reporting {
  failure: Failure;
  back: () => void;
}

/** What failed, in detail: who can fix it, and what identifies it to IT and Microsoft. */
export function FailureView({ failure, state, act, back, report }: FailureViewProps) {
  const { title, next } = failureWords(failure);
  const { copy, label, outcome } = useCopy(failure, undefined, state);
  const repairable = canRepair(failure);
  const fix: Action = {
    does: 'plan',
    label: say('ui_fix'),
    press: () => act({ do: 'plan' }),
    off: isWaiting(state),
  };
  const hand: Action = { does: 'copy', label, press: copy };
  const leave: Action = { does: 'back', label: say('ui_back'), press: back };
  return (
    <Screen
      name="details"
      title={title}
      lead={next}
      state={state}
      primary={repairable ? fix : hand}
      others={repairable ? [leave, hand] : [leave]}
      leave={leave}
    >
      <Who
        code={failure.code}
        category={failure.category}
        label={whoLabel(failure)}
        sentence={whoSentence(failure)}
      />
      {repairable && <p class="note">{say('ui_fix_preview')}</p>}
      <section>
        <h2>{say('ui_details_for_it')}</h2>
        <Facts failure={failure} />
        <p class="links">
          <ToReport open={() => report({ failure })} />
        </p>
      </section>
      <Copied {...outcome} />
      <Source source={meaningOf(failure)?.source ?? null} />
    </Screen>
  );
}
