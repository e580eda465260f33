/** The keys of the search box. What is typed there stays text: only keys that text does not need do something. */
import { isRepeat } from '../../views/trusted.ts';
import type { Item } from './items.ts';

/** So many items a page key moves. */
const PAGE = 5;

export interface LauncherKeys {
  items: readonly Item[];
  /** Where the choice is. */
  at: number;
  choose: (item: Item) => void;
  openMenu: () => void;
  /** Empties the box; undefined where it is empty. */
  clear: (() => void) | undefined;
  leave: (() => void) | undefined;
}

const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };

/** Does what the key is for, and then keeps it from doing anything else. */
export function onLauncherKey(event: KeyboardEvent, keys: LauncherKeys): void {
  // While characters are composed, Enter and arrows belong to the input method.
  if (event.isComposing) return;
  if (take(event, keys)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function take(event: KeyboardEvent, { items, at, choose, openMenu, clear, leave }: LauncherKeys): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  const command = (ctrlKey || metaKey) && !altKey;
  const move = moves[key];
  if (move !== undefined && !command && !altKey) return moveTo(items, at, move, choose);
  if (command && key.toLowerCase() === 'k') return run(openMenu);
  if (command && /^[1-9]$/.test(key)) return runItem(items[Number(key) - 1], 0, event);
  if (key === 'Enter' && !altKey) return runItem(items[at], command ? 1 : 0, event);
  if (key !== 'Escape' || isRepeat(event)) return false;
  const away = clear ?? leave;
  return away !== undefined && run(away);
}

/** Past an end it goes on at the other; a page stops there. */
function moveTo(items: readonly Item[], at: number, by: number, choose: (item: Item) => void): boolean {
  const last = items.length - 1;
  const to =
    Math.abs(by) === 1 ? (at + by + items.length) % items.length : Math.min(last, Math.max(0, at + by));
  const item = items[to];
  if (item) choose(item);
  return true;
}

/** An action of an item that is not there, or not possible, is no press. */
function runItem(item: Item | undefined, nth: number, event: KeyboardEvent): boolean {
  if (!isRepeat(event) && item && !item.off) item.actions[nth]?.press();
  return true;
}

function run(what: () => void): true {
  what();
  return true;
}
