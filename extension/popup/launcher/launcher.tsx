/**
 * The search box and the list below it: an editable combobox with a listbox, where the focus stays in the box
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../text.ts';
import { trusted } from '../../views/trusted.ts';
import { ActionsMenu } from './actions-menu.tsx';
import { Footer } from './footer.tsx';
import { ItemList } from './item-list.tsx';
import type { Item } from './items.ts';
import { type LauncherKeys, onLauncherKey } from './launcher-keys.ts';

interface LauncherProps {
  /** Names the view, for styles and tests. */
  name: string;
  /** Said above the list: what failed. */
  head?: ComponentChildren;
  /** In their order; with a query, the best first. */
  items: readonly Item[];
  query: string;
  onQuery: (query: string) => void;
  /** Id of the item to be on at first. */
  first?: string | undefined;
  /** What is under way. */
  busy?: string | undefined;
  /** Esc, where nothing is typed and no menu is open; undefined closes the window. */
  leave?: (() => void) | undefined;
}

export function Launcher({ name, head, items, query, onQuery, first, busy, leave }: LauncherProps) {
  const [chosen, choose] = useState(first);
  const [menu, openMenu] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const list = useId();
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === chosen),
  );
  const active = items[at];
  // Before the paint: the very next key is typed into it, also when a detail was left.
  useLayoutEffect(() => box.current?.focus(), []);
  // What was typed finds something else: the best is on top.
  useEffect(() => choose((was) => (query === '' ? was : undefined)), [query]);
  const keys: LauncherKeys = {
    items,
    at,
    choose: (item) => choose(item.id),
    openMenu: () => openMenu(true),
    clear: query === '' ? undefined : () => onQuery(''),
    leave,
  };
  const closeMenu = () => {
    openMenu(false);
    box.current?.focus();
  };
  return (
    <>
      <main class="launcher" data-stage={name}>
        <input
          ref={box}
          class="search"
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={active ? `${list}-${active.id}` : undefined}
          aria-label={say('ui_search')}
          placeholder={say('ui_search')}
          autocomplete="off"
          spellcheck={false}
          value={query}
          onInput={trusted((event: InputEvent & { currentTarget: HTMLInputElement }) =>
            onQuery(event.currentTarget.value),
          )}
          onKeyDown={trusted((event: KeyboardEvent) => onLauncherKey(event, keys))}
        />
        {query === '' ? head : <h1 class="unseen">{say('ui_commands')}</h1>}
        <ItemList
          id={list}
          items={items}
          active={active}
          plain={query !== ''}
          choose={(item) => choose(item.id)}
        />
        {menu && active && <ActionsMenu item={active} close={closeMenu} />}
      </main>
      <Footer item={active} busy={busy} query={query} leave={leave} openMenu={() => openMenu(true)} />
    </>
  );
}
