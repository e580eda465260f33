/** The steps of a run: how each stands, what proved it, and what it left alone. */
import type { Outcome, Proof, Run, RunStep } from '../../../common/run.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';
import { StepIcon } from '../../views/icon.tsx';
import { StepLine } from '../../views/step-line.tsx';
import { remedyWords } from '../../views/words.ts';
import { FEW } from '../few.ts';
import type { Action } from '../screen.tsx';

interface RunStepsProps {
  run: Run;
  /** What may be undone of a step, by its place. */
  undo?: ((place: number) => Action | undefined) | undefined;
}

export function RunSteps({ run, undo }: RunStepsProps) {
  return (
    <section class="run-steps">
      <h2>{say(run.endedAt ? 'ui_done' : 'ui_steps')}</h2>
      <ol class="steps">
        {run.steps.map((step, place) => (
          <li key={step.remedy} data-remedy={step.remedy}>
            <StepLine step={step} run={run} />
            <Proofs proofs={step.verification?.proofs ?? []} />
            <Skipped step={step} />
            <UndoStep step={step} action={undo?.(place)} />
          </li>
        ))}
      </ol>
      {run.damaged > 0 && <p class="note">{say('ui_damaged', run.damaged)}</p>}
    </section>
  );
}

const shapes: Record<Outcome, RunStep['status']> = {
  works: 'done',
  fails: 'failed',
  'needs-user': 'your-turn',
  unknown: 'skipped',
};

function Proofs({ proofs }: { proofs: readonly Proof[] }) {
  if (proofs.length === 0) return null;
  return (
    <ul class="proofs" aria-label={say('ui_tested')}>
      {proofs.map(({ proof, subject, outcome }) => (
        <li key={`${proof} ${subject}`} data-status={shapes[outcome]}>
          <StepIcon status={shapes[outcome]} />
          <span class="proof">
            {say(messageKey('proof', proof))}
            {subject && <span class="proof-subject"> {subject}</span>}
          </span>
          <span class="step-state">{say(messageKey('outcome', outcome))}</span>
        </li>
      ))}
    </ul>
  );
}

function Skipped({ step: { skipped } }: { step: RunStep }) {
  if (skipped.length === 0) return null;
  const title = `${say('ui_skipped')}: ${skipped.length}`;
  const list = (
    <ul class="names">
      {skipped.map(({ label, because }) => (
        <li key={label}>
          <span class="name">{label}</span> {say(messageKey('skipped', because))}
        </li>
      ))}
    </ul>
  );
  return skipped.length > FEW ? (
    <details class="skipped">
      <summary>{title}</summary>
      {list}
    </details>
  ) : (
    <div class="skipped">
      <p>{title}</p>
      {list}
    </div>
  );
}

function UndoStep({ step, action }: { step: RunStep; action: Action | undefined }) {
  if (!action) return null;
  const label = `${action.label}: ${remedyWords(step.remedy).title}`;
  return (
    <p class="undo-step">
      <Button
        does={action.does}
        class="small-button"
        label={label}
        off={action.off ?? false}
        onPress={action.press}
      >
        {action.label}
      </Button>
    </p>
  );
}
