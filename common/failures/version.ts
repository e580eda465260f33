/**
 * The catalogue is data that ages: "Error codes are subject to change at any time" (Microsoft, reference of
 * Entra error codes). Reports name the version that judged.
 */
export const catalogue = {
  /** Raised with every change of an entry. */
  version: 3,
  /** The day on which the entries were last compared with their sources. */
  date: '2026-11-22',
} as const;
