import { useLayoutEffect, useRef } from 'preact/hooks';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { trusted } from '../../views/trusted.ts';
import { type Item, sections } from './items.ts';

interface ItemListProps {
  id: string;
  items: readonly Item[];
  active: Item | undefined;
  /** Found by a search: best first, without sections. */
  plain: boolean;
  choose: (item: Item) => void;
}

/** How many have a number key. */
const NUMBERED = 9;

/** The items, in sections where nothing is searched for. */
export function ItemList({ id, items, active, plain, choose }: ItemListProps) {
  const box = useRef<HTMLDivElement>(null);
  const current = active?.id;
  useLayoutEffect(() => {
    // Under the pointer it is in sight, and must not move away from a press.
    const option = box.current?.querySelector('[aria-selected=true]:not(:hover)');
    if (current) option?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const option = (item: Item) => (
    <Option
      key={item.id}
      {...{ id: `${id}-${item.id}`, item, selected: item === active, place: items.indexOf(item), choose }}
    />
  );
  return (
    <>
      {items.length === 0 && (
        <p class="nothing-found" role="status">
          {say('ui_no_match')}
        </p>
      )}
      <div ref={box} class="items" role="listbox" id={id} aria-label={say('ui_commands')}>
        {plain
          ? items.map(option)
          : sections.map((section) => {
              const some = items.filter((item) => item.section === section);
              if (some.length === 0) return null;
              return (
                // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
                <div key={section} role="group" aria-labelledby={`${id}-of-${section}`}>
                  <p class="section" id={`${id}-of-${section}`}>
                    {say(messageKey('ui_section', section))}
                  </p>
                  {some.map(option)}
                </div>
              );
            })}
      </div>
    </>
  );
}

interface OptionProps {
  id: string;
  item: Item;
  selected: boolean;
  place: number;
  choose: (item: Item) => void;
}

function Option({ id, item, selected, place, choose }: OptionProps) {
  const { title, subtitle, off, actions } = item;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search box, which names it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search box hears the keys
    <div
      role="option"
      id={id}
      class="item"
      data-item={item.id}
      aria-selected={selected}
      aria-disabled={off ? 'true' : undefined}
      onMouseMove={() => choose(item)}
      onClick={trusted(() => {
        if (!off) actions[0].press();
      })}
    >
      <span class="item-title">{title}</span>
      {subtitle && <span class="item-subtitle">{subtitle}</span>}
      {place < NUMBERED && (
        <span class="item-key" aria-hidden="true">
          {say('ui_key_control')} {place + 1}
        </span>
      )}
    </div>
  );
}
