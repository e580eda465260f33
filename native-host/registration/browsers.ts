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
  /** Vendors whose places on Windows it reads, too, after its own. */
  alsoReads: readonly string[];
  /** Below `Software\Policies\`; undefined where it knows none about native messaging. */
  policies: string | undefined;
  /** Below the home folder, with the hosts' folder in it. */
  linux: string;
  mac: string;
}

type Facts = Pick<BrowserRow, 'program' | 'vendor'> & Partial<Pick<BrowserRow, 'policies' | 'alsoReads'>>;

const chromium = (id: string, name: string, linux: string, mac: string, facts: Facts): BrowserRow => ({
  ...{ id, name, family: 'chromium', policies: facts.vendor, alsoReads: [], ...facts },
  linux: `.config/${linux}/NativeMessagingHosts`,
  mac: `Library/Application Support/${mac}/NativeMessagingHosts`,
});

const CHROME = 'Google\\Chrome';
const CHROMIUM = 'Chromium';
/** What is made of Chromium reads its place and Chrome's; Edge says so itself, on the page above. */
const alsoReads = [CHROMIUM, CHROME];

export const browsers = [
  chromium('chrome', 'Google Chrome', 'google-chrome', 'Google/Chrome', {
    program: 'chrome.exe',
    vendor: CHROME,
  }),
  chromium('edge', 'Microsoft Edge', 'microsoft-edge', 'Microsoft Edge', {
    program: 'msedge.exe',
    vendor: 'Microsoft\\Edge',
    alsoReads,
  }),
  chromium('chromium', 'Chromium', 'chromium', 'Chromium', {
    program: 'chromium.exe',
    vendor: CHROMIUM,
    alsoReads: [CHROME],
  }),
  chromium('brave', 'Brave', 'BraveSoftware/Brave-Browser', 'BraveSoftware/Brave-Browser', {
    program: 'brave.exe',
    vendor: 'BraveSoftware\\Brave-Browser',
    // https://support.brave.com/hc/en-us/articles/360039248271-Group-Policy
    policies: 'BraveSoftware\\Brave',
    alsoReads,
  }),
  chromium('vivaldi', 'Vivaldi', 'vivaldi', 'Vivaldi', {
    program: 'vivaldi.exe',
    vendor: 'Vivaldi',
    alsoReads,
  }),
  {
    ...{ id: 'firefox', name: 'Firefox', family: 'firefox', program: 'firefox.exe' },
    ...{ vendor: 'Mozilla', alsoReads: [], policies: undefined },
    linux: '.mozilla/native-messaging-hosts',
    mac: 'Library/Application Support/Mozilla/NativeMessagingHosts',
  },
] as const satisfies readonly BrowserRow[];

/** The browser that a program is, by its file name in any letter case; undefined for any other. */
export function browserOf(program: string): BrowserRow | undefined {
  const name = program.toLowerCase();
  return browsers.find((each) => each.program === name);
}
