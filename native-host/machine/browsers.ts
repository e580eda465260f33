/** The browsers that the extension is for, by their programs' names. */
import { win32 } from 'node:path';

export type BrowserFamily = 'chromium' | 'firefox';

const families: ReadonlyMap<string, BrowserFamily> = new Map([
  ['chrome.exe', 'chromium'],
  ['msedge.exe', 'chromium'],
  ['brave.exe', 'chromium'],
  ['vivaldi.exe', 'chromium'],
  ['chromium.exe', 'chromium'],
  ['firefox.exe', 'firefox'],
]);

/** Undefined for any other program. */
export function browserFamily(exe: string): BrowserFamily | undefined {
  return families.get(win32.basename(exe).toLowerCase());
}
