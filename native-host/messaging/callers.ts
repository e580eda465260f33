/** Who may speak native messaging with the host: our own extension, as the browser names it in the arguments. */
import { CHROMIUM_ORIGINS, GECKO_EXTENSION_ID } from '../../common/identity.ts';

export type Caller = 'our-extension' | 'stranger' | 'person';

/**
 * Judges by the arguments that browsers pass. Chromium and Edge give the origin first, and on Windows a window
 * handle after it; Firefox gives the manifest's path and the add-on's id
 * (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging). Anything else is a person
 * at a command line.
 */
export function judgeCaller(args: readonly string[]): Caller {
  const origin = args.find((arg) => /^(?:chrome-extension|moz-extension|extension):\/\//.test(arg));
  if (origin !== undefined) return CHROMIUM_ORIGINS.includes(origin) ? 'our-extension' : 'stranger';
  // Our own options may stand before what the browser adds.
  const manifest = args.findIndex((arg) => arg.endsWith('.json') && !arg.startsWith('simulated:'));
  const id = manifest < 0 ? undefined : args[manifest + 1];
  if (id !== undefined && /@|^\{/.test(id)) return id === GECKO_EXTENSION_ID ? 'our-extension' : 'stranger';
  return 'person';
}
