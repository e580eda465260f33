import { useEffect } from 'preact/hooks';
import { say } from '../text.ts';
import { Button } from '../views/button.tsx';
import { isRepeat, trusted } from '../views/trusted.ts';

/** From views at rest to the launcher, by button and by the key that opens its menu there. */
export function ToCommands({ open }: { open: () => void }) {
  useEffect(() => {
    const onKey = trusted((event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || isRepeat(event)) return;
      event.preventDefault();
      open();
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return (
    <Button does="commands" class="quiet icon-button" label={say('ui_all_commands')} onPress={open}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <circle cx="7" cy="7" r="4.5" />
        <path d="m10.5 10.5 3.5 3.5" />
      </svg>
    </Button>
  );
}
