/** The one button. It hears only people, and never a held-down key or the end of a double click. */
import type { ComponentChildren } from 'preact';
import { isRepeat, trusted } from './trusted.ts';

export interface ButtonProps {
  /** Names what it does, for styles and tests. */
  does: string;
  onPress: () => void;
  primary?: boolean;
  /** Stays focusable, so that focus is not lost while something is under way. */
  off?: boolean;
  /** Of a button that shows more: whether it does, and the id of what it shows. */
  shows?: { open: boolean; id: string };
  label?: string;
  class?: string;
  /** The key that does the same, written beside the label. */
  keycap?: string | undefined;
  children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { does, onPress, primary, off, shows, label, class: more, keycap, children } = props;
  return (
    <button
      type="button"
      class={`button${primary ? ' primary' : ''}${more ? ` ${more}` : ''}`}
      data-do={does}
      data-primary={primary}
      aria-disabled={off ? 'true' : undefined}
      aria-expanded={shows?.open}
      aria-controls={shows?.open ? shows.id : undefined}
      aria-label={label}
      title={label}
      onClick={trusted((event) => {
        if (!off && !isRepeat(event)) onPress();
      })}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.repeat) event.preventDefault();
      }}
    >
      {children}
      {keycap && (
        <span class="keycap" aria-hidden="true">
          {keycap}
        </span>
      )}
    </button>
  );
}
