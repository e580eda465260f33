/**
 * Room for the banner: where it would cover a field, a button or words of the page, the whole page moves down
 * beneath it. Where it covers nothing, nothing moves.
 */
const GAP = 12;
const worthSeeing =
  'input:not([type=hidden]), button, select, textarea, a[href], h1, h2, p, [role=heading], [role=alert]';

let moved = 0;

/** Moves the page if the banner covers something; further if it has grown, never to and fro while it is shown. */
export function makeRoom(host: HTMLElement): void {
  const bottom = host.getBoundingClientRect().bottom;
  if (bottom + GAP > moved && covers(bottom)) move(bottom + GAP);
}

/** Puts the page back where it was. */
export function takeRoomBack(): void {
  if (moved > 0) move(0);
}

function move(distance: number): void {
  moved = distance;
  const { style } = document.documentElement;
  if (distance > 0) style.setProperty('translate', `0 ${Math.ceil(distance)}px`, 'important');
  else style.removeProperty('translate');
}

/** Whether something worth seeing lies, unmoved and unscrolled, above that height. */
function covers(bottom: number): boolean {
  return [...document.querySelectorAll(worthSeeing)].some((element) => {
    const box = element.getBoundingClientRect();
    const top = box.top - moved + scrollY;
    return box.width > 0 && box.height > 0 && top < bottom && top + box.height > 0;
  });
}
