/**
 * Which stored credentials may be touched: an allow-list over whole generic entries. Sources: Microsoft's
 * sign-in articles name "OneDrive Cached Credential" and MicrosoftOffice15_/16_ entries for removal; those of Teams are
 * named by other repair tools.
 * MicrosoftAccount:target=SSO_POP_*, WindowsLive:target=virtualapp/didlogical (device identity) and all else
 * stay out because nothing here matches them.
 */
import type { CredentialEntry } from '../machine/machine.ts';

// CredEnumerateW may put the namespace before a generic entry's own name.
const namespace = /^LegacyGeneric:target=/;

const ours = [
  /^OneDrive Cached Credential(?: |$)/,
  /^MicrosoftOffice1[5-9]_/,
  /^MicrosoftOfficeDeviceCode/,
  /^msteams_adalsso(?:\/|$)/,
  /^MSTeams(?:[^A-Za-z0-9_]|$)/,
];

/** Whether an entry is a stored OneDrive, Office or Teams sign-in that may be removed. */
export function mayRemove(entry: Pick<CredentialEntry, 'target' | 'type'>): boolean {
  if (entry.type !== 'generic') return false;
  const name = entry.target.replace(namespace, '');
  return ours.some((pattern) => pattern.test(name));
}
