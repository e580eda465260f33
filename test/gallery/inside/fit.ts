/** Nothing scrolls sideways, and no text is cut off. */
import { nameOf, seenIn } from './elements.ts';

/** One line for each thing that does not fit. */
export function misfits(root: ParentNode): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`the page: ${scrollWidth} wide in ${clientWidth}`] : [];
  return [...wide, ...seenIn(root).flatMap((element) => [...cutOff(element), ...beyondTheEdge(element)])];
}

function cutOff(element: HTMLElement): string[] {
  const { overflowY, display } = getComputedStyle(element);
  if (display === 'inline' || element.clientWidth === 0 || isMeantTo(element)) return [];
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
  const faults: string[] = [];
  if (scrollWidth > clientWidth + 1) faults.push(`${nameOf(element)}: ${scrollWidth} wide in ${clientWidth}`);
  if (/hidden|clip/.test(overflowY) && scrollHeight > clientHeight + 1)
    faults.push(`${nameOf(element)}: ${scrollHeight} high in ${clientHeight}`);
  return faults;
}

function beyondTheEdge(element: HTMLElement): string[] {
  if (isMeantTo(element)) return [];
  const words = [...element.childNodes].filter(
    ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim(),
  );
  const isBeyond = words.some((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right } = range.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1;
  });
  return isBeyond ? [`${nameOf(element)}: beyond the edge`] : [];
}

/** What is typed in scrolls; a line that ends in dots is told whole elsewhere. */
function isMeantTo(element: HTMLElement): boolean {
  return element.matches('input, textarea') || getComputedStyle(element).textOverflow === 'ellipsis';
}
