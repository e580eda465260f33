import { say } from '../text.ts';
import { mayCome, useGreeting } from '../views/greeting.ts';
import { Spinner } from '../views/icon.tsx';
import { failureWords, hostWords } from '../views/words.ts';
import type { ViewProps } from './app.tsx';
import { Screen } from './screen.tsx';

interface HostViewProps extends ViewProps<'host'> {
  /** Where the helper was wanted for something that can be left. */
  back: (() => void) | undefined;
}

/** The helper is in trouble: what is wrong with it, and the next step. */
export function HostView({ stage, state, act, back }: HostViewProps) {
  const { title, next } = hostWords(stage.host);
  const coming = mayCome(stage.host);
  useGreeting(stage.host, act, coming);
  const retry = {
    does: 'retry',
    label: say('ui_retry'),
    press: () => act({ do: 'retry' }),
    off: state.busy !== null,
  };
  return (
    <Screen
      name={stage.host.state}
      title={title}
      lead={next}
      about={stage.failure ? `${stage.failure.code}: ${failureWords(stage.failure).title}` : undefined}
      state={state}
      primary={retry}
      leave={back && { does: 'back', label: say('ui_back'), press: back }}
    >
      {stage.host.state !== 'old-extension' && <p>{say('host_more')}</p>}
      {coming && stage.host.state !== 'blocked' && (
        <p class="seeking">
          <Spinner /> {say('host_seeking')}
        </p>
      )}
    </Screen>
  );
}
