/** Arranging a PC, and telling how it stands, by the system's own calls alone. Runs in Wine. */
import { type RawCredential, writeRaw } from './raw-credentials.ts';
import { readCurrentUser, setRaw, withRaw } from './raw-registry.ts';
import { allRaw, removeAllRaw, removeRaw } from './raw-remove.ts';

export interface PcOrders {
  /** Every entry there is to be; what was there goes. */
  credentials?: RawCredential[];
  /** Keys to remove first. */
  remove?: string[];
  /** Keys of HKCU to make, name by name, with their values: name, type, Base64. */
  keys?: { path: string[]; values: [string, number, string][] }[];
}

export function arrange({ credentials, remove = [], keys = [] }: PcOrders): void {
  if (credentials) removeAllRaw();
  for (const entry of credentials ?? []) writeRaw(entry);
  for (const key of remove) removeRaw(key);
  for (const { path, values } of keys) {
    withRaw(path, (key) => {
      for (const [name, type, data] of values) setRaw(key, name, type, Buffer.from(data, 'base64'));
    });
  }
}

/** All credentials, and these keys of HKCU with all that is in them. */
export function tell(keys: readonly string[]) {
  return { credentials: allRaw(), keys: Object.fromEntries(keys.map((key) => [key, readCurrentUser(key)])) };
}
