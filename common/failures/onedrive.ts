/**
 * OneDrive's own codes and the Windows codes that it passes on. Most of the family 0x8004deXX is documented
 * nowhere: such a code is named as one of the family and never leads to a remedy.
 */
import type { Entry, Sense } from './entry.ts';
import { helped } from './helps.ts';

const sync = 'https://learn.microsoft.com/sharepoint/troubleshoot/sync/';
const list =
  'https://support.microsoft.com/office/what-do-the-onedrive-error-codes-mean-f7a68338-e540-4ebf-ad5d-56c5633acded';

/** A code of OneDrive's family without a text of its own. */
export const oneDriveFamily: Sense = { category: 'unknown', text: 'family', source: list };

export const oneDrive: readonly Entry[] = [
  // "Trouble connecting to the cloud", mostly TLS; resetting is Microsoft's last step. Stored credentials, the
  // proxy and linking anew appear nowhere in it, whatever other guides say.
  {
    category: 'network',
    text: 'onedrive-connection',
    codes: '0x8004de40 0x8004de88',
    remedies: [
      'check-tls',
      'check-ciphers',
      'rejoin-device',
      'reset-onedrive',
      'check-proxy',
      'purge-credentials',
      'relink-onedrive',
    ],
    documented: ['check-tls', 'check-ciphers', 'rejoin-device', 'reset-onedrive'],
    source: `${sync}error-0x8004de40-in-onedrive`,
    vague: true,
  },
  {
    category: 'network',
    text: 'onedrive-connection',
    codes: '0x80040c81',
    remedies: ['check-proxy', 'reset-onedrive'],
    source: list,
  },
  // What Windows' sign-in window says of any web failure it has no name for; proxies, by users' reports.
  {
    ...helped('network', 'no-connection'),
    codes: '0x80190001',
    source: 'https://learn.microsoft.com/uwp/api/windows.web.weberrorstatus',
    vague: true,
  },

  {
    category: 'local',
    text: 'onedrive-identities',
    codes: '0x8004de80 0x8004de86',
    remedies: [
      'relink-onedrive',
      'reinstall-onedrive',
      'clear-identity-cache',
      'purge-credentials',
      'reset-onedrive',
    ],
    identity: ['identity-key'],
    documented: ['relink-onedrive', 'reinstall-onedrive', 'clear-identity-cache'],
    source: `${sync}sign-into-onedrive-error-0x8004de80-or-0x8004de86`,
  },
  // The Identity key, Credential Manager as "Part 3" of the follow-up, then OneAuth and IdentityCache.
  {
    category: 'local',
    text: 'onedrive-identities',
    codes: '0x8004dec5',
    remedies: ['clear-identity-cache', 'purge-credentials', 'reset-onedrive'],
    identity: ['identity-key', 'oneauth'],
    documented: ['clear-identity-cache', 'purge-credentials'],
    source: `${sync}sign-into-onedrive-error-0x8004dec5`,
  },
  {
    category: 'local',
    text: 'onedrive-account',
    codes: '0x8004de85 0x8004de8a',
    remedies: ['reset-onedrive', 'purge-credentials', 'relink-onedrive'],
    documented: ['reset-onedrive'],
    source: `${sync}sign-into-onedrive-error-0x8004de85-or-0x8004de8a`,
  },
  // That PreSignInSettingsConfig.json is to be deleted here is told by others, on no page of Microsoft's.
  {
    category: 'local',
    text: 'onedrive-credentials',
    codes: '0x8004de96 0x8004def0',
    remedies: ['clear-identity-cache', 'purge-credentials', 'reset-onedrive'],
    identity: ['pre-sign-in'],
    source: list,
  },
  // Listed beside Windows' account trouble, and seen where OneDrive signs in silently. There Microsoft has the mark
  // of a failure deleted (https://learn.microsoft.com/sharepoint/use-silent-account-configuration), though not for
  // this very code.
  {
    category: 'local',
    text: 'onedrive-interrupted',
    codes: '0x8004deb4',
    remedies: ['restart-onedrive', 'clear-identity-cache'],
    identity: ['unrecoverable-mark'],
    source:
      'https://learn.microsoft.com/microsoft-365/troubleshoot/authentication/connection-issue-when-sign-in-office-2016',
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x8004def4',
    remedies: ['restart-onedrive', 'reset-onedrive', 'reinstall-onedrive'],
    documented: ['reset-onedrive', 'reinstall-onedrive'],
    source: `${sync}sign-into-onedrive-error-0x8004def4`,
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x8007016a',
    remedies: ['restart-onedrive', 'reset-onedrive', 'reinstall-onedrive'],
    documented: ['reset-onedrive'],
    source: `${sync}copy-files-error-0x8007016a`,
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x80070005',
    remedies: ['reset-onedrive', 'reinstall-onedrive'],
    documented: ['reset-onedrive', 'reinstall-onedrive'],
    source: `${sync}install-or-access-onedrive-error-0x80070005`,
    vague: true,
  },
  {
    category: 'local',
    text: 'onedrive-trouble',
    codes: '0x8004de90 0x80070194',
    remedies: ['restart-onedrive', 'reset-onedrive'],
    source: list,
  },
  {
    category: 'local',
    text: 'onedrive-outdated',
    codes: '0x8004ded7 0x8004def1',
    remedies: ['reinstall-onedrive'],
    source: list,
  },

  // A licence first; what Microsoft has cleared on the PC comes after an administrator has seen to that.
  {
    category: 'account',
    text: 'onedrive-access',
    codes: '0x8004deef',
    source: `${sync}sign-into-onedrive-error-0x8004deef`,
  },
  {
    category: 'account',
    text: 'onedrive-access',
    codes: '0x8004e4d0',
    source: `${sync}sign-into-onedrive-error-0x8004e4d0`,
  },
  // Storage, a suspended account, or only in the last place the app's own settings.
  {
    category: 'account',
    text: 'onedrive-storage',
    codes: '0x8004def7',
    source: `${sync}sign-into-onedrive-error-0x8004def7`,
  },
  { category: 'account', text: 'onedrive-not-offered', codes: '0x8004ded2 0x8004dedc', source: list },
];
