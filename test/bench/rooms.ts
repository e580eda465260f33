/** What is measured, room by room; each is loaded when it is asked for. */
import type { Effort, Part } from './row.ts';

export interface Room {
  /** Its flag on the command line, without the dashes. */
  name: string;
  /** For `--help`. */
  what: string;
  /** Whether it measures what `npm run build` makes. */
  built: boolean;
  measure(effort: Effort): Promise<Part>;
}

export const rooms: readonly Room[] = [
  {
    name: 'host',
    what: 'the first reply of the host after its start',
    built: true,
    measure: async (effort) => (await import('./host.ts')).hostCost(effort),
  },
  {
    name: 'watcher',
    what: 'the watcher on healthy pages, small and large',
    built: true,
    measure: async (effort) => (await import('./watcher.ts')).watcherCost(effort),
  },
  {
    name: 'popup',
    what: 'how soon popup and banner are there',
    built: true,
    measure: async (effort) => (await import('./popup.ts')).popupCost(effort),
  },
  {
    name: 'rest',
    what: 'memory at rest, and what runs without a page of Microsoft’s',
    built: true,
    measure: async (effort) => (await import('./rest.ts')).restCost(effort),
  },
  {
    name: 'check',
    what: 'the connection check, in a network namespace',
    built: false,
    measure: async (effort) => (await import('./check.ts')).checkCost(effort),
  },
  {
    name: 'repair',
    what: 'purge, plan and journal, here and under Wine',
    built: false,
    measure: async (effort) => (await import('./repair.ts')).repairCost(effort),
  },
  {
    name: 'growth',
    what: 'how all of it grows with ten and a hundred times the input',
    built: false,
    measure: async (effort) => (await import('./growth.ts')).growthCost(effort),
  },
  {
    name: 'sizes',
    what: 'what is loaded, against its budget',
    built: true,
    measure: async () => (await import('./sizes.ts')).sizesCost(),
  },
];

/** Flags that stand for several rooms. */
export const groups: Readonly<Record<string, readonly string[]>> = { browser: ['watcher', 'popup', 'rest'] };
