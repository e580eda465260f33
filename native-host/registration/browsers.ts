/**
 * The one table of browsers: by it the host is registered, taken back and examined, the MSI is written, and the default
 * browser is known. A row is a vendor's place in the registry and in the file system; the sources are Chromium's and
 * Mozilla's pages (https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging,
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests,
 * https://learn.microsoft.com/microsoft-edge/extensions/developer-guide/native-messaging).
 */

/** Which manifest it understands. */
export type BrowserFamily = 'chromium' | 'firefox';

export interface BrowserRow {
  id: string;
  /** As people know it. */
  name: string;
  family: BrowserFamily;
  /** File name of its program on Windows. */
  program: string;
  /** Below `Software\` in HKCU and HKLM, before `NativeMessagingHosts`. */
  vendor: string;
  /** Below `Software\Policies\`; undefined where it knows none about native messaging. */
  policies: string | undefined;
  /** Below the home folder, with the hosts' folder in it. */
  linux: string;
  mac: string;
}

const row = (
  id: string,
  name: string,
  program: string,
  vendor: string,
  linux: string,
  mac: string,
): BrowserRow => ({
  ...{ id, name, program, vendor, family: 'chromium', policies: vendor },
  linux: `.config/${linux}/NativeMessagingHosts`,
  mac: `Library/Application Support/${mac}/NativeMessagingHosts`,
});

export const browsers = [
  row('chrome', 'Google Chrome', 'chrome.exe', 'Google\\Chrome', 'google-chrome', 'Google/Chrome'),
  row('edge', 'Microsoft Edge', 'msedge.exe', 'Microsoft\\Edge', 'microsoft-edge', 'Microsoft Edge'),
  row('chromium', 'Chromium', 'chromium.exe', 'Chromium', 'chromium', 'Chromium'),
  row(
    'brave',
    'Brave',
    'brave.exe',
    'BraveSoftware\\Brave-Browser',
    'BraveSoftware/Brave-Browser',
    'BraveSoftware/Brave-Browser',
  ),
  row('vivaldi', 'Vivaldi', 'vivaldi.exe', 'Vivaldi', 'vivaldi', 'Vivaldi'),
  {
    ...{ id: 'firefox', name: 'Firefox', family: 'firefox', program: 'firefox.exe' },
    ...{ vendor: 'Mozilla', policies: undefined },
    linux: '.mozilla/native-messaging-hosts',
    mac: 'Library/Application Support/Mozilla/NativeMessagingHosts',
  },
] as const satisfies readonly BrowserRow[];

/** The browser that a program is, by its file name in any letter case; undefined for any other. */
export function browserOf(program: string): BrowserRow | undefined {
  const name = program.toLowerCase();
  return browsers.find((each) => each.program === name);
}
