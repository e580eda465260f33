/** What is there to be seen and pressed. */

/** All elements that are on screen or could be scrolled to. */
export function seenIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].filter(
    (each) => !each.closest('.unseen') && each.checkVisibility({ visibilityProperty: true }),
  );
}

/** What can be pressed or typed in. */
export function targetsIn(root: ParentNode): HTMLElement[] {
  return seenIn(root).filter((each) =>
    each.matches('a[href], button, input, select, summary, textarea, [role=option]'),
  );
}

/** Says in a fault which one it is. */
export function nameOf(element: Element): string {
  const labelled = element instanceof HTMLInputElement ? (element.labels?.[0] ?? element) : element;
  const classes = element.classList.length > 0 ? `.${[...element.classList].join('.')}` : '';
  return `<${element.localName}${classes}> ${labelled.textContent?.trim().slice(0, 30)}`;
}
