/**
 * Where browsers look on Windows: the default value of a key for each vendor. The person's own keys come first, then
 * the PC's, of which the 32-bit view before the 64-bit one; HKCU is the same in both
 * (https://learn.microsoft.com/microsoft-edge/extensions/developer-guide/native-messaging,
 * https://learn.microsoft.com/windows/win32/winprog64/shared-registry-keys). The first path that is found counts.
 */
import { HOST_NAME } from '../../common/identity.ts';
import type { Hive, Registry } from '../machine/machine.ts';
import type { BrowserRow } from './browsers.ts';
import type { Holding, Place } from './places.ts';

const HOSTS = 'NativeMessagingHosts';

/** The key that a vendor's browsers read, below HKCU and HKLM. */
export const keyOf = (vendor: string, software = 'Software') =>
  `${software}\\${vendor}\\${HOSTS}\\${HOST_NAME}`;

/** Of the PC, in their order: the 32-bit view, and the 64-bit one. */
export const machineViews = ['Software\\WOW6432Node', 'Software'] as const;

/** All places of a browser, in its order. */
export async function registryPlaces(registry: Registry, browser: BrowserRow): Promise<Place[]> {
  const vendors = [browser.vendor, ...browser.alsoReads];
  const views: readonly (readonly [Hive, string])[] = [
    ['HKCU', 'Software'],
    ...machineViews.map((software) => ['HKLM', software] as const),
  ];
  const keys = views.flatMap(([hive, software]) =>
    vendors.map((vendor, index) => ({ hive, key: keyOf(vendor, software), own: index === 0 })),
  );
  return Promise.all(keys.map(({ hive, key, own }) => placeAt(registry, hive, key, own)));
}

/** One key. What may not be read is nothing to the browser, too. */
export async function placeAt(registry: Registry, hive: Hive, key: string, own = true): Promise<Place> {
  const level = hive === 'HKCU' ? 'user' : 'machine';
  const holds = await held(registry, hive, key).catch((): Holding => ({ is: 'nothing' }));
  return { where: `${hive}\\${key}`, level, own, holds };
}

async function held(registry: Registry, hive: Hive, key: string): Promise<Holding> {
  const value = await registry.read(hive, key, '');
  if (value?.type === 'REG_SZ' && value.value) return { is: 'manifest', file: value.value };
  if (value?.type === 'REG_EXPAND_SZ' && value.value) return { is: 'manifest', file: expanded(value.value) };
  if (value) return { is: 'no-value' };
  const parent = key.slice(0, key.lastIndexOf('\\'));
  const isThere = (await registry.keys(hive, parent)).some((name) => name.toLowerCase() === HOST_NAME);
  if (!isThere) return { is: 'nothing' };
  return { is: (await hasNamed(registry, hive, key)) ? 'named-value' : 'no-value' };
}

/** What people write where the default value is meant; HKLM gives no list of a key's values. */
const mistaken = ['(Default)', 'Default', '(Standard)', '@', 'path', HOST_NAME];

async function hasNamed(registry: Registry, hive: Hive, key: string): Promise<boolean> {
  if (hive === 'HKCU') return ((await registry.copyKey(key))?.values ?? []).length > 0;
  const found = await Promise.all(mistaken.map((name) => registry.read(hive, key, name)));
  return found.some((value) => value !== undefined);
}

/** `%NAME%` by the environment, whose names Windows finds in any letter case. */
function expanded(text: string): string {
  return text.replace(/%([^%]+)%/g, (whole, name: string) => {
    const known = Object.keys(process.env).find((each) => each.toLowerCase() === name.toLowerCase());
    return (known && process.env[known]) ?? whole;
  });
}

const APP_PATHS = 'Software\\Microsoft\\Windows\\CurrentVersion\\App Paths';
/** https://learn.microsoft.com/windows/win32/shell/start-menu-reg */
const START_MENU = 'Software\\Clients\\StartMenuInternet';

/** The browsers that say in the registry that they are here, by name in lower case. */
export async function listedBrowsers(registry: Registry): Promise<(browser: BrowserRow) => boolean> {
  const lists = [START_MENU, APP_PATHS].flatMap((key) =>
    (['HKCU', 'HKLM'] as const).map((hive) => registry.keys(hive, key).catch(() => [])),
  );
  const names = (await Promise.all(lists)).flat().map((name) => name.toLowerCase());
  return ({ name, program }) =>
    names.some((each) => each === program || (each.startsWith(name.toLowerCase()) && !each.endsWith('.exe')));
}
