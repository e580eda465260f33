/** Who can fix a failure. `unknown`: not in the catalogue. `none`: an expected interruption, no failure. */
export const categories = [
  'local',
  'user',
  'network',
  'policy',
  'device',
  'account',
  'app',
  'federation',
  'service',
  'unknown',
  'none',
] as const;

export type Category = (typeof categories)[number];

/** What these stand for is never repaired on the PC, whatever a table says: there is a report instead. */
export const beyondThisPc: ReadonlySet<Category> = new Set([
  'policy',
  'device',
  'account',
  'app',
  'federation',
  'service',
  'none',
]);
