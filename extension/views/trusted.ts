/** Guards against presses that no person made. */

/** Passes on only what a person did: events made by a script are ignored. */
export function trusted<E extends Event>(handler: (event: E) => void): (event: E) => void {
  return (event) => {
    if (event.isTrusted) handler(event);
  };
}

/** A held-down key, or the second half of a double click, must not press what has just appeared. */
export function isRepeat(event: Event): boolean {
  if (event instanceof KeyboardEvent) return event.repeat || event.isComposing;
  return event instanceof MouseEvent && event.detail > 1;
}
