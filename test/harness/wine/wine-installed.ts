/** What is installed in a Windows in Wine: files and registry, seen as a whole, and the host as browsers find it. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HOST_NAME } from '../../../common/identity.ts';
import type { Wine } from './wine.ts';

/** Everything on drive C but what Windows keeps for itself; links, which lead out of it, are not followed. */
export async function filesOf({ prefix }: Wine): Promise<string[]> {
  const found: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(prefix, 'drive_c', below), { withFileTypes: true })) {
      const path = join(below, entry.name);
      if (/^windows\/(?:temp|Installer)\b/i.test(path) || /\.npm\b|\/Temp\//.test(path)) continue;
      found.push(path);
      if (entry.isDirectory()) await walk(path);
    }
  };
  await walk('');
  return found.sort();
}

/** What Windows Installer, and Wine itself, keep: not ours to remove. */
const notOurs = /\\(?:Installer|UserAssist|Internet Settings|Session Manager|Explorer|Wine)(?:\\|$)/i;

/** Every value below `Software` of both hives, and of the event log: `key|name` → text, as a .reg file writes it. */
export async function registryOf(wine: Wine): Promise<Map<string, string>> {
  const roots = ['HKCU\\Software', 'HKLM\\Software', 'HKLM\\System\\CurrentControlSet\\Services\\EventLog'];
  const found = new Map<string, string>();
  for (const root of roots) {
    let key = '';
    for (const line of (await exported(wine, root)).split('\n')) {
      if (line.startsWith('[')) key = line.slice(1, -1);
      const [, name = '', text = ''] = /^(@|".*?(?<!\\)")=(.*)$/.exec(line) ?? [];
      if (!notOurs.test(key) && line) found.set(`${key}|${name.replaceAll('"', '')}`, text);
    }
  }
  return found;
}

/** A key and all below it as a .reg file, each value in one line; empty where it is not there. */
async function exported(wine: Wine, key: string): Promise<string> {
  const file = join(wine.folder, 'key.reg');
  await rm(file, { force: true });
  const { code } = await wine.run('reg', ['export', key, wine.windowsPath(file), '/y']);
  const text = code === 0 ? await readFile(file, 'utf16le') : '';
  return text.replaceAll('\r', '').replaceAll(/\\\n\s*/g, '');
}

/** What is in the one and not in the other, and what is in both and differs. */
export function changes(before: Map<string, string>, after: Map<string, string>): Record<string, string> {
  const keys = new Set([...before.keys(), ...after.keys()]);
  const changed = [...keys].filter((key) => before.get(key) !== after.get(key));
  return Object.fromEntries(changed.sort().map((key) => [key, after.get(key) ?? 'gone']));
}

/** A key's default value, whatever letters it has; empty where there is none. One at a time. */
export async function defaultValue(wine: Wine, key: string): Promise<string> {
  const text = /^@="(.*)"$/m.exec(await exported(wine, key))?.[1] ?? '';
  return text.replaceAll(/\\(.)/g, '$1');
}

/** Where a browser finds the manifest. */
export const hostKey = (hive: 'HKCU' | 'HKLM', vendor: string) =>
  `${hive}\\Software\\${vendor}\\NativeMessagingHosts\\${HOST_NAME}`;

/** Windows' path of something on drive C, as Linux knows it. */
export const onDrive = ({ prefix }: Wine, path: string) =>
  join(prefix, 'drive_c', ...path.replace(/^C:\\/i, '').split('\\'));
