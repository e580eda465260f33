/**
 * Registers the host on Linux and macOS, for development and for the simulated PC: a file in a folder of each browser.
 * Nothing is written for a browser that is not there, and nothing of somebody else's is written over.
 */
import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BrowserRow, browsers } from './browsers.ts';
import { isForeign } from './judge-manifest.ts';
import { hostManifest, MANIFEST_FILE } from './manifest.ts';
import { type Change, type Outcome, type OutcomeIs, settled } from './outcome.ts';
import { NO_POLICY, type Place, type Standing } from './places.ts';
import { readSmall, writeWhole } from './whole-file.ts';

export type Platform = 'linux' | 'darwin';

/** Folders below the home folder that a packed browser makes. https://docs.flatpak.org/en/latest/sandbox-permissions.html */
const packed: Readonly<Record<string, readonly string[]>> = {
  chrome: ['.var/app/com.google.Chrome'],
  edge: ['.var/app/com.microsoft.Edge'],
  chromium: ['.var/app/org.chromium.Chromium', 'snap/chromium'],
  brave: ['.var/app/com.brave.Browser', 'snap/brave'],
  vivaldi: ['.var/app/com.vivaldi.Vivaldi', 'snap/vivaldi'],
  firefox: ['.var/app/org.mozilla.firefox', 'snap/firefox'],
};

/** Registers a program, by its absolute path, with every browser below a home folder. */
export function registerBelow(
  home: string,
  platform: Platform,
  program: string,
  change: Change = {},
): Promise<Outcome[]> {
  return forEach(home, platform, change, async ({ family }, file) => {
    if ((await leadsTo(file)) === 'elsewhere') return 'foreign';
    if (change.dryRun) return 'registered';
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, hostManifest(family, program));
    return 'registered';
  });
}

/** Takes back what `registerBelow` wrote, and no more. */
export function unregisterBelow(home: string, platform: Platform, change: Change = {}): Promise<Outcome[]> {
  return forEach(home, platform, change, async (_, file) => {
    const there = await leadsTo(file);
    if (there === 'elsewhere') return 'foreign';
    if (there === 'nowhere') return 'not-here';
    if (change.dryRun) return 'removed';
    await rm(file);
    // Where others have a file there, the folder stays.
    await rmdir(dirname(file)).catch(() => undefined);
    return 'removed';
  });
}

/** How a browser stands that looks for a file below this home folder. */
export async function standingBelow(
  home: string,
  platform: Platform,
  browser: BrowserRow,
): Promise<Standing> {
  const file = fileOf(home, platform, browser);
  const place: Place = { where: file, level: 'user', own: true, holds: { is: 'nothing' } };
  if (await isThere(file)) place.holds = { is: 'manifest', file };
  return { browser, here: await presence(home, platform, browser), policy: NO_POLICY, places: [place] };
}

const fileOf = (home: string, platform: Platform, browser: BrowserRow) =>
  join(home, platform === 'linux' ? browser.linux : browser.mac, MANIFEST_FILE);

async function presence(home: string, platform: Platform, browser: BrowserRow): Promise<Standing['here']> {
  // Its folder is that above the one for hosts.
  if (await isThere(dirname(dirname(fileOf(home, platform, browser))))) return 'yes';
  const boxes = platform === 'linux' ? (packed[browser.id] ?? []) : [];
  const found = await Promise.all(boxes.map((each) => isThere(join(home, each))));
  return found.includes(true) ? 'packed' : 'no';
}

async function forEach(
  home: string,
  platform: Platform,
  { only }: Change,
  act: (browser: BrowserRow, file: string) => Promise<OutcomeIs>,
): Promise<Outcome[]> {
  const done: Outcome[] = [];
  for (const browser of browsers) {
    if (only && !only.includes(browser.id)) continue;
    const place = fileOf(home, platform, browser);
    const here = await presence(home, platform, browser);
    const outcome = here === 'yes' ? act(browser, place) : here === 'packed' ? 'packed' : 'not-here';
    done.push(await settled(browser, place, outcome));
  }
  return done;
}

/** Whether a manifest is there, and whose: half of one is nobody's, and no browser's either. */
async function leadsTo(file: string): Promise<'us' | 'elsewhere' | 'nowhere'> {
  const there = await readSmall(file);
  if (there.is === 'missing') return 'nowhere';
  if (there.is === 'refused') throw new Error(there.detail);
  return isForeign(there.text) ? 'elsewhere' : 'us';
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
