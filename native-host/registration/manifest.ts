/**
 * The native-messaging manifest, by which a browser finds and starts the host
 * (https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging,
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests).
 */
import { CHROMIUM_ORIGINS, GECKO_EXTENSION_ID, HOST_NAME } from '../../common/identity.ts';
import type { BrowserFamily } from './browsers.ts';

/** File name that browsers look for. */
export const MANIFEST_FILE = `${HOST_NAME}.json`;

/**
 * The manifest's text. `path` is the host's absolute path. One unparsable origin makes Chromium drop the whole
 * manifest, so each family gets only the key that it knows.
 */
export function hostManifest(family: BrowserFamily, path: string): string {
  const callers =
    family === 'firefox'
      ? { allowed_extensions: [GECKO_EXTENSION_ID] }
      : { allowed_origins: CHROMIUM_ORIGINS };
  const manifest = {
    name: HOST_NAME,
    description: 'Signin Rescue repairs Microsoft 365 sign-in on this PC.',
    path,
    type: 'stdio',
    ...callers,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
