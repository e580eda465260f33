/** One step of a run: how it stands, how far it is, what it is doing. */
import type { Run, RunStep } from '../../common/run.ts';
import { say } from '../text.ts';
import { StepIcon } from './icon.tsx';
import { activityWords, problemWords, remedyWords, shownStatus, stepWords } from './words.ts';

interface StepLineProps {
  step: RunStep;
  run: Run;
}

export function StepLine({ step, run }: StepLineProps) {
  const name = remedyWords(step.remedy).title;
  const status = shownStatus(step, run);
  const active = status === 'running';
  const undoing = run.status === 'undoing' && step.activity?.id === 'putting-back';
  return (
    <div class="step" data-status={status}>
      <StepIcon status={status} />
      <div class="step-body">
        <p class="step-head">
          <span class="step-name">{name}</span>
          <span class="step-state">{stepWords(step, run)}</span>
        </p>
        {active && step.total > 0 && <Progress name={name} done={step.done} total={step.total} />}
        {(active || undoing) && step.activity && <p class="step-now">{activityWords(step.activity)}</p>}
        {step.problem && <p class="step-now">{problemWords(step.problem).next}</p>}
        {step.problem?.detail && <p class="technical">{step.problem.detail}</p>}
      </div>
    </div>
  );
}

function Progress({ name, done, total }: { name: string; done: number; total: number }) {
  return (
    <p class="progress">
      <progress value={done} max={total} aria-label={name} />
      <span>{say('ui_progress', done, total)}</span>
    </p>
  );
}
