/** Runs in the page: looks at how it is laid out. In a page with a banner it looks at the banner. */
import { misfits } from './fit.ts';
import { motions } from './motion.ts';
import { places } from './places.ts';
import { hiddenWhenFocused, overlaps, smallTargets } from './targets.ts';

const root = () => globalThis.shadows?.at(-1) ?? document;

const looks = {
  faults: () => [misfits, smallTargets, overlaps, hiddenWhenFocused].flatMap((look) => look(root())),
  motions: () => motions(root()),
  places: () => places(root()),
};

export type Looks = typeof looks;

Object.assign(globalThis, { looks });
