import { useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../../text.ts';
import { isRepeat, trusted } from '../../views/trusted.ts';
import type { Item, ItemAction } from './items.ts';

/** All that can be done with one item; the focus is in it until it is closed. */
export function ActionsMenu({ item, close }: { item: Item; close: () => void }) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => menu.current?.querySelector('button')?.focus(), []);
  const move = (by: number) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const leave = event.key === 'Escape' || event.key === 'Tab' || isCommandK(event);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!leave && by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (by !== undefined) move(by);
    else if (!isRepeat(event)) close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what the menu's own items do not
    <div class="menu-ground" onClick={trusted(close)} onKeyDown={trusted(onKey)}>
      <div ref={menu} class="menu" role="menu" aria-label={`${say('ui_actions')}: ${item.title}`}>
        {item.actions.map((action, at) => (
          <MenuItem key={action.does} {...{ action, at, off: item.off, close }} />
        ))}
      </div>
    </div>
  );
}

/** The keys that do the same without the menu. */
const keycaps = ['↵', `${say('ui_key_control')} ↵`];

function isCommandK({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey);
}

interface MenuItemProps {
  action: ItemAction;
  at: number;
  off: boolean;
  close: () => void;
}

function MenuItem({ action, at, off, close }: MenuItemProps) {
  const press = () => {
    if (off) return;
    close();
    action.press();
  };
  return (
    <button
      type="button"
      role="menuitem"
      data-action={action.does}
      aria-disabled={off ? 'true' : undefined}
      onClick={trusted((event: MouseEvent) => {
        event.stopPropagation();
        if (!isRepeat(event)) press();
      })}
    >
      {action.label}
      {keycaps[at] && (
        <span class="keycap" aria-hidden="true">
          {keycaps[at]}
        </span>
      )}
    </button>
  );
}
