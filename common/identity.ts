/** The name that browsers know the host by. Only lower case, digits, `_` and `.` are allowed in it. */
export const HOST_NAME = 'com.signin_rescue.host';

/** The extension's id in Chromium browsers, fixed by `key` in manifest.json. */
export const CHROMIUM_EXTENSION_ID = 'eafbemnofeodfanfepcoojjclhmelghc';

/** The extension's id in Firefox (`browser_specific_settings.gecko.id`). */
export const GECKO_EXTENSION_ID = 'signin-rescue@signin-rescue.org';

/** What a Chromium browser passes as the host's first argument. Edge, too, writes `chrome-extension://`. */
export const CHROMIUM_ORIGIN = `chrome-extension://${CHROMIUM_EXTENSION_ID}/`;
