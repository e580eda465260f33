import { codeOf } from '../../../common/by-hand.ts';
import { guides, isGuide, type LinkId, type RemedyId } from '../../../common/remedies.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';
import { remedyWords } from '../../views/words.ts';
import type { ViewProps } from '../app.tsx';
import { Copied } from '../copy.tsx';
import { Facts, useCopy } from '../facts.tsx';
import { type Action, Screen } from '../screen.tsx';
import { useCancel } from './cancel.ts';
import { GuideSteps } from './guide-steps.tsx';
import { RunSteps } from './run-steps.tsx';

/** A step that waits for the person's own hand: what to do, where, and the way on. */
export function GuideView({ stage: { run, step }, state, act }: ViewProps<'guide'>) {
  const { title, next } = remedyWords(step.remedy);
  const cancel = useCancel(state, act);
  const { copy, label, outcome } = useCopy(run.failure, run);
  const off = state.busy !== null || cancel.off === true;
  const answer = (given: 'done' | 'skip') => () => act({ do: 'answer', answer: given });
  const done: Action = { does: 'done', label: say('ui_done_try_again'), press: answer('done'), off };
  const skip: Action = { does: 'skip', label: say('ui_skip'), press: answer('skip'), off };
  return (
    <Screen
      name="guide"
      title={title}
      lead={next}
      about={codeOf(run.failure)}
      state={state}
      primary={done}
      others={[cancel, skip]}
      read
    >
      <section class="to-do">
        <h2>{say('ui_your_steps')}</h2>
        <GuideSteps remedy={step.remedy} />
        <p class="links">
          {linksOf(step.remedy).map((link) => (
            <Button key={link} does={link} onPress={() => act({ do: 'guide', link })}>
              {say(messageKey('link', link))}
            </Button>
          ))}
          {step.remedy === 'contact-it' && (
            <Button does="copy" onPress={copy}>
              {label}
            </Button>
          )}
        </p>
      </section>
      {step.remedy === 'contact-it' && <Facts failure={run.failure} />}
      <Copied {...outcome} />
      <RunSteps run={run} />
    </Screen>
  );
}

function linksOf(remedy: RemedyId): readonly LinkId[] {
  return isGuide(remedy) ? guides[remedy].links : [];
}
