import { useEffect, useState } from 'preact/hooks';
import { codeOf, isByHand } from '../../../common/by-hand.ts';
import type { Plan } from '../../../common/plan.ts';
import { contactOf } from '../../../common/policy.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import type { ViewProps } from '../app.tsx';
import { Copied } from '../copy.tsx';
import { useCopy } from '../facts.tsx';
import { type Action, Hint, Screen } from '../screen.tsx';
import { type Changes, choiceOf } from './choice.ts';
import { Found, LeftOut, Recurs } from './plan-notes.tsx';
import { PlanStep } from './plan-step.tsx';
import { useStart } from './start.ts';

interface PlanViewProps extends ViewProps<'plan'> {
  back: () => void;
}

/** What the repair would change and why, and the consent to it. */
export function PlanView({ stage: { plan }, state, act, back }: PlanViewProps) {
  const [changes, setChanges] = useState<Changes>(new Set());
  const settled = useSettled();
  const { copy, label, outcome } = useCopy(plan.failure);
  const chosen = choiceOf(plan, changes);
  const { start, asking, refused } = useStart(act);
  const off = !settled || asking || state.busy !== null;
  const empty = plan.steps.length === 0;
  const repair: Action = {
    does: 'start',
    label: say('ui_repair'),
    press: () => start(plan.id, chosen),
    off: off || chosen.length === 0,
  };
  const again: Action = {
    does: 'plan',
    label: say('ui_look_again'),
    press: () => act({ do: 'plan', ...askedFor(plan) }),
    off,
  };
  const hand: Action = { does: 'copy', label, press: copy };
  const leave: Action = { does: 'back', label: say('ui_back'), press: back };
  const held = empty ? heldBackBy(plan) : undefined;
  const waits = held === 'needs-approval';
  const stale = state.problem?.kind === 'plan-stale' || state.problem?.kind === 'item-unknown';
  return (
    <Screen
      name="plan"
      title={say(held ? messageKey('problem', held) : empty ? 'ui_plan_empty' : 'ui_plan')}
      lead={say(held ? `${messageKey('problem', held)}_todo` : empty ? 'ui_plan_empty_why' : 'ui_plan_how')}
      about={codeOf(plan.failure)}
      state={state}
      primary={stale || waits ? again : empty ? hand : repair}
      others={waits ? [hand] : []}
      leave={leave}
      hints={empty ? null : <Hint keycap={say('ui_key_space')} does={say('ui_hint_tick')} />}
      note={refused ? say('ui_permission_refused') : undefined}
      read
    >
      {plan.recurrence && <Recurs recurrence={plan.recurrence} />}
      <ol class="plan" aria-label={say('ui_steps')}>
        {plan.steps.map((step) => (
          <PlanStep key={step.remedy} {...{ plan, step, changes, setChanges }} />
        ))}
      </ol>
      {!empty && chosen.length === 0 && (
        <p class="note" role="status">
          {say('ui_repair_none')}
        </p>
      )}
      <LeftOut plan={plan} contact={contactOf(state)} />
      <Found {...plan} />
      <Copied {...outcome} />
    </Screen>
  );
}

/** What policy keeps out of a plan that has nothing left; an approval may still come. */
function heldBackBy({ leftOut }: Plan): 'needs-approval' | 'turned-off' | undefined {
  const because = (why: string) => leftOut.some((left) => left.because === why);
  if (because('needs-approval')) return 'needs-approval';
  return because('forbidden') ? 'turned-off' : undefined;
}

/** What was asked for by hand, or by a code that no page showed, is asked for again as it was. */
function askedFor({ failure, steps, leftOut }: Plan) {
  if (isByHand(failure)) return { only: [...steps, ...leftOut].map(({ remedy }) => remedy) };
  return failure.seenAt === undefined ? { code: failure.code } : {};
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
