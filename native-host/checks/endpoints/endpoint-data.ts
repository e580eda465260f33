/**
 * Microsoft's endpoint list as it ships, cut down to what signing in and OneDrive for work or school need; ids,
 * categories and hosts as in https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges and
 * the pages of the other clouds beside it. `version` is the list's own: year, month, day and a number of that day.
 */
import type { CloudName } from '../../../common/clouds.ts';
import type { EndpointList } from './endpoint-list.ts';

const sharePoint = { serviceArea: 'SharePoint', required: true } as const;
const common = { serviceArea: 'Common', required: true } as const;
const both = '80,443';

export const shippedEndpoints: Readonly<Record<CloudName, EndpointList>> = {
  worldwide: {
    version: '2023073100',
    records: [
      {
        ...common,
        id: 56,
        urls: [
          'login.microsoftonline.com',
          'login.microsoft.com',
          'login.windows.net',
          'autologon.microsoftazuread-sso.com',
          'graph.microsoft.com',
        ],
        tcpPorts: both,
        category: 'Allow',
      },
      { ...common, id: 97, urls: ['login.live.com'], tcpPorts: '443', category: 'Default', required: false },
      { ...common, id: 59, urls: ['*.msftauth.net', '*.msauth.net'], tcpPorts: both, category: 'Default' },
      { ...common, id: 147, urls: ['*.office.com'], tcpPorts: both, category: 'Default' },
      {
        ...sharePoint,
        id: 36,
        urls: ['g.live.com', 'oneclient.sfx.ms'],
        tcpPorts: both,
        category: 'Default',
      },
      {
        ...sharePoint,
        id: 35,
        urls: ['admin.onedrive.com', 'officeclient.microsoft.com'],
        tcpPorts: both,
        category: 'Default',
      },
      { ...sharePoint, id: 31, urls: ['*.sharepoint.com'], tcpPorts: both, category: 'Optimize' },
    ],
  },
  // GCC High; the list of the Department of Defense is another.
  'us-government': {
    version: '2023030100',
    records: [
      {
        ...common,
        id: 13,
        urls: ['login.microsoftonline.us', 'graph.microsoft.us'],
        tcpPorts: '443',
        category: 'Allow',
      },
      {
        ...common,
        id: 14,
        urls: ['login.microsoftonline.com', '*.msftauth.net', '*.msauth.net'],
        tcpPorts: '443',
        category: 'Default',
      },
      {
        ...common,
        id: 16,
        urls: ['www.office365.us', 'portal.office365.us'],
        tcpPorts: both,
        category: 'Allow',
      },
      { ...common, id: 19, urls: ['officeclient.microsoft.com'], tcpPorts: both, category: 'Default' },
      {
        ...sharePoint,
        id: 10,
        urls: ['admin.onedrive.us', 'g.live.com', 'oneclient.sfx.ms'],
        tcpPorts: both,
        category: 'Default',
      },
      { ...sharePoint, id: 9, urls: ['*.sharepoint.us'], tcpPorts: both, category: 'Optimize' },
    ],
  },
  china: {
    version: '2021032900',
    records: [
      { ...common, id: 17, urls: ['login.partner.microsoftonline.cn'], tcpPorts: '443', category: 'Allow' },
      { ...common, id: 13, urls: ['*.msftauth.cn', '*.msauth.cn'], tcpPorts: both, category: 'Default' },
      { ...common, id: 10, urls: ['*.partner.microsoftonline.cn'], tcpPorts: both, category: 'Allow' },
      { ...sharePoint, id: 4, urls: ['*.sharepoint.cn'], tcpPorts: both, category: 'Allow' },
    ],
  },
};

/** Hosts that are known to be behind the lists' wildcards. Of other wildcards nothing can be looked at. */
export const knownHosts: Readonly<Record<CloudName, readonly string[]>> = {
  worldwide: ['aadcdn.msftauth.net', 'aadcdn.msauth.net', 'www.office.com'],
  'us-government': ['aadcdn.msftauth.net', 'aadcdn.msauth.net'],
  china: ['aadcdn.msftauth.cn', 'aadcdn.msauth.cn', 'portal.partner.microsoftonline.cn'],
};

/** Not in Microsoft's list: people are told to try it, so its finding is shown; nothing for work hangs on it. */
export const furtherHosts: Readonly<Record<CloudName, readonly string[]>> = {
  worldwide: ['onedrive.live.com'],
  'us-government': [],
  china: [],
};

/** What the service calls the clouds. https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-ip-web-service */
export const serviceInstances: Readonly<Record<CloudName, string>> = {
  worldwide: 'Worldwide',
  'us-government': 'USGovGCCHigh',
  china: 'China',
};
