/**
 * The one table of what an organisation can set. The templates for Group Policy and the schema of the browsers'
 * managed storage are made of it; a test holds docs/POLICY.md and what host and extension read to it.
 */
import messages from '../../common/_locales/en/messages.json' with { type: 'json' };
import { cloudNames } from '../../common/clouds.ts';
import { isGuide, type RemedyId, remedyIds } from '../../common/remedies.ts';
import { type MessageKey, messageKey } from '../../common/text.ts';

/** What a value is: texts are REG_SZ, all else is REG_DWORD. */
export type Shape =
  | { kind: 'text'; most: number }
  /** In the registry names with commas between, in managed storage a list. */
  | { kind: 'names'; of: readonly string[] }
  /** 1 or 0, in managed storage true or false. */
  | { kind: 'switch' }
  | { kind: 'number'; least: number; most: number }
  | { kind: 'choice'; of: readonly { value: number; title: string }[] }
  /** A list of entries: JSON as text, in managed storage a list. */
  | { kind: 'entries' };

export interface Setting {
  /** The registry's value below `SOFTWARE\Policies\Signin Rescue`. */
  name: string;
  /** In the browsers' managed storage; missing where only the helper asks for it. */
  managed?: string;
  shape: Shape;
  title: string;
  explain: string;
}

export const settings: readonly Setting[] = [
  {
    name: 'HelpDesk',
    managed: 'helpDesk',
    shape: { kind: 'text', most: 254 },
    title: 'Help desk: e-mail address',
    explain:
      'The address that a report for IT is made out to, and that is shown beside a repair that is turned off or wants an approval. One address, nothing else.',
  },
  {
    name: 'HelpDeskText',
    managed: 'helpDeskText',
    shape: { kind: 'text', most: 200 },
    title: 'Help desk: telephone number or hint',
    explain: 'One line of up to 200 characters, shown as plain text wherever the help desk is named.',
  },
  {
    name: 'Clouds',
    managed: 'clouds',
    shape: { kind: 'names', of: cloudNames },
    title: 'Microsoft clouds',
    explain: `The clouds that your people sign in to: ${cloudNames.join(', ')}. The first is the one that is looked at where no page tells which. Sign-in pages of clouds that are not named are left alone. Not configured: all are watched, and worldwide is looked at.`,
  },
  {
    name: 'Watch',
    managed: 'watch',
    shape: { kind: 'switch' },
    title: 'Look at the connection after a change of network',
    explain:
      'Enabled or not configured: each person decides, and it is on at first. Disabled: the connection is never looked at by itself.',
  },
  {
    name: 'Catalogue',
    managed: 'catalogue',
    shape: { kind: 'entries' },
    title: 'Explanations of your own',
    explain:
      'Entries for error codes in your own words, as JSON: docs/CATALOGUE.md has the fields. A bad entry is left out, the rest count.',
  },
  {
    name: 'BackupDays',
    shape: { kind: 'number', least: 0, most: 365 },
    title: 'Days that backups are kept',
    explain:
      'For so many days a repair can be undone. 0: until the next repair starts. Not configured: 30 days.',
  },
  {
    name: 'EventLog',
    shape: { kind: 'switch' },
    title: 'Write to the Windows event log',
    explain:
      'Enabled: what failed, what was repaired and how it ended stands in the application log of this PC. Not configured or disabled: nothing does. Nothing is sent anywhere.',
  },
  {
    name: 'Log',
    shape: {
      kind: 'choice',
      of: [
        { value: 0, title: 'Nothing' },
        { value: 1, title: 'Outcomes' },
        { value: 2, title: 'Outcomes and findings' },
      ],
    },
    title: 'Local log as JSON lines',
    explain:
      'A file of this user, for a collector to pick up: docs/EVIDENCE.md has its fields. Not configured: nothing is written. Nothing is sent anywhere.',
  },
];

/** Settings that the extension reads, too. */
export const managedSettings = settings.flatMap((setting) =>
  setting.managed === undefined ? [] : [{ ...setting, managed: setting.managed }],
);

export interface RemedySetting {
  id: RemedyId;
  guide: boolean;
  title: string;
  what: string;
}

const words = (key: MessageKey) => messages[key].message;

/** One value for each, below `Remedies`, and below `Approvals` the time until which it is approved. */
export const remedySettings: readonly RemedySetting[] = remedyIds.map((id) => ({
  ...{ id, guide: isGuide(id) },
  title: words(messageKey('remedy', id)),
  what: words(`${messageKey('remedy', id)}_what`),
}));

/** The words of a remedy's value. */
export const ruleTitles = {
  allowed: 'Allowed',
  approval: 'Needs an approval on each PC',
  off: 'Turned off',
} as const;
