import { messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { Meaning } from '../ui-state.ts';
import { isWaiting } from '../views/stage.ts';
import type { ViewProps } from './app.tsx';
import { type Action, Screen } from './screen.tsx';
import { Source, Who } from './who.tsx';

interface MeaningViewProps extends Omit<ViewProps<'nothing'>, 'stage' | 'close'> {
  meaning: Meaning;
  back: () => void;
}

/** What a code means that was typed or pasted: nothing of the kind was seen here. */
export function MeaningView({ meaning, state, act, back }: MeaningViewProps) {
  const { code, title, todo, category, repairable, source } = meaning;
  const fix: Action = {
    does: 'plan',
    label: say('ui_fix'),
    press: () => act({ do: 'plan', code }),
    off: isWaiting(state),
  };
  const leave: Action = { does: 'back', label: say('ui_back'), press: back };
  return (
    <Screen
      name="meaning"
      title={title}
      lead={todo}
      state={state}
      primary={repairable ? fix : leave}
      others={repairable ? [leave] : []}
      leave={leave}
    >
      <Who
        code={code}
        category={category}
        label={say(messageKey('category', category))}
        sentence={say(messageKey('who', category))}
      />
      {repairable && <p class="note">{say('ui_fix_preview')}</p>}
      <Source source={source} />
    </Screen>
  );
}
