/** What can be pressed is large enough, by itself, and all to be seen when it has the focus. */
import { nameOf, targetsIn } from './elements.ts';

/** CSS px, https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum */
const SMALLEST = 24;
/** Lies over what scrolls. */
const STAYS = '.foot, .menu-ground';
const SCROLLS = '.entries, .items';

export function smallTargets(root: ParentNode): string[] {
  return targetsIn(root).flatMap((target) => {
    const { width, height } = boxOf(target);
    if (isInSentence(target) || Math.min(width, height) >= SMALLEST - 0.01) return [];
    return `${nameOf(target)}: a target of ${width.toFixed(1)} × ${height.toFixed(1)}`;
  });
}

export function overlaps(root: ParentNode): string[] {
  const targets = targetsIn(root);
  return targets.flatMap((one, at) =>
    targets
      .slice(at + 1)
      .filter((other) => !one.contains(other) && one.closest(STAYS) === other.closest(STAYS))
      .filter((other) => meet(visibleBox(one), visibleBox(other)))
      .map((other) => `${nameOf(one)}: overlaps ${nameOf(other)}`),
  );
}

/** Gives the focus to each, and then back. An open menu holds it. */
export function hiddenWhenFocused(root: Document | ShadowRoot): string[] {
  const before = root.activeElement;
  const hidden = targetsIn(root.querySelector('[role=menu]') ?? root).filter((target) => {
    if (target.tabIndex < 0 || target.matches('[role=option]')) return false;
    target.focus();
    return [...target.getClientRects()].some((box) =>
      middles(box).some((point) => !target.contains(root.elementFromPoint(...point))),
    );
  });
  if (before instanceof HTMLElement) before.focus();
  return hidden.map((target) => `${nameOf(target)}: not all to be seen when focused`);
}

/** Just inside the middle of each side: corners are round. */
function middles({ left, right, top, bottom }: DOMRect): [number, number][] {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return [
    [left + 1, y],
    [right - 1, y],
    [x, top + 1],
    [x, bottom - 1],
  ];
}

/** A label is pressed as well as what it is for. */
function boxOf(target: HTMLElement): DOMRect {
  const label = target instanceof HTMLInputElement ? target.labels?.[0] : undefined;
  return (label ?? target).getBoundingClientRect();
}

type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/** The part of it that its scrolling list lets be seen. */
function visibleBox(target: HTMLElement): Box {
  const list = target.closest(SCROLLS)?.getBoundingClientRect();
  const { left, right, top, bottom } = boxOf(target);
  if (!list) return { left, right, top, bottom };
  return { left, right, top: Math.max(top, list.top), bottom: Math.min(bottom, list.bottom) };
}

function meet(a: Box, b: Box): boolean {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 1 && down > 1;
}

/** A link among words is as high as its line. */
function isInSentence(target: HTMLElement): boolean {
  const around = target.parentElement?.textContent?.trim();
  return getComputedStyle(target).display === 'inline' && around !== target.textContent?.trim();
}
