/**
 * Registers the host with the browsers of Windows, for this person: a value in HKCU for each, which needs no rights.
 * What leads to somebody else's manifest is left alone; what leads nowhere, or is half-written, is mended.
 */
import type { Registry } from '../machine/machine.ts';
import { VERSION } from '../version.ts';
import { type BrowserRow, browsers } from './browsers.ts';
import { isForeign, judgeManifest } from './judge-manifest.ts';
import { type Change, type Outcome, type OutcomeIs, settled } from './outcome.ts';
import { isBelow, type Manifests, ownFolder } from './own-program.ts';
import { type Answer, ping } from './ping.ts';
import { judgeProgram, programPath } from './program.ts';
import { keyOf, machineViews, placeAt } from './registry-places.ts';
import { isOlder } from './versions.ts';
import { readSmall } from './whole-file.ts';

export interface WindowsGround {
  registry: Registry;
  stateFolder: string;
}

/** Points every browser to its manifest, an absolute path. `program` is what those start. */
export function registerInRegistry(
  ground: WindowsGround,
  manifests: Manifests,
  program: string,
  change: Change = {},
): Promise<Outcome[]> {
  const older = new Map<string, Promise<boolean>>();
  return forEach(change, async (browser, key) => {
    const manifest = manifests[browser.family];
    const { holds } = await placeAt(ground.registry, 'HKCU', key);
    if (holds.is === 'manifest' && holds.file !== manifest) {
      const there = await whose(ground, holds.file);
      if (there === 'elsewhere') return 'foreign';
      if (await isNewer(holds.file, browser, program, older)) return 'newer';
    }
    if (holds.is !== 'manifest' && (await isMachineWide(ground, browser))) return 'machine-wide';
    if (!change.dryRun) await writePath(ground.registry, key, manifest);
    return 'registered';
  });
}

/** Takes back what leads to us, and what leads nowhere under our name. */
export function unregisterInRegistry(ground: WindowsGround, change: Change = {}): Promise<Outcome[]> {
  return forEach(change, async (browser, key) => {
    const { holds } = await placeAt(ground.registry, 'HKCU', key);
    if (holds.is === 'nothing') return (await isMachineWide(ground, browser)) ? 'machine-wide' : 'not-here';
    if (holds.is === 'manifest' && (await whose(ground, holds.file)) === 'elsewhere') return 'foreign';
    if (!change.dryRun) await removeWithParents(ground.registry, key);
    return 'removed';
  });
}

async function forEach(
  { only }: Change,
  act: (browser: BrowserRow, key: string) => Promise<OutcomeIs>,
): Promise<Outcome[]> {
  const done: Outcome[] = [];
  for (const browser of browsers) {
    if (only && !only.includes(browser.id)) continue;
    const key = keyOf(browser.vendor);
    done.push(await settled(browser, `HKCU\\${key}`, act(browser, key)));
  }
  return done;
}

/** Writes a key's default value: REG_SZ, in UTF-16 with a NUL. */
export function writePath(registry: Registry, key: string, path: string): Promise<void> {
  const data = Buffer.from(`${path}\0`, 'utf16le').toString('base64');
  return registry.writeValue(key, { name: '', type: 1, data });
}

/** Removes a key, and the keys above it that are empty then: they were made for it. */
async function removeWithParents(registry: Registry, key: string): Promise<void> {
  await registry.removeKey(key);
  for (let above = parentOf(key); above.includes('\\'); above = parentOf(above)) {
    if ((await registry.keys('HKCU', above)).length > 0) return;
    if (((await registry.copyKey(above))?.values ?? []).length > 0) return;
    await registry.removeKey(above);
  }
}

const parentOf = (key: string) => key.slice(0, key.lastIndexOf('\\'));

/** Whose manifest lies there; half of one, and none, is nobody's. */
async function whose({ stateFolder }: WindowsGround, file: string): Promise<'ours' | 'elsewhere'> {
  if (isBelow(file, ownFolder(stateFolder))) return 'ours';
  const there = await readSmall(file);
  return there.is === 'read' && isForeign(there.text) ? 'elsewhere' : 'ours';
}

/** Whether a sound registration of ours is there for all of this PC: one of the person's own would hide its updates. */
async function isMachineWide({ registry }: WindowsGround, browser: BrowserRow): Promise<boolean> {
  for (const software of machineViews) {
    const { holds } = await placeAt(registry, 'HKLM', keyOf(browser.vendor, software));
    if (holds.is === 'manifest' && (await soundProgram(holds.file, browser)) !== undefined) return true;
  }
  return false;
}

/** The program that a sound manifest of ours leads to, where that is there. */
async function soundProgram(file: string, { family }: BrowserRow): Promise<string | undefined> {
  const there = await readSmall(file);
  const judged = there.is === 'read' ? judgeManifest(there.text, family) : undefined;
  const path = judged && 'path' in judged ? programPath(judged.path, file) : undefined;
  return path !== undefined && (await judgeProgram(path)) === 'program' ? path : undefined;
}

/** Whether another program is registered there that answers with a newer version than ours. Each is asked once. */
async function isNewer(
  file: string,
  browser: BrowserRow,
  own: string,
  asked: Map<string, Promise<boolean>>,
): Promise<boolean> {
  const path = await soundProgram(file, browser);
  if (path === undefined || path === own) return false;
  const newer = (answer: Answer) => answer.end === 'hello' && isOlder(VERSION, answer.version);
  const asking = asked.get(path) ?? ping(path, browser.family, file).then(newer);
  asked.set(path, asking);
  return asking;
}
