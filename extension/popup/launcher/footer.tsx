import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';
import { Spinner } from '../../views/icon.tsx';
import { Hint } from '../screen.tsx';
import type { Item } from './items.ts';

interface FooterProps {
  item: Item | undefined;
  busy: string | undefined;
  query: string;
  leave: (() => void) | undefined;
  openMenu: () => void;
}

/** The keys, and what Enter does with the item that is chosen. */
export function Footer({ item, busy, query, leave, openMenu }: FooterProps) {
  const esc = query !== '' ? 'ui_clear' : leave ? 'ui_back' : 'ui_close';
  const [first] = item?.actions ?? [];
  return (
    <footer class="foot">
      {busy && (
        <p class="busy">
          <Spinner /> {busy}
        </p>
      )}
      <div class="bar">
        <p class="hints">
          <Hint keycap="↑↓" does={say('ui_choose')} />
          <Hint keycap={say('ui_key_escape')} does={say(esc)} />
        </p>
        {item && first && (
          <>
            <Button does="actions" class="quiet" keycap={`${say('ui_key_control')} K`} onPress={openMenu}>
              {say('ui_actions')}
            </Button>
            <Button does={first.does} primary keycap="↵" off={item.off} onPress={first.press}>
              {first.label}
            </Button>
          </>
        )}
      </div>
    </footer>
  );
}
