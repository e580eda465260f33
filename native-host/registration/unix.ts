/**
 * Registers the host on Linux and macOS, for development and for the simulated PC: a file in a folder of each browser.
 * Nothing is written for a browser that is not there, and nothing of somebody else's is written over.
 */
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BrowserRow, browsers } from './browsers.ts';
import { judgeManifest } from './judge-manifest.ts';
import { hostManifest, MANIFEST_FILE } from './manifest.ts';

export type Platform = 'linux' | 'darwin';

/** What became of a browser's registration. */
export interface Outcome {
  browser: BrowserRow['id'];
  is:
    | 'registered'
    /** Taken back. */
    | 'removed'
    /** The browser has no folder here. */
    | 'not-here'
    /** Packed by Flatpak or Snap, out of which no program can be started. */
    | 'packed'
    /** A file of our name leads to another program: left alone. */
    | 'foreign'
    /** The folder cannot be written. */
    | 'refused';
  file: string;
}

/** Folders below the home folder that a packed browser makes. https://docs.flatpak.org/en/latest/sandbox-permissions.html */
const packed: Readonly<Record<string, readonly string[]>> = {
  chrome: ['.var/app/com.google.Chrome'],
  edge: ['.var/app/com.microsoft.Edge'],
  chromium: ['.var/app/org.chromium.Chromium', 'snap/chromium'],
  brave: ['.var/app/com.brave.Browser', 'snap/brave'],
  vivaldi: ['.var/app/com.vivaldi.Vivaldi', 'snap/vivaldi'],
  firefox: ['.var/app/org.mozilla.firefox', 'snap/firefox'],
};

/** The program that browsers start, with what it is to be told; it lies with the host's other files. */
export async function writeStarter(folder: string, command: readonly string[]): Promise<string> {
  const path = join(folder, 'signin-rescue-host');
  const word = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  await mkdir(folder, { recursive: true });
  await replace(path, `#!/bin/sh\nexec ${command.map(word).join(' ')} "$@"\n`, 0o755);
  return path;
}

/** Registers a program, by its absolute path, with every browser below a home folder. */
export function registerBelow(home: string, platform: Platform, program: string): Promise<Outcome[]> {
  return forEach(home, platform, async ({ family }, file) => {
    if ((await leadsTo(file, family)) === 'elsewhere') return 'foreign';
    await mkdir(dirname(file), { recursive: true });
    await replace(file, hostManifest(family, program), 0o644);
    return 'registered';
  });
}

/** Takes back what `registerBelow` wrote, and no more. */
export function unregisterBelow(home: string, platform: Platform): Promise<Outcome[]> {
  return forEach(home, platform, async ({ family }, file) => {
    const there = await leadsTo(file, family);
    if (there === 'elsewhere') return 'foreign';
    if (there === 'nowhere') return 'not-here';
    await rm(file);
    return 'removed';
  });
}

async function forEach(
  home: string,
  platform: Platform,
  act: (browser: BrowserRow, file: string) => Promise<Outcome['is']>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const browser of browsers) {
    const file = join(home, platform === 'linux' ? browser.linux : browser.mac, MANIFEST_FILE);
    const outcome = async (): Promise<Outcome['is']> => {
      // Its folder is that above the one for hosts.
      if (await isThere(dirname(dirname(file)))) return act(browser, file);
      const boxes = platform === 'linux' ? (packed[browser.id] ?? []) : [];
      const found = await Promise.all(boxes.map((each) => isThere(join(home, each))));
      return found.includes(true) ? 'packed' : 'not-here';
    };
    // One browser that fails must not stop the others.
    outcomes.push({ browser: browser.id, is: await outcome().catch(() => 'refused' as const), file });
  }
  return outcomes;
}

/** Whether a manifest is there, and one that we wrote: ours names our extension and our starter. */
async function leadsTo(file: string, family: BrowserRow['family']): Promise<'us' | 'elsewhere' | 'nowhere'> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return 'nowhere';
  const judged = judgeManifest(text, family);
  return 'path' in judged ? 'us' : 'elsewhere';
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Whole or not at all: a browser may read it at any moment. */
async function replace(path: string, text: string, mode: number): Promise<void> {
  const half = `${path}.${process.pid}`;
  try {
    await writeFile(half, text, { mode });
    await chmod(half, mode);
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
