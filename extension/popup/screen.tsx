/** What every view is made of: headline, lead, content, and a bar with the keys and the actions. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../text.ts';
import type { UiState } from '../ui-state.ts';
import { busyWords } from '../views/announcement.ts';
import { Button } from '../views/button.tsx';
import { Spinner } from '../views/icon.tsx';
import { useViewKeys } from './keys.ts';
import { ProblemBox } from './problem-box.tsx';

export interface Action {
  does: string;
  label: string;
  press: () => void;
  /** Not possible at the moment. */
  off?: boolean;
}

interface ScreenProps {
  name: string;
  title: string;
  lead?: string | undefined;
  tone?: 'good' | 'bad' | undefined;
  /** The failure that it is about, where the headline does not say it. */
  about?: string | undefined;
  state: UiState;
  /** What is under way, where the state does not say it. */
  busy?: string | undefined;
  /** Said above the actions, where the press was that it answers. */
  note?: string | undefined;
  /** Asked above the actions, which are its answers; takes the focus. */
  question?: string | undefined;
  children?: ComponentChildren;
  /** Enter does it. */
  primary?: Action | undefined;
  others?: Action[];
  /** What Esc does instead of closing. */
  leave?: Action | undefined;
  hints?: ComponentChildren;
  /** Focus the headline first: there is something to read before pressing. */
  read?: boolean;
}

export function Screen(props: ScreenProps) {
  const { name, title, lead, tone, about, state, children, primary, leave, read } = props;
  const main = useFirstFocus(read ?? false);
  useViewKeys({ enter: primary && !primary.off ? primary.press : undefined, leave: leave?.press });
  const busy = busyWords(state) ?? props.busy;
  return (
    <>
      <main ref={main} data-stage={name} data-tone={tone}>
        {about && <p class="about">{about}</p>}
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {state.problem && name !== 'problem' && <ProblemBox problem={state.problem} />}
        {children}
      </main>
      <footer class="foot">
        {busy && (
          <p class="busy">
            <Spinner /> {busy}
          </p>
        )}
        {props.note && (
          <p class="answer note" role="alert">
            {props.note}
          </p>
        )}
        {props.question && <Question text={props.question} />}
        <Bar {...props} />
      </footer>
    </>
  );
}

function Bar({ primary, others = [], leave, hints }: ScreenProps) {
  return (
    <div class="bar">
      <p class="hints">
        {hints}
        <Hint keycap={say('ui_key_escape')} does={leave?.label ?? say('ui_close')} />
      </p>
      {others.map(({ does, label, press, off }) => (
        <Button key={does} does={does} onPress={press} off={off ?? false}>
          {label}
        </Button>
      ))}
      {primary && (
        <Button
          key="primary"
          does={primary.does}
          onPress={primary.press}
          off={primary.off ?? false}
          keycap="↵"
          primary
        >
          {primary.label}
        </Button>
      )}
    </div>
  );
}

/** A key and what it does. */
export function Hint({ keycap, does }: { keycap: string; does: string }) {
  return (
    <span class="hint">
      <kbd>{keycap}</kbd> {does}
    </span>
  );
}

function Question({ text }: { text: string }) {
  const question = useRef<HTMLParagraphElement>(null);
  // Before the paint: the next key is an answer to what is on screen.
  useLayoutEffect(() => question.current?.focus({ preventScroll: true }), []);
  return (
    <p class="answer question" tabIndex={-1} ref={question}>
      {text}
    </p>
  );
}

/** A new view takes focus: its primary button, or its headline. */
function useFirstFocus(read: boolean) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const button = read ? null : main.current?.parentElement?.querySelector<HTMLElement>('.bar .primary');
    // Where the bar is not in sight, the view is read from its top all the same.
    scrollTo({ top: 0 });
    (button ?? main.current?.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: true });
  }, [read]);
  return main;
}
