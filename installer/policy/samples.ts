/** What an administrator imports or pastes: the extension forced upon browsers, and a policy to begin with. */
import { CHROMIUM_EXTENSION_ID, GECKO_EXTENSION_ID } from '../../common/identity.ts';
import { POLICY_KEY } from '../../native-host/policy/read.ts';
import { managedBrowsers, managedKey } from './templates.ts';

/** Where each browser's store has the extension. */
const stores = {
  Chrome: 'https://clients2.google.com/service/update2/crx',
  Edge: 'https://edge.microsoft.com/extensionwebstorebase/v1/crx',
} as const;

/** https://mozilla.github.io/enterprise-admin-reference/reference/policies/extensionsettings/ */
const ADDON = `https://addons.mozilla.org/firefox/downloads/latest/${GECKO_EXTENSION_ID}/latest.xpi`;

/** What is set in all samples: to be replaced by one's own. */
const sample = {
  helpDesk: 'help.desk@contoso.example',
  helpDeskText: 'Call 555 0100',
  clouds: ['worldwide'],
  watch: true,
  remedies: { 'relink-onedrive': 'approval', 'reset-onedrive': 'approval' },
};

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The value of the policy ExtensionSettings of Chrome or Edge. */
export function extensionSettings(browser: keyof typeof stores): string {
  const shown = browser === 'Edge' ? { toolbar_state: 'force_shown' } : { toolbar_pin: 'force_pinned' };
  return json({
    [CHROMIUM_EXTENSION_ID]: {
      installation_mode: 'force_installed',
      update_url: stores[browser],
      ...shown,
    },
  });
}

/** Firefox's policies.json: the extension, and what it is told; the latter makes no schema of ours known to Firefox. */
export function firefoxPolicies(): string {
  return json({
    policies: {
      ExtensionSettings: {
        [GECKO_EXTENSION_ID]: { installation_mode: 'force_installed', install_url: ADDON },
      },
      '3rdparty': { Extensions: { [GECKO_EXTENSION_ID]: sample } },
    },
  });
}

/** Chromium's and Chrome's policy file on Linux: what the extension is told. */
export function linuxPolicy(): string {
  return json({ '3rdparty': { extensions: { [CHROMIUM_EXTENSION_ID]: sample } } });
}

type Values = Readonly<Record<string, string | number>>;

/** A file for reg.exe and regedit. Plain ASCII. */
function registryFile(keys: Readonly<Record<string, Values>>): string {
  const quoted = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const written = (value: string | number) =>
    typeof value === 'number' ? `dword:${value.toString(16).padStart(8, '0')}` : quoted(value);
  const parts = Object.entries(keys).map(([key, values]) =>
    [
      `[HKEY_LOCAL_MACHINE\\${key}]`,
      ...Object.entries(values).map(([name, value]) => `${quoted(name)}=${written(value)}`),
    ].join('\r\n'),
  );
  return `${['Windows Registry Editor Version 5.00', ...parts].join('\r\n\r\n')}\r\n`;
}

/** The extension forced upon Chrome or Edge, and what it is told. */
export function browserRegistry(id: keyof typeof stores): string {
  const browser = managedBrowsers.find((each) => each.id === id) ?? managedBrowsers[0];
  const key = managedKey(browser);
  return registryFile({
    [`${browser.key}\\ExtensionSettings\\${CHROMIUM_EXTENSION_ID}`]: {
      installation_mode: 'force_installed',
      update_url: stores[id],
    },
    [key]: { helpDesk: sample.helpDesk, helpDeskText: sample.helpDeskText, watch: 1 },
    [`${key}\\clouds`]: { 1: 'worldwide' },
    [`${key}\\remedies`]: sample.remedies,
  });
}

/** What the helper goes by. */
export function hostRegistry(): string {
  return registryFile({
    [POLICY_KEY]: {
      HelpDesk: sample.helpDesk,
      HelpDeskText: sample.helpDeskText,
      Clouds: sample.clouds.join(','),
      Watch: 1,
      BackupDays: 30,
    },
    [`${POLICY_KEY}\\Remedies`]: sample.remedies,
  });
}
