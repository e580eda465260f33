/** What the manifest asks for, in groups that people understand. A test holds them to the manifest. */
import { clouds } from '../../common/clouds.ts';

/** Given with the installation, each with what its words stand under. */
export const givenRights = [
  { right: 'webRequest', words: 'web-request' },
  { right: 'scripting', words: 'scripting' },
  { right: 'notifications', words: 'notifications' },
  { right: 'nativeMessaging', words: 'native-messaging' },
  { right: 'contextMenus', words: 'context-menus' },
  { right: 'idle', words: 'idle' },
  { right: 'storage', words: 'storage' },
] as const;

/** Asked for when a repair needs them, always together. */
export const sessionRights = ['cookies', 'browsingData'] as const;

export interface HostGroup {
  id: 'sign-in' | 'homes' | 'cdn';
  hosts: readonly string[];
}

const each = (pick: (cloud: (typeof clouds)[keyof typeof clouds]) => readonly string[]) => [
  ...new Set(Object.values(clouds).flatMap(pick)),
];

/** Every host that the extension may see, by what for. */
export const hostGroups: readonly HostGroup[] = [
  { id: 'sign-in', hosts: each(({ signIn, signInDomains }) => [...signIn, ...signInDomains]) },
  { id: 'homes', hosts: each(({ homes }) => homes) },
  { id: 'cdn', hosts: each(({ cdn }) => cdn) },
];

/** All of them, as browsers write it. */
export const origins: readonly string[] = hostGroups.flatMap(({ hosts }) =>
  hosts.map((host) => `https://${host}/*`),
);
