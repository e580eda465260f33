/** Keeps an eye on a page, cheaply: how often it looks is bounded by looks, by time and by what a look costs. */

export interface Bounds {
  /** Looks in all. */
  readonly looks: number;
  /** Milliseconds in all. */
  readonly patience: number;
}

/** An error page may fill its container by script; after this, it is reported as it stands. */
export const undecided: Bounds = { looks: 100, patience: 2000 };
/** The second factor waits for minutes, and says in place that it was denied. */
export const secondFactor: Bounds = { looks: 400, patience: 15 * 60_000 };

/** A page that changes all the time gets this share of it, at most, as milliseconds of rest for one of looking. */
const REST_PER_COST = 20;
const SHORT_REST = 30;
/** A page that is still changing after so many looks is looked at once a second. */
const QUICK_LOOKS = 50;
const LONG_REST = 1000;

const observed: MutationObserverInit = {
  childList: true,
  subtree: true,
  characterData: true,
  attributeFilter: ['class', 'style', 'hidden'],
};

/**
 * Looks at the page now, after it changed, and when patience ends, until a look says that it is enough. During
 * the rest between two looks nothing is observed, so that millions of changes cost no more than one; each rest
 * ends with a look, so that none is missed. Gives what ends it early.
 */
export function keepLooking(
  root: Node,
  { looks, patience }: Bounds,
  look: (last: boolean) => boolean,
): () => void {
  let looked = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver(() => act());
  const end = setTimeout(() => {
    stop();
    look(true);
  }, patience);
  const stop = () => {
    observer.disconnect();
    clearTimeout(rest);
    clearTimeout(end);
  };
  /** After a change: at once. */
  const act = () => {
    observer.disconnect();
    const start = performance.now();
    looked += 1;
    const last = looked >= looks;
    if (look(last) || last) return stop();
    const cost = performance.now() - start;
    const least = looked < QUICK_LOOKS ? SHORT_REST : LONG_REST;
    rest = setTimeout(resume, Math.max(least, cost * REST_PER_COST));
  };
  /** After a rest: what changed meanwhile is looked at without waiting for another change. */
  const resume = () => {
    observer.observe(root, observed);
    if (look(false)) stop();
  };
  observer.observe(root, observed);
  return stop;
}
