import { useLayoutEffect, useState } from 'preact/hooks';
import { causeOf, lookOutcome } from '../../../common/look.ts';
import { say } from '../../text.ts';
import type { CheckState, UiState } from '../../ui-state.ts';
import { Button } from '../../views/button.tsx';
import { checkWords } from '../../views/check-words.ts';
import { duration } from '../../views/clock.ts';
import { canRepair } from '../../views/meanings.ts';
import { isWaiting } from '../../views/stage.ts';
import type { Reporting, ViewProps } from '../app.tsx';
import { Copied, useCopyText } from '../copy.tsx';
import { type Action, Screen } from '../screen.tsx';
import { ToReport } from '../to-report.tsx';
import { CheckFindings } from './check-findings.tsx';
import { Watch, WhoCan, WithoutHelper } from './check-notes.tsx';
import { CheckPath } from './check-path.tsx';
import { CheckCounts, CheckProgress } from './check-progress.tsx';
import { checkReport } from './check-report.ts';

/** A look at the connection: how it stands, who can fix it, where the way breaks, and what was found. */
export function CheckView({ stage: { check }, state, act, report }: ViewProps<'check'> & Reporting) {
  const looking = check.state === 'looking';
  const { title, next } = checkWords(check);
  const cancel = useCancelCheck(check, () => act({ do: 'cancel-check' }));
  const text = () => checkReport(check, state.failure, state);
  const { copy, copied } = useCopyText(text, check.startedAt);
  useFocusKept(check.state);
  const off = isWaiting(state);
  const back: Action = {
    does: 'close-check',
    label: say('ui_back'),
    press: () => act({ do: 'close-check' }),
  };
  const again: Action = {
    does: 'check',
    label: say('ui_look_again'),
    press: () => act({ do: 'check' }),
    off,
  };
  const fix: Action = { does: 'plan', label: say('ui_fix'), press: () => act({ do: 'plan' }), off };
  const label = say(copied === 'copied' ? 'ui_copied' : 'ui_copy_report');
  const hand: Action = { does: 'copy', label, press: copy };
  const primary = { fix, copy: hand, again }[primaryOf(check, state)];
  const others = [back, ...(looking ? [cancel] : primary === again ? [] : [again])];
  return (
    <Screen
      name="check"
      title={title}
      lead={next || undefined}
      tone={toneOf(check)}
      about={causeOf(check) && say('ui_check_cause')}
      state={state}
      primary={looking ? undefined : primary}
      others={others}
      leave={back}
      read
    >
      {looking ? <CheckProgress check={check} /> : <WhoCan check={check} />}
      <CheckPath {...check} />
      {looking && <CheckCounts {...check} />}
      {check.state === 'partial' && <WithoutHelper host={state.host} />}
      <CheckFindings check={check} />
      {!looking && (
        <>
          <p class="links">
            <ToReport open={report} />
            {primary !== hand && (
              <Button does="copy" class="small-button" onPress={copy}>
                {label}
              </Button>
            )}
            {check.took !== null && <span class="elapsed">{say('ui_took', duration(check.took))}</span>}
          </p>
          <Copied copied={copied} text={text} />
          <Watch watch={state.watch} act={act} />
        </>
      )}
    </Screen>
  );
}

/** A repair where one is offered; else what fits who can fix it. */
function primaryOf(check: CheckState, { failure }: UiState): 'fix' | 'copy' | 'again' {
  if (failure && canRepair(failure)) return 'fix';
  if (lookOutcome(check) !== 'unknown') return 'again';
  const who = check.diagnosis?.who;
  return who === 'user' || who === 'local' ? 'again' : 'copy';
}

function toneOf(check: CheckState): 'good' | 'bad' | undefined {
  const outcome = lookOutcome(check);
  if (outcome === 'fine') return 'good';
  return outcome === 'unknown' ? 'bad' : undefined;
}

/** Once asked for it stays pressed, until that look is over. */
function useCancelCheck({ startedAt }: CheckState, cancel: () => void): Action {
  const [asked, setAsked] = useState<string>();
  const cancelling = asked === startedAt;
  return {
    does: 'cancel-check',
    label: say(cancelling ? 'ui_cancelling' : 'ui_cancel'),
    off: cancelling,
    press: () => {
      setAsked(startedAt);
      cancel();
    },
  };
}

/** When the look begins or ends, buttons go and rows are put in order: the focus stays, or goes to the headline. */
function useFocusKept(state: CheckState['state']): void {
  const before = document.activeElement;
  useLayoutEffect(() => {
    if (document.activeElement !== document.body) return;
    const kept = before?.isConnected && before !== document.body ? before : document.querySelector('h1');
    if (kept instanceof HTMLElement) kept.focus({ preventScroll: true });
  }, [state]);
}
