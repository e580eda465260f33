/** One step of a plan: what it changes to the single entry, its risk, its time, and what undo does. */
import { useState } from 'preact/hooks';
import type { Item, PlannedStep } from '../../common/contract.ts';
import { messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import { trusted } from '../views/trusted.ts';
import { extentOf, isTicked, toggleItem, toggleStep, type Unticked } from './choice.ts';

/** More than this many entries are folded away. */
const FEW = 6;

interface PlanStepProps {
  step: PlannedStep;
  unticked: Unticked;
  setUnticked: (unticked: Unticked) => void;
}

export function PlanStep({ step, unticked, setUnticked }: PlanStepProps) {
  const { chosen, all } = extentOf(step, unticked);
  const key = messageKey('remedy', step.remedy);
  return (
    <li class="plan-step" data-remedy={step.remedy} data-in={chosen > 0}>
      <h2>
        <label>
          <input
            type="checkbox"
            checked={chosen > 0}
            indeterminate={chosen > 0 && chosen < all}
            onChange={trusted(() => setUnticked(toggleStep(step, unticked)))}
          />
          <span>{say(key)}</span>
        </label>
      </h2>
      <p>{say(`${key}_what`)}</p>
      <ul class="tags">
        <li data-risk={step.risk}>{say(messageKey('risk', step.risk))}</li>
        <li>{expected(step.seconds)}</li>
        <li data-undo={step.undo}>{say(messageKey('undo', step.undo))}</li>
      </ul>
      {chosen > 0 && <Entries {...{ step, unticked, setUnticked }} />}
      <p class="small">{say(`${key}_undo`)}</p>
      <p class="small">
        {say(`${key}_best`)} {say(messageKey('reason', step.reason))}
      </p>
      <p class="small">{say(step.documented ? 'ui_documented' : 'ui_not_documented')}</p>
    </li>
  );
}

function expected(seconds: number): string {
  return seconds < 90 ? say('ui_about_seconds', seconds) : say('ui_about_minutes', Math.round(seconds / 60));
}

function Entries(props: PlanStepProps) {
  const { step, unticked } = props;
  const [open, setOpen] = useState(false);
  const { chosen, all } = extentOf(step, unticked);
  if (all <= FEW) return <EntryList {...props} />;
  const summary = chosen === all ? say('ui_entries', all) : say('ui_entries_chosen', chosen, all);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && <EntryList {...props} />}
    </details>
  );
}

function EntryList({ step, unticked, setUnticked }: PlanStepProps) {
  return (
    <ul class="entries" aria-label={say(messageKey('remedy', step.remedy))}>
      {step.items.map((item) => (
        <li key={item.id}>
          {item.optional ? (
            <label>
              <input
                type="checkbox"
                checked={isTicked(step, item, unticked)}
                onChange={trusted(() => setUnticked(toggleItem(step, item, unticked)))}
              />
              <Entry item={item} />
            </label>
          ) : (
            <div class="fixed-entry">
              <Entry item={item} kind={say(messageKey('item', item.kind))} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Entry({ item, kind }: { item: Item; kind?: string }) {
  return (
    <span class="entry">
      {kind && <span class="entry-kind">{kind}</span>}
      <span class="entry-label">{item.label}</span>
      {item.detail && <span class="entry-detail">{item.detail}</span>}
    </span>
  );
}
