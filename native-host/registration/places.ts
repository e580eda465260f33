/** Where a browser looks for the host, and what is there. */
import type { BrowserRow } from './browsers.ts';

/** What a place holds. */
export type Holding =
  | { is: 'nothing' }
  /** A registry key without a path in its default value. */
  | { is: 'no-value' }
  /** The same, and something stands under a name. */
  | { is: 'named-value' }
  /** The way to a manifest, whether or not that is there. */
  | { is: 'manifest'; file: string };

export interface Place {
  /** A key with its hive, or a file. */
  where: string;
  /** For one person, or for all of this PC, which only an administrator can change. */
  level: 'user' | 'machine';
  /** Meant for this browser; others it reads besides. */
  own: boolean;
  holds: Holding;
}

/** What the organisation says of native messaging in a browser. */
export interface BrowserPolicy {
  /** False: what is registered for one person only is not looked at. */
  userHosts: boolean;
  blocked: boolean;
}

export const NO_POLICY: BrowserPolicy = { userHosts: true, blocked: false };

/** All that is known before any manifest is read. */
export interface Standing {
  browser: BrowserRow;
  /** Whether the browser is on this computer; `packed` by Flatpak or Snap, out of which no program can be started. */
  here: 'yes' | 'no' | 'packed';
  policy: BrowserPolicy;
  /** In the order in which the browser looks. */
  places: readonly Place[];
}

/** The place that counts: the first that leads to a manifest, of those that the browser looks at. */
export function leading({ places, policy }: Standing): (Place & { holds: { file: string } }) | undefined {
  for (const place of places) {
    const { level, holds } = place;
    if (holds.is === 'manifest' && (level === 'machine' || policy.userHosts)) return { ...place, holds };
  }
  return undefined;
}
