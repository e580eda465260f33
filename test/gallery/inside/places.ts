/** What stands where, in px from the side that reading starts at. */
export type Places = [what: string, from: number][];

/**
 * The place of each part and of its words. They are the same in both directions of writing where nothing is bound
 * to a side of the screen.
 */
export function places(root: ParentNode): Places {
  const start = root.querySelector('[dir]');
  if (!start) return [];
  const page = start.getBoundingClientRect();
  const rtl = start.getAttribute('dir') === 'rtl';
  const from = ({ left, right }: DOMRect) => (rtl ? page.right - right : left - page.left);
  // Words within a line keep the order of their own language; a drawing is the same, unless it is of days.
  const parts = [...root.querySelectorAll('*')].filter(
    (each) =>
      !isInline(each) && !each.closest('.unseen, svg:not(.days svg) *, head') && each.checkVisibility(),
  );
  return parts.flatMap((part): Places => {
    const name = `${part.localName}.${part.getAttribute('class') ?? ''}`;
    const place: Places = [[name, from(part.getBoundingClientRect())]];
    if (!part.textContent?.trim() || part.matches('pre') || ![...part.children].every(isInline)) return place;
    const words = document.createRange();
    words.selectNodeContents(part);
    return [...place, [`words of ${name}`, from(words.getBoundingClientRect())]];
  });
}

function isInline(element: Element): boolean {
  return getComputedStyle(element).display === 'inline' && !element.closest('svg');
}
