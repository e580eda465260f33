/** One step of a plan: why it stands there, what it changes, its risk, its time, and what undo does. */
import { type Finding, findingWords } from '../../../common/findings.ts';
import type { Plan, PlannedStep } from '../../../common/plan.ts';
import { isGuide } from '../../../common/remedies.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { trusted } from '../../views/trusted.ts';
import { guideWords, remedyWords } from '../../views/words.ts';
import { GuideSteps } from '../run/guide-steps.tsx';
import { type Changes, extentOf, isIn, toggleStep } from './choice.ts';
import { Entries } from './entries.tsx';

interface PlanStepProps {
  plan: Plan;
  step: PlannedStep;
  changes: Changes;
  setChanges: (changes: Changes) => void;
}

export function PlanStep({ plan, step, changes, setChanges }: PlanStepProps) {
  const { chosen, all } = extentOf(step, changes);
  const within = isIn(step, changes);
  const { title, next } = remedyWords(step.remedy);
  return (
    <li class="plan-step" data-remedy={step.remedy} data-in={within}>
      <h2>
        <label>
          <input
            type="checkbox"
            checked={within}
            indeterminate={within && chosen < all}
            onChange={trusted(() => setChanges(toggleStep(step, changes)))}
          />
          <span>{title}</span>
        </label>
      </h2>
      <Why plan={plan} step={step} />
      <p>{next}</p>
      <Tags step={step} />
      <Warnings plan={plan} step={step} />
      {within && all > 0 && <Entries {...{ step, changes, setChanges }} />}
      <GuideBefore step={step} />
      <Small step={step} />
    </li>
  );
}

function found(plan: Plan, id: string | undefined): Finding | undefined {
  return plan.findings.find((each) => each.id === id);
}

/** Its place and the reason for it. */
function Why({ plan, step }: Pick<PlanStepProps, 'plan' | 'step'>) {
  const finding = step.reason === 'found' ? found(plan, step.finding) : undefined;
  return (
    <p class="why">
      <span class="place">{say(plan.steps[0] === step ? 'ui_first' : 'ui_then')}</span>{' '}
      {say(messageKey('reason', step.reason))}
      {finding && <strong> {findingWords(finding, say)}</strong>}
    </p>
  );
}

/** A guide changes nothing by itself; where there is no risk, that there is no undo would only frighten. */
function Tags({ step: { remedy, risk, seconds, undo } }: { step: PlannedStep }) {
  const guide = isGuide(remedy);
  return (
    <ul class="tags">
      {!guide && <li data-risk={risk}>{say(messageKey('risk', risk))}</li>}
      <li>{expected(seconds)}</li>
      {!guide && !(undo === 'none' && risk === 'none') && (
        <li data-undo={undo}>{say(messageKey('undo', undo))}</li>
      )}
    </ul>
  );
}

function expected(seconds: number): string {
  return seconds < 90 ? say('ui_about_seconds', seconds) : say('ui_about_minutes', Math.round(seconds / 60));
}

function Warnings({ plan, step }: Pick<PlanStepProps, 'plan' | 'step'>) {
  const warnings = step.warnings.flatMap((id) => found(plan, id) ?? []);
  if (warnings.length === 0) return null;
  return (
    <section class="warnings">
      <h3>{say('ui_warnings')}</h3>
      <ul>
        {warnings.map((warning) => (
          <li key={warning.id}>{findingWords(warning, say)}</li>
        ))}
      </ul>
    </section>
  );
}

/** What a guide will ask for, to be read beforehand. */
function GuideBefore({ step }: { step: PlannedStep }) {
  if (guideWords(step.remedy).length === 0) return null;
  return (
    <details>
      <summary>{say('ui_your_steps')}</summary>
      <GuideSteps remedy={step.remedy} />
    </details>
  );
}

function Small({ step }: { step: PlannedStep }) {
  const key = messageKey('remedy', step.remedy);
  return (
    <p class="small">
      {say(`${key}_undo`)} {say(`${key}_best`)}
      <br />
      {say(step.documented ? 'ui_documented' : 'ui_not_documented')}
      <br />
      <a href={step.source} target="_blank" rel="noreferrer">
        {say('ui_remedy_source')}
      </a>
    </p>
  );
}
