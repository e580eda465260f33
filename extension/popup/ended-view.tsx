import type { Run, Undone } from '../../common/contract.ts';
import { say } from '../text.ts';
import { duration } from '../views/clock.ts';
import { StepLine } from '../views/step-line.tsx';
import { runWords } from '../views/words.ts';
import type { ViewProps } from './app.tsx';
import { CopyOutcome, useCopy } from './facts.tsx';
import { type Action, Screen } from './screen.tsx';

/** How a repair ended: what was done, and what comes next. */
export function EndedView({ stage: { run }, state, act, close }: ViewProps<'ended'>) {
  const { copy, copied, label } = useCopy(run.failure, run);
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
  return (
    <Screen
      name={run.status}
      title={title}
      lead={next}
      tone={toneOf(run)}
      about={run.failure.code}
      state={state}
      primary={actions[primaryOf(run)]}
      others={run.canUndo ? [undo] : []}
    >
      {run.undone && <WhatCameBack undone={run.undone} />}
      <section>
        <h2>{say('ui_done')}</h2>
        <ol class="steps">
          {run.steps.map((step) => (
            <li key={step.remedy}>
              <StepLine step={step} run={run} />
            </li>
          ))}
        </ol>
        <Took run={run} />
      </section>
      <CopyOutcome copied={copied} failure={run.failure} run={run} />
    </Screen>
  );
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
  return <p class="elapsed">{say('ui_took', duration(Date.parse(endedAt) - Date.parse(startedAt)))}</p>;
}

function WhatCameBack({ undone }: { undone: Undone }) {
  return (
    <section class="undone">
      <p>
        {say('ui_restored', undone.restored)}
        {undone.already > 0 && ` · ${say('ui_already', undone.already)}`}
      </p>
      <Names title={say('ui_conflicts')} names={undone.conflicts} />
      <Names title={say('ui_impossible')} names={undone.impossible} />
    </section>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul class="names">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </>
  );
}
