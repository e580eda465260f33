import { useEffect, useState } from 'preact/hooks';
import type { Plan } from '../../common/contract.ts';
import { messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { ViewProps } from './app.tsx';
import { choiceOf, type Unticked } from './choice.ts';
import { CopyOutcome, useCopy } from './facts.tsx';
import { PlanStep } from './plan-step.tsx';
import { type Action, Hint, Screen } from './screen.tsx';

interface PlanViewProps extends ViewProps<'plan'> {
  back: () => void;
}

/** What the repair would change, and the consent to it. */
export function PlanView({ stage: { plan }, state, act, back }: PlanViewProps) {
  const [unticked, setUnticked] = useState<Unticked>(new Set());
  const settled = useSettled();
  const { copy, copied, label } = useCopy(plan.failure);
  const chosen = choiceOf(plan, unticked);
  const off = !settled || state.busy !== null;
  const start = () => act({ do: 'start', planId: plan.id, chosen });
  const empty = plan.steps.length === 0;
  const repair: Action = {
    does: 'start',
    label: say('ui_repair'),
    press: start,
    off: off || chosen.length === 0,
  };
  const again: Action = { does: 'plan', label: say('ui_look_again'), press: () => act({ do: 'plan' }), off };
  const hand: Action = { does: 'copy', label, press: copy };
  const leave: Action = { does: 'back', label: say('ui_back'), press: back };
  const stale = state.problem?.kind === 'plan-stale' || state.problem?.kind === 'item-unknown';
  return (
    <Screen
      name="plan"
      title={say(empty ? 'ui_plan_empty' : 'ui_plan')}
      lead={say(empty ? 'ui_plan_empty_why' : 'ui_plan_how')}
      about={plan.failure.code}
      state={state}
      primary={stale ? again : empty ? hand : repair}
      leave={leave}
      hints={empty ? null : <Hint keycap={say('ui_key_space')} does={say('ui_hint_tick')} />}
      read
    >
      <ol class="plan" aria-label={say('ui_steps')}>
        {plan.steps.map((step) => (
          <PlanStep key={step.remedy} {...{ step, unticked, setUnticked }} />
        ))}
      </ol>
      {!empty && chosen.length === 0 && (
        <p class="note" role="status">
          {say('ui_repair_none')}
        </p>
      )}
      <LeftOut plan={plan} />
      <CopyOutcome copied={copied} failure={plan.failure} />
    </Screen>
  );
}

function LeftOut({ plan }: { plan: Plan }) {
  if (plan.leftOut.length === 0) return null;
  return (
    <section class="left-out">
      <h2>{say('ui_left_out')}</h2>
      <ul>
        {plan.leftOut.map(({ remedy, because }) => (
          <li key={remedy}>
            <strong>{say(messageKey('remedy', remedy))}</strong> {say(messageKey('left', because))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Consent is not taken from a press that was meant for the view before. */
function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}
