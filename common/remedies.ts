/**
 * The ids of all remedies, and the steps of those that only guide. The browser chooses among these; what each does
 * is the host's alone.
 */

/** Change something on the PC or in the browser. */
export const repairIds = [
  'clear-browser-session',
  'flush-dns',
  'purge-kerberos',
  'refresh-device-token',
  'restart-onedrive',
  'purge-credentials',
  'clear-identity-cache',
  'reset-onedrive',
  'relink-onedrive',
] as const;

/** Never automated: what needs the person's own hand, rights that we do not take, or IT. */
export const guideIds = [
  'disconnect-vpn',
  'check-clock',
  'check-proxy',
  'check-tls',
  'check-ciphers',
  'rejoin-device',
  'reinstall-onedrive',
  'contact-it',
] as const;

export const remedyIds = [...repairIds, ...guideIds] as const;

export type RepairId = (typeof repairIds)[number];
export type GuideId = (typeof guideIds)[number];
export type RemedyId = (typeof remedyIds)[number];

/** Places in Windows that a guide leads to; which address each has, only the host knows. */
export const linkIds = [
  'vpn-settings',
  'clock-settings',
  'proxy-settings',
  'internet-options',
  'work-account',
  'installed-apps',
] as const;
export type LinkId = (typeof linkIds)[number];

interface Guide {
  /** How many numbered sentences it has: `guide_<id>_1` and on. */
  readonly steps: number;
  readonly links: readonly LinkId[];
}

export const guides: Readonly<Record<GuideId, Guide>> = {
  'disconnect-vpn': { steps: 3, links: ['vpn-settings'] },
  'check-clock': { steps: 3, links: ['clock-settings'] },
  'check-proxy': { steps: 3, links: ['proxy-settings'] },
  'check-tls': { steps: 4, links: ['internet-options'] },
  'check-ciphers': { steps: 3, links: [] },
  'rejoin-device': { steps: 3, links: ['work-account'] },
  'reinstall-onedrive': { steps: 4, links: ['installed-apps'] },
  'contact-it': { steps: 2, links: [] },
};

/** Whether a remedy only guides. */
export function isGuide(id: RemedyId): id is GuideId {
  return id in guides;
}

/** What of the remembered accounts `clear-identity-cache` takes, each only for codes that point there. */
export type IdentityPart = 'identity-key' | 'oneauth' | 'pre-sign-in' | 'unrecoverable-mark';
