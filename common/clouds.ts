/**
 * Microsoft's clouds as far as signing in on the web goes: exact host names, no patterns, so that a look-alike is
 * never one of them. Sources: endpoint lists of the clouds (https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges
 * and the pages for US Government and 21Vianet beside it).
 */

export const cloudNames = ['worldwide', 'us-government', 'china'] as const;
export type CloudName = (typeof cloudNames)[number];

/** Where people sign in. Apart from the rest, as the watcher needs no more. */
const signInHosts = {
  worldwide: ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'login.live.com'],
  'us-government': ['login.microsoftonline.us'],
  china: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
} as const satisfies Record<CloudName, readonly string[]>;

export interface Cloud {
  signIn: readonly string[];
  /** Microsoft 365's home, today's name and older ones; the first is where a new sign-in begins. */
  homes: readonly string[];
  /** Where the sign-in pages' scripts and styles come from. */
  cdn: readonly string[];
  /**
   * Pages that sign out everywhere, in their order. Worldwide as in
   * https://learn.microsoft.com/troubleshoot/microsoft-365/admin/sign-in/cannot-sign-out-cloud-service; elsewhere the end of a
   * session, https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request
   */
  signOut: readonly string[];
  /** Domains above the sign-in hosts that serve nothing but signing in: their cookies belong to the session, too. */
  signInDomains: readonly string[];
}

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  worldwide: {
    signIn: signInHosts.worldwide,
    homes: [
      'www.office.com',
      'office.com',
      'www.microsoft365.com',
      'microsoft365.com',
      'm365.cloud.microsoft',
    ],
    cdn: ['aadcdn.msauth.net', 'aadcdn.msftauth.net', 'logincdn.msauth.net', 'logincdn.msftauth.net'],
    signOut: ['https://login.microsoftonline.com/logout.srf', 'https://login.live.com/logout.srf'],
    signInDomains: ['microsoftonline.com'],
  },
  'us-government': {
    signIn: signInHosts['us-government'],
    homes: ['www.office365.us', 'portal.office365.us'],
    cdn: ['aadcdn.msauth.net', 'aadcdn.msftauth.net'],
    signOut: ['https://login.microsoftonline.us/common/oauth2/v2.0/logout'],
    signInDomains: ['microsoftonline.us'],
  },
  china: {
    signIn: signInHosts.china,
    homes: ['portal.partner.microsoftonline.cn'],
    cdn: ['aadcdn.msauth.cn', 'aadcdn.msftauth.cn'],
    signOut: ['https://login.partner.microsoftonline.cn/common/oauth2/v2.0/logout'],
    signInDomains: ['partner.microsoftonline.cn'],
  },
};

/** Whether people sign in to Microsoft 365 at this host. */
export function isSignInHost(host: string): boolean {
  return Object.values<readonly string[]>(signInHosts).some((hosts) => hosts.includes(host));
}

/** Whether this host is Microsoft 365's home in one of the clouds. */
export function isHomeHost(host: string): boolean {
  return Object.values(clouds).some(({ homes }) => homes.includes(host));
}

/** The cloud that a sign-in or home host belongs to; worldwide for any other. */
export function cloudOf(host: string): Cloud {
  return clouds[cloudNameOf(host)];
}

export function cloudNameOf(host: string): CloudName {
  const isOf = ({ signIn, homes }: Cloud) => signIn.includes(host) || homes.includes(host);
  return cloudNames.find((name) => isOf(clouds[name])) ?? 'worldwide';
}
