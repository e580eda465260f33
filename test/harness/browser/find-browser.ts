/** Where a browser is installed, on Debian, Windows and macOS. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { findProgram } from '../system-packages.ts';

function windowsPlaces(parts: readonly string[][]): string[] {
  const roots = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA];
  return roots.flatMap((root) => (root ? parts.map((part) => join(root, ...part)) : []));
}

function places(family: BrowserFamily): string[] {
  const chromium = family === 'chromium';
  if (process.platform === 'win32') {
    return chromium
      ? windowsPlaces([
          ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
          ['Google', 'Chrome', 'Application', 'chrome.exe'],
          ['Chromium', 'Application', 'chrome.exe'],
        ])
      : windowsPlaces([['Mozilla Firefox', 'firefox.exe']]);
  }
  if (process.platform === 'darwin') {
    const apps = chromium ? ['Microsoft Edge', 'Google Chrome', 'Chromium'] : ['Firefox'];
    return apps.map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app === 'Firefox' ? 'firefox' : app}`,
    );
  }
  const names = chromium ? ['chromium', 'google-chrome', 'microsoft-edge'] : ['firefox-esr', 'firefox'];
  return names.flatMap((name) => findProgram(name) ?? []);
}

/** The first browser of the family that is installed; fails with where it was looked for. */
export function findBrowser(family: BrowserFamily): string {
  const candidates = places(family);
  const found = candidates.find((path) => existsSync(path));
  if (!found)
    throw new Error(
      `No ${family} browser was found. Looked for: ${candidates.join(', ') || 'none known here'}`,
    );
  return found;
}
