/** Finds what moves. */
import { nameOf } from './elements.ts';

/** Seconds; what is shorter is not seen as motion. */
const LONGEST = 0.01;

/** What moves now, and what would when it changes. */
export function motions(root: Document | ShadowRoot): string[] {
  const now = root
    .getAnimations()
    .map(({ effect }) => Number(effect?.getComputedTiming().duration))
    .filter((milliseconds) => milliseconds > LONGEST * 1000)
    .map((milliseconds) => `an animation of ${milliseconds} ms`);
  return [...now, ...[...root.querySelectorAll('*')].flatMap(motionsOf)];
}

function motionsOf(element: Element): string[] {
  return ['', '::before', '::after'].flatMap((part) => {
    const style = getComputedStyle(element, part);
    const isAnimated = style.animationName !== 'none' && longest(style.animationDuration) > LONGEST;
    const isChanging = longest(style.transitionDuration) > LONGEST;
    return isAnimated || isChanging ? `${nameOf(element)}${part}: an animation or transition` : [];
  });
}

function longest(durations: string): number {
  return Math.max(...durations.split(',').map(Number.parseFloat));
}
