/** One entry of the history: when, what failed, how it ended, what was done. */
import { isByHand } from '../../../common/by-hand.ts';
import type { Run, RunStep } from '../../../common/run.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';
import { duration, written } from '../../views/clock.ts';
import { StepIcon } from '../../views/icon.tsx';
import { failureWords, remedyWords, runWords, shownStatus, stepWords } from '../../views/words.ts';
import type { OpenReport } from '../report/reporting.ts';
import { ToReport } from '../to-report.tsx';
import type { Happening } from './timeline.ts';

export interface HappeningItemProps {
  happening: Happening;
  /** The way to undo a run. */
  undo: (run: Run) => () => void;
  off: boolean;
  report: OpenReport;
}

export function HappeningItem({ happening, undo, off, report }: HappeningItemProps) {
  const { time, failure, after, run } = happening;
  const { title } = failureWords(failure);
  const putBack = run?.canUndo ? undo(run) : undefined;
  const which = `${written(time)}, ${title}`;
  return (
    <li class="happening">
      <p class="when">
        <time dateTime={time}>{written(time)}</time> {!isByHand(failure) && <code>{failure.code}</code>}
      </p>
      <h3>{title}</h3>
      {after.length > 0 && (
        <p class="small">{after.map((each) => say(messageKey('after', each))).join(' · ')}</p>
      )}
      <p class="how" data-status={shapeOf(run)}>
        <StepIcon status={shapeOf(run)} />
        {run ? endWords(run) : say('ui_nothing_done')}
      </p>
      {run && <Did run={run} />}
      <p class="links">
        {putBack && (
          <Button
            does="undo"
            class="small-button"
            label={`${say('ui_undo')}: ${which}`}
            off={off}
            onPress={putBack}
          >
            {say('ui_undo')}
          </Button>
        )}
        <ToReport about={which} open={() => report({ failure, run })} />
      </p>
    </li>
  );
}

function endWords(run: Run): string {
  const { title } = runWords(run);
  if (!run.endedAt) return title;
  return `${title} · ${say('ui_took', duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)))}`;
}

function shapeOf(run: Run | null): RunStep['status'] {
  if (!run) return 'waiting';
  if (run.status === 'fixed') return 'done';
  return run.status === 'failed' || run.status === 'not-fixed' ? 'failed' : 'skipped';
}

/** Only what was come to: a step that was not needed is no part of what was done. */
function Did({ run }: { run: Run }) {
  const steps = run.steps.filter(({ status }) => status !== 'waiting');
  if (steps.length === 0) return null;
  return (
    <ol class="did" aria-label={say('ui_done')}>
      {steps.map((step) => (
        <li key={step.remedy} data-status={shownStatus(step, run)}>
          <span>{remedyWords(step.remedy).title}</span>
          <span class="step-state">{stepWords(step, run)}</span>
        </li>
      ))}
    </ol>
  );
}
