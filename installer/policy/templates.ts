/** The two templates: what the helper reads, and what Chrome and Edge hand to the extension. */
import { CHROMIUM_EXTENSION_ID } from '../../common/identity.ts';
import { POLICY_KEY } from '../../native-host/policy/read.ts';
import {
  managedSettings,
  type RemedySetting,
  remedySettings,
  ruleTitles,
  type Setting,
  type Shape,
  settings,
} from './table.ts';
import type { Category, Entry, PolicyItem, Template } from './template.ts';

/** Browsers that take an extension's policy from the registry, below `SOFTWARE\Policies`. */
export const managedBrowsers = [
  { id: 'Chrome', title: 'Google Chrome', key: 'SOFTWARE\\Policies\\Google\\Chrome' },
  { id: 'Edge', title: 'Microsoft Edge', key: 'SOFTWARE\\Policies\\Microsoft\\Edge' },
] as const;

/**
 * Where a browser has the extension's managed storage: a list is a key with numbered values, an object a key
 * (https://www.chromium.org/administrators/configuring-policy-for-extensions/).
 */
export function managedKey(browser: (typeof managedBrowsers)[number]): string {
  return `${browser.key}\\3rdparty\\extensions\\${CHROMIUM_EXTENSION_ID}\\policy`;
}

/** JSON, for which the editor's own limit of 1,023 characters is not enough. */
const ENTRIES_LENGTH = 1_000_000;

function entryOf(shape: Shape, valueName: string): Entry {
  switch (shape.kind) {
    case 'names':
      return { kind: 'text', valueName, most: 200 };
    case 'entries':
      return { kind: 'text', valueName, most: ENTRIES_LENGTH };
    case 'number':
      return { ...shape, valueName, byDefault: 30 };
    case 'text':
    case 'switch':
    case 'choice':
      return { ...shape, valueName };
  }
}

const rules = Object.entries(ruleTitles).map(([value, title]) => ({ value, title }));

function ruleOf(
  { id, title, what, guide }: RemedySetting,
  name: string,
): Pick<PolicyItem, 'name' | 'title' | 'explain' | 'entry'> {
  const kind = guide ? 'guide: it changes nothing by itself' : 'repair';
  return {
    name,
    title,
    explain: `${what} (A ${kind}.) Not configured: allowed. With an approval: it runs only until the time that stands for it below Approvals. A word that is not known counts as turned off.`,
    entry: { kind: 'choice', valueName: id, of: rules },
  };
}

/** `clear-identity-cache` → `ClearIdentityCache`. */
const camel = (id: string) => id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const approvals: Omit<PolicyItem, 'category' | 'key'> = {
  name: 'Approvals',
  class: 'Machine',
  title: 'Approved repairs',
  explain:
    'Until when a repair that needs an approval may run on these PCs: its id, and a time such as 2026-12-31T18:00:00Z. For the PC alone, never for a user. A help desk rather writes it on one PC, as docs/POLICY.md says; what it writes there is kept.',
  entry: { kind: 'list', named: true },
};

const both = { class: 'Both' } as const;

export const hostTemplate: Template = {
  name: 'signin-rescue',
  namespace: 'SigninRescue.Policies.Helper',
  title: 'Signin Rescue: the helper',
  categories: [
    { name: 'SigninRescue', title: 'Signin Rescue' },
    { name: 'Repairs', title: 'Repairs', parent: 'SigninRescue' },
    { name: 'Guides', title: 'Guides', parent: 'SigninRescue' },
  ],
  policies: [
    ...settings.map(
      ({ name, shape, title, explain }): PolicyItem => ({
        ...{ ...both, name, title, explain, key: POLICY_KEY, category: 'SigninRescue' },
        entry: entryOf(shape, name),
      }),
    ),
    ...remedySettings.map(
      (remedy): PolicyItem => ({
        ...{ ...both, key: `${POLICY_KEY}\\Remedies`, category: remedy.guide ? 'Guides' : 'Repairs' },
        ...ruleOf(remedy, `Remedy${camel(remedy.id)}`),
      }),
    ),
    { ...approvals, key: `${POLICY_KEY}\\Approvals`, category: 'SigninRescue' },
  ],
};

export const extensionTemplate: Template = {
  name: 'signin-rescue-extension',
  namespace: 'SigninRescue.Policies.Extension',
  title: 'Signin Rescue: the extension in Chrome and Edge',
  categories: [
    { name: 'SigninRescueExtension', title: 'Signin Rescue (extension)' },
    ...managedBrowsers.flatMap(({ id, title }): Category[] => [
      { name: id, title, parent: 'SigninRescueExtension' },
      { name: `${id}Repairs`, title: 'Repairs, as shown', parent: id },
    ]),
  ],
  policies: managedBrowsers.flatMap((browser) => {
    const key = managedKey(browser);
    return [
      ...managedSettings.map((setting) => extensionItem(setting, browser.id, key)),
      ...remedySettings.map(
        (remedy): PolicyItem => ({
          ...{ ...both, key: `${key}\\remedies`, category: `${browser.id}Repairs` },
          ...ruleOf(remedy, `${browser.id}Remedy${camel(remedy.id)}`),
        }),
      ),
    ];
  }),
};

function extensionItem(
  { name, managed, shape, title, explain }: Setting & { managed: string },
  category: string,
  key: string,
): PolicyItem {
  const item = { ...both, name: `${category}${name}`, category, title, explain };
  if (shape.kind === 'names')
    return { ...item, key: `${key}\\${managed}`, entry: { kind: 'list', named: false } };
  return { ...item, key, entry: entryOf(shape, managed) };
}
