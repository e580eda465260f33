/**
 * OneDrive's own codes and the Windows codes that it passes on. Most of the family 0x8004deXX is documented
 * nowhere: such a code is named as one of the family and never leads to a remedy.
 */
import type { Entry, Sense } from './entry.ts';

const sync = 'https://learn.microsoft.com/sharepoint/troubleshoot/sync/';
const list =
  'https://support.microsoft.com/office/what-do-the-onedrive-error-codes-mean-f7a68338-e540-4ebf-ad5d-56c5633acded';

/** A code of OneDrive's family without a text of its own. */
export const oneDriveFamily: Sense = { category: 'unknown', text: 'family', source: list };

export const oneDrive: readonly Entry[] = [
  // "Trouble connecting to the cloud", mostly TLS; resetting is Microsoft's last step, and stored credentials
  // appear nowhere in it, whatever other guides say.
  {
    category: 'network',
    text: 'onedrive-connection',
    codes: '0x8004de40 0x8004de88',
    remedies: ['reset-onedrive', 'purge-credentials'],
    documented: ['reset-onedrive'],
    source: `${sync}error-0x8004de40-in-onedrive`,
    vague: true,
  },
  {
    category: 'network',
    text: 'onedrive-connection',
    codes: '0x80040c81',
    remedies: ['reset-onedrive'],
    source: list,
  },
  // What Windows' sign-in window says of any web failure it has no name for; proxies, by users' reports.
  {
    category: 'network',
    text: 'no-connection',
    codes: '0x80190001',
    source: 'https://learn.microsoft.com/uwp/api/windows.web.weberrorstatus',
    vague: true,
  },

  // Documented: unlink and relink, reinstall, the Identity key.
  {
    category: 'local',
    text: 'onedrive-identities',
    codes: '0x8004de80 0x8004de86',
    remedies: ['purge-credentials', 'reset-onedrive'],
    source: `${sync}sign-into-onedrive-error-0x8004de80-or-0x8004de86`,
  },
  // Credential Manager is named as "Part 3" of the follow-up, after the Identity key.
  {
    category: 'local',
    text: 'onedrive-identities',
    codes: '0x8004dec5',
    remedies: ['purge-credentials', 'reset-onedrive'],
    documented: ['purge-credentials'],
    source: `${sync}sign-into-onedrive-error-0x8004dec5`,
  },
  {
    category: 'local',
    text: 'onedrive-account',
    codes: '0x8004de85 0x8004de8a',
    remedies: ['reset-onedrive', 'purge-credentials'],
    documented: ['reset-onedrive'],
    source: `${sync}sign-into-onedrive-error-0x8004de85-or-0x8004de8a`,
  },
  // The file that Microsoft has deleted here (PreSignInSettingsConfig.json) is no remedy yet.
  {
    category: 'local',
    text: 'onedrive-credentials',
    codes: '0x8004de96 0x8004def0',
    remedies: ['purge-credentials', 'reset-onedrive'],
    source: list,
  },
  // Listed beside Windows' account trouble; no fix of ours is known to help, so none is offered.
  {
    category: 'local',
    text: 'onedrive-interrupted',
    codes: '0x8004deb4',
    source:
      'https://learn.microsoft.com/microsoft-365/troubleshoot/authentication/connection-issue-when-sign-in-office-2016',
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x8004def4',
    remedies: ['reset-onedrive'],
    documented: ['reset-onedrive'],
    source: `${sync}sign-into-onedrive-error-0x8004def4`,
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x8007016a',
    remedies: ['reset-onedrive'],
    documented: ['reset-onedrive'],
    source: `${sync}copy-files-error-0x8007016a`,
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x80070005',
    remedies: ['reset-onedrive'],
    documented: ['reset-onedrive'],
    source: `${sync}install-or-access-onedrive-error-0x80070005`,
    vague: true,
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x8004de90 0x80070194',
    remedies: ['reset-onedrive'],
    source: list,
  },
  { category: 'local', text: 'onedrive-outdated', codes: '0x8004ded7 0x8004def1', source: list },

  // A licence first; the identities that this PC keeps come second, as in Microsoft's order.
  {
    category: 'account',
    text: 'onedrive-access',
    codes: '0x8004deef',
    remedies: ['purge-credentials'],
    documented: ['purge-credentials'],
    source: `${sync}sign-into-onedrive-error-0x8004deef`,
  },
  {
    category: 'account',
    text: 'onedrive-access',
    codes: '0x8004e4d0',
    source: `${sync}sign-into-onedrive-error-0x8004e4d0`,
  },
  // Storage, a suspended account, or the app's own settings: the last of these is what a reset is for.
  {
    category: 'account',
    text: 'onedrive-storage',
    codes: '0x8004def7',
    remedies: ['reset-onedrive'],
    documented: ['reset-onedrive'],
    source: `${sync}sign-into-onedrive-error-0x8004def7`,
  },
  { category: 'account', text: 'onedrive-not-offered', codes: '0x8004ded2 0x8004dedc', source: list },
];
