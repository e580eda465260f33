/** What stands beside a check's findings: who can fix it, the helper that is missing, and the watch. */
import { causeOf } from '../../../common/look.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import type { CheckState, UiAction, UiState } from '../../ui-state.ts';
import { troubleOf } from '../../views/stage.ts';
import { trusted } from '../../views/trusted.ts';
import { hostWords } from '../../views/words.ts';

/** Who can fix the most probable cause, and which codes it explains. */
export function WhoCan({ check }: { check: CheckState }) {
  const { diagnosis } = check;
  if (!diagnosis?.who || !causeOf(check)) return null;
  const { who, codes } = diagnosis;
  return (
    <section class="who" data-category={who}>
      <h2>
        <span class="who-ask">{say('ui_who')}</span>{' '}
        <span class="who-name">{say(messageKey('category', who))}</span>
      </h2>
      <p>{say(messageKey('who', who))}</p>
      {codes.length > 0 && <p class="small">{say('ui_explains', codes.join(', '))}</p>}
    </section>
  );
}

/** The browser looked alone: why, how to get the helper, and what only that can see. */
export function WithoutHelper({ host }: Pick<UiState, 'host'>) {
  const trouble = troubleOf(host);
  return (
    <section class="who helper">
      <h2>{trouble ? hostWords(trouble).title : say('ui_helper_unasked')}</h2>
      {trouble && <p>{hostWords(trouble).next}</p>}
      <p>{say('ui_only_helper')}</p>
    </section>
  );
}

interface WatchProps extends Pick<UiState, 'watch'> {
  act: (action: UiAction) => void;
}

/** Whether it is looked again by itself; where the organisation forbids that, it says so. */
export function Watch({ watch, act }: WatchProps) {
  const forbidden = watch === 'forbidden';
  return (
    <section class="watch">
      <label>
        <input
          type="checkbox"
          checked={watch === 'on'}
          disabled={forbidden}
          aria-describedby={forbidden ? 'watch-forbidden' : undefined}
          // Not its change, which is trusted even where a script has clicked.
          onClick={trusted((event) => act({ do: 'watch', on: event.currentTarget.checked }))}
        />
        <span>{say('ui_watch')}</span>
      </label>
      {forbidden && (
        <p class="small" id="watch-forbidden">
          {say('ui_watch_forbidden')}
        </p>
      )}
    </section>
  );
}
