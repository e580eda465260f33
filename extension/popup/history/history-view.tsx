import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isByHand } from '../../../common/by-hand.ts';
import type { History } from '../../../common/history.ts';
import type { Run } from '../../../common/run.ts';
import { say } from '../../text.ts';
import { failureWords } from '../../views/words.ts';
import type { Reporting, ViewProps } from '../app.tsx';
import { Advice } from '../plan/plan-notes.tsx';
import { type Action, Screen } from '../screen.tsx';
import { DaysPlot } from './days-plot.tsx';
import { HappeningItem, type HappeningItemProps } from './happening.tsx';
import { daysOf, type Happening, timelineOf } from './timeline.ts';

/** So many of the timeline are shown at once. */
const NEWEST = 20;

interface HistoryViewProps extends ViewProps<'history'>, Reporting {
  /** The entry whose report was left just now; -1 for none. */
  returned: number;
}

/** What failed so far, what was done and what helped; what keeps coming back stands first. */
export function HistoryView({ stage: { history }, state, act, report, returned }: HistoryViewProps) {
  const [sure, setSure] = useState(false);
  const off = state.busy !== null || state.host.state === 'starting';
  const happenings = timelineOf(history);
  const back: Action = {
    does: 'close-history',
    label: say('ui_back'),
    press: () => act({ do: 'close-history' }),
  };
  const keep: Action = { does: 'keep', label: say('ui_cancel'), press: () => setSure(false) };
  const clear: Action = {
    does: 'ask-clear',
    label: say('ui_history_clear'),
    press: () => setSure(true),
    off,
  };
  const clearNow: Action = {
    ...clear,
    does: 'clear-history',
    press: () => {
      setSure(false);
      act({ do: 'clear-history' });
    },
  };
  // What the undo brings back, and what it asks, stands in the run's own view.
  const undo = (run: Run) => () => {
    act({ do: 'close-history' });
    act({ do: 'undo', runId: run.id });
  };
  useFocusBack(sure);
  return (
    <Screen
      name="history"
      title={say('ui_history')}
      lead={say('ui_history_why')}
      state={state}
      others={sure ? [keep, clearNow] : happenings.length > 0 ? [clear, back] : [back]}
      leave={sure ? keep : back}
      question={sure ? say('ui_history_clear_sure') : undefined}
      read
    >
      {happenings.length === 0 ? (
        <Empty />
      ) : (
        <>
          <ComesBack history={history} />
          <Timeline {...{ happenings, undo, off, report, returned }} />
        </>
      )}
    </Screen>
  );
}

/** The button that asked is the one to have the focus when the question is gone. */
function useFocusBack(sure: boolean): void {
  const asked = useRef(false);
  useLayoutEffect(() => {
    if (asked.current && !sure) document.querySelector<HTMLElement>('[data-do=ask-clear]')?.focus();
    asked.current = sure;
  }, [sure]);
}

function Empty() {
  return (
    <section class="empty">
      <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle cx="24" cy="24" r="19" />
        <path d="M24 13v11l7 5" />
      </svg>
      <p>{say('ui_history_empty')}</p>
    </section>
  );
}

function ComesBack({ history }: { history: History }) {
  const often = history.recurrences.filter((each) => each.count > 1 && !isByHand(each));
  if (often.length === 0) return null;
  return (
    <section class="comes-back">
      <h2>{say('ui_comes_back')}</h2>
      <ul>
        {often.map((recurrence) => (
          <li key={recurrence.code} class="recurs" data-code={recurrence.code}>
            <h3>{failureWords(recurrence).title}</h3>
            <p class="recurs-count">
              <code>{recurrence.code}</code> {say('ui_times', recurrence.count)}
            </p>
            <DaysPlot days={daysOf(history, recurrence.code, new Date())} />
            <Advice recurrence={recurrence} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface HappeningsProps extends Omit<HappeningItemProps, 'happening'> {
  happenings: Happening[];
}

function Timeline({ happenings, returned, ...rest }: HappeningsProps & Pick<HistoryViewProps, 'returned'>) {
  const [open, setOpen] = useState(returned >= NEWEST);
  const older = happenings.slice(NEWEST);
  return (
    <section class="timeline">
      <h2>{say('ui_timeline')}</h2>
      <Happenings happenings={happenings.slice(0, NEWEST)} {...rest} />
      {older.length > 0 && (
        <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{say('ui_older', older.length)}</summary>
          {open && <Happenings happenings={older} {...rest} />}
        </details>
      )}
    </section>
  );
}

function Happenings({ happenings, ...rest }: HappeningsProps) {
  return (
    <ol>
      {happenings.map((each) => (
        <HappeningItem key={each.run?.id ?? `${each.failure.code} ${each.time}`} happening={each} {...rest} />
      ))}
    </ol>
  );
}
