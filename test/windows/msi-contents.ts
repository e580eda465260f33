/** What an MSI of ours adds to a Windows: the whole of it, so that anything else is seen. */
import { win32 } from 'node:path';
import type { Scope } from '../../installer/package/wix.ts';
import { browsers } from '../../native-host/registration/browsers.ts';

/** Files and folders, sorted. */
export const filesBelow = (folder: string, version: string): string[] =>
  [
    folder,
    ...[version, 'signin-rescue.cmd'].map((name) => `${folder}/${name}`),
    ...[
      ...['LICENSE.txt', 'chromium.json', 'firefox.json', 'signin-rescue.exe'],
      ...['koffi', 'koffi/win32_x64', 'koffi/win32_x64/koffi.node'],
    ].map((name) => `${folder}/${version}/${name}`),
  ].sort();

/** What has a value, and is neither Windows' own list of what is installed nor its second view of a key. */
export const settings = (changed: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(changed).filter(
      ([key]) => !key.endsWith('|') && !/\\(?:Uninstall|Wow6432Node)\\/.test(key),
    ),
  );

/** Every value that the MSI is to write, as a .reg file does. */
export function valuesOf(scope: Scope, version: string, exe: string): Record<string, string> {
  const root = scope === 'user' ? 'HKEY_CURRENT_USER' : 'HKEY_LOCAL_MACHINE';
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  const ours = (key: string, text: string) => [`${root}\\Software\\${key}`, quoted(text)] as const;
  const folder = win32.dirname(exe);
  const events =
    'HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Services\\EventLog\\Application\\Signin Rescue';
  return Object.fromEntries([
    ...browsers.map(({ vendor, family }) =>
      ours(`${vendor}\\NativeMessagingHosts\\com.signin_rescue.host|@`, win32.join(folder, `${family}.json`)),
    ),
    ours('Signin Rescue|Location', `${win32.dirname(folder)}\\`),
    ours('Signin Rescue|Version', version),
    [`${root}\\Software\\Signin Rescue|StartMenu`, 'dword:00000001'],
    ours('Microsoft\\Windows\\CurrentVersion\\App Paths\\signin-rescue.exe|@', exe),
    ours('Classes\\signin-rescue|@', 'URL:Signin Rescue'),
    ours('Classes\\signin-rescue|URL Protocol', ''),
    ours('Classes\\signin-rescue\\DefaultIcon|@', `${exe},0`),
    ours('Classes\\signin-rescue\\shell\\open\\command|@', `"${exe}" open -- "%1"`),
    ...(scope === 'machine'
      ? [
          [`${events}|EventMessageFile`, quoted('C:\\windows\\System32\\EventCreate.exe')],
          [`${events}|TypesSupported`, 'dword:00000007'],
        ]
      : []),
  ]);
}

/** Where a scope's things are; `user` is the person's name. */
export const placeOf = (scope: Scope, user: string) =>
  scope === 'user'
    ? ({
        hive: 'HKCU',
        environment: 'HKCU\\Environment',
        folder: `users/${user}/AppData/Local/Programs/Signin Rescue`,
      } as const)
    : ({
        hive: 'HKLM',
        environment: 'HKLM\\System\\CurrentControlSet\\Control\\Session Manager\\Environment',
        folder: 'Program Files/Signin Rescue',
      } as const);
