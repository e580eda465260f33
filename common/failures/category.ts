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
