/** The browser that this person's Windows opens web pages with. */
import { win32 } from 'node:path';
import type { Hive, Machine } from '../machine/machine.ts';
import { type BrowserFamily, browserOf } from '../registration/browsers.ts';

export interface DefaultBrowser {
  /** Its full path. */
  exe: string;
  family: BrowserFamily;
}

const CHOICE = 'Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\https\\UserChoice';

/** The halves of HKEY_CLASSES_ROOT; the person's own comes first. https://learn.microsoft.com/windows/win32/sysinfo/hkey-classes-root-key */
const classes: readonly [Hive, string][] = [
  ['HKCU', 'Software\\Classes'],
  ['HKLM', 'SOFTWARE\\Classes'],
];

/**
 * Undefined where none is chosen, or one that the extension is not for. What else its command line holds is not taken
 * over. Fails as the registry does.
 */
export async function defaultBrowser(machine: Machine): Promise<DefaultBrowser | undefined> {
  const chosen = await text(machine, 'HKCU', CHOICE, 'ProgId');
  if (!/^[\w.-]{1,200}$/.test(chosen)) return undefined;
  for (const [hive, key] of classes) {
    const exe = programOf(await text(machine, hive, `${key}\\${chosen}\\shell\\open\\command`, ''));
    const family = exe === undefined ? undefined : browserOf(win32.basename(exe))?.family;
    if (exe !== undefined && family !== undefined) return { exe, family };
  }
  return undefined;
}

async function text({ registry }: Machine, hive: Hive, key: string, name: string): Promise<string> {
  const value = await registry.read(hive, key, name);
  return value?.type === 'REG_SZ' || value?.type === 'REG_EXPAND_SZ' ? value.value : '';
}

/** The program of a command line: in quotes, or up to the first `.exe`. Its full path, on a drive of this PC. */
function programOf(line: string): string | undefined {
  const found = /^\s*(?:"([^"]+)"|(.+?\.exe)(?:\s|$))/i.exec(line);
  const exe = found?.[1] ?? found?.[2];
  return exe !== undefined && /^[a-z]:\\[^%"]+$/i.test(exe) && win32.extname(exe).toLowerCase() === '.exe'
    ? exe
    : undefined;
}
