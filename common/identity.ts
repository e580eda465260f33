/** The name that browsers know the host by. Only lower case, digits, `_` and `.` are allowed in it. */
export const HOST_NAME = 'com.signin_rescue.host';

/**
 * The extension's ids in Chromium browsers, all of which may speak with the host. First the one that people have: until
 * a store has given one, that of `key` in manifest.json. Each store gives its own with the first upload; they go here.
 */
export const CHROMIUM_EXTENSION_IDS: readonly [string, ...string[]] = ['eafbemnofeodfanfepcoojjclhmelghc'];

/** The id that links, policy templates and samples name. */
export const CHROMIUM_EXTENSION_ID = CHROMIUM_EXTENSION_IDS[0];

/** The extension's id in Firefox (`browser_specific_settings.gecko.id`). */
export const GECKO_EXTENSION_ID = 'signin-rescue@signin-rescue.org';

/** What a Chromium browser passes as the host's first argument. Edge, too, writes `chrome-extension://`. */
export const CHROMIUM_ORIGINS: readonly string[] = CHROMIUM_EXTENSION_IDS.map(
  (id) => `chrome-extension://${id}/`,
);
export const CHROMIUM_ORIGIN = `chrome-extension://${CHROMIUM_EXTENSION_ID}/`;
