import { codeOf } from '../../../common/by-hand.ts';
import type { Run } from '../../../common/run.ts';
import { say } from '../../text.ts';
import { duration } from '../../views/clock.ts';
import { runWords } from '../../views/words.ts';
import type { Reporting, ViewProps } from '../app.tsx';
import { Copied } from '../copy.tsx';
import { useCopy } from '../facts.tsx';
import { type Action, Screen } from '../screen.tsx';
import { ToReport } from '../to-report.tsx';
import { BeforeAfter } from './before-after.tsx';
import { RunSteps } from './run-steps.tsx';
import { WhatCameBack } from './undone.tsx';

/** How a repair ended: what was done, and what comes next. */
export function EndedView({ stage: { run }, state, act, close, report }: ViewProps<'ended'> & Reporting) {
  const { copy, label, outcome } = useCopy(run.failure, run, state);
  const { title, next } = runWords(run);
  const off = state.busy !== null || state.host.state === 'starting';
  const actions: Record<string, Action> = {
    continue: { does: 'continue', label: say('ui_continue'), press: () => act({ do: 'continue' }) },
    finish: { does: 'finish', label: say('ui_finish'), press: () => act({ do: 'finish' }), off },
    retry: { does: 'plan', label: say('ui_retry'), press: () => act({ do: 'plan' }), off },
    copy: { does: 'copy', label, press: copy },
    close: { does: 'close', label: say('ui_close'), press: close },
  };
  const undo: Action = { does: 'undo', label: say('ui_undo'), press: () => act({ do: 'undo' }), off };
  const undoStep = (place: number): Action | undefined =>
    severalToUndo(run) && run.steps[place]?.canUndo
      ? {
          does: 'undo-step',
          label: say('ui_undo_step'),
          press: () => act({ do: 'undo', steps: [place] }),
          off,
        }
      : undefined;
  const replace = (ids: string[]) => act({ do: 'undo', replace: ids });
  return (
    <Screen
      name={run.status}
      title={title}
      lead={next}
      tone={toneOf(run)}
      about={codeOf(run.failure)}
      state={state}
      primary={actions[primaryOf(run)]}
      others={run.canUndo ? [undo] : []}
    >
      {run.undone && <WhatCameBack undone={run.undone} replace={replace} off={off} />}
      <BeforeAfter run={run} backupDays={state.backupDays} />
      <RunSteps run={run} undo={undoStep} />
      <p class="links">
        <ToReport open={() => report({ failure: run.failure, run })} />
        <Took run={run} />
      </p>
      <Copied {...outcome} />
    </Screen>
  );
}

/** Where there is only one, Undo for all is the same. */
function severalToUndo({ canUndo, steps }: Run): boolean {
  return canUndo && steps.filter((step) => step.canUndo).length > 1;
}

/** The action that fits how it ended; Undo is never the one that Enter presses. */
function primaryOf({ status }: Run): string {
  if (status === 'fixed' || status === 'needs-user' || status === 'unverified') return 'continue';
  if (status === 'interrupted') return 'finish';
  if (status === 'not-fixed') return 'copy';
  return status === 'undone' ? 'close' : 'retry';
}

function toneOf({ status }: Run): 'good' | 'bad' | undefined {
  if (status === 'fixed') return 'good';
  return status === 'failed' || status === 'not-fixed' ? 'bad' : undefined;
}

function Took({ run: { startedAt, endedAt } }: { run: Run }) {
  if (!endedAt) return null;
  return <span class="elapsed">{say('ui_took', duration(Date.parse(endedAt) - Date.parse(startedAt)))}</span>;
}
