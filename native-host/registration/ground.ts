/**
 * Where browsers look for the host here: on Windows, and on a simulated PC that was asked for by name, in the registry;
 * on Linux and macOS in folders of the person's home.
 */
import { homedir } from 'node:os';
import { ProblemError } from '../../common/problem.ts';
import type { Machine, Registry } from '../machine/machine.ts';
import { browserPolicy } from './browser-policy.ts';
import { browsers } from './browsers.ts';
import type { Change, Outcome } from './outcome.ts';
import {
  type OwnCommand,
  ownCommand,
  ownFolder,
  placeManifests,
  registeredProgram,
  removeBeside,
  removeOwnFolder,
  writeStarter,
} from './own-program.ts';
import type { Standing } from './places.ts';
import { listedBrowsers, registryPlaces } from './registry-places.ts';
import { type Platform, registerBelow, standingBelow, unregisterBelow } from './unix.ts';
import { codeOf } from './whole-file.ts';
import { registerInRegistry, unregisterInRegistry } from './windows.ts';

interface Own {
  stateFolder: string;
  /** What a browser is to start. */
  command: OwnCommand;
}

export type Ground = Own &
  ({ kind: 'registry'; registry: Registry } | { kind: 'folders'; home: string; platform: Platform });

/** `choice` is what was asked for by `--machine`. Fails with `not-supported` where no browser could be told. */
export function groundOf({ kind, registry, stateFolder }: Machine, choice: string | undefined): Ground {
  const { platform } = process;
  const named = kind === 'simulated' ? choice : undefined;
  if (platform === 'win32' || named !== undefined)
    return { kind: 'registry', registry, stateFolder, command: ownCommand(named) };
  if (platform !== 'linux' && platform !== 'darwin')
    throw new ProblemError('not-supported', `no registration on ${platform}`);
  return { kind: 'folders', home: homedir(), platform, stateFolder, command: ownCommand(kind) };
}

/** The program that a registration leads to. */
export const programOf = ({ command, stateFolder }: Ground) => registeredProgram(command, stateFolder);

/** Registers this host; an outcome for each browser. */
export async function register(ground: Ground, change: Change = {}): Promise<Outcome[]> {
  try {
    return await registerAll(ground, change);
  } catch (error) {
    // What they all need could not be written.
    const wanted = browsers.filter(({ id }) => change.only?.includes(id) ?? true);
    const refused = { is: 'refused', place: ownFolder(ground.stateFolder), detail: codeOf(error) } as const;
    return wanted.map(({ id }) => ({ browser: id, ...refused }));
  }
}

async function registerAll(ground: Ground, change: Change): Promise<Outcome[]> {
  const { command, stateFolder } = ground;
  const { dryRun = false } = change;
  const program = programOf(ground);
  if (ground.kind === 'registry') {
    const manifests = await placeManifests(command, stateFolder, dryRun);
    return registerInRegistry(ground, manifests, program, change);
  }
  if (!dryRun) await writeStarter(program, command);
  return registerBelow(ground.home, ground.platform, program, change);
}

/** Takes it back; an outcome for each browser. What was written for them goes when none needs it any more. */
export async function unregister(ground: Ground, change: Change = {}): Promise<Outcome[]> {
  if (ground.kind === 'folders') {
    const outcomes = await unregisterBelow(ground.home, ground.platform, change);
    if (isOver(outcomes, change)) await removeOwnFolder(ground.stateFolder);
    return outcomes;
  }
  const outcomes = await unregisterInRegistry(ground, change);
  if (isOver(outcomes, change)) {
    await removeOwnFolder(ground.stateFolder);
    await removeBeside(ground.command, await installedFolders(ground.registry));
  }
  return outcomes;
}

const isOver = (outcomes: readonly Outcome[], { dryRun }: Change) =>
  !dryRun && outcomes.every(({ is }) => is !== 'refused');

/** Where Windows Installer put the product: what lies there is removed by it alone. */
async function installedFolders(registry: Registry): Promise<string[]> {
  const values = (['HKCU', 'HKLM'] as const).map((hive) =>
    registry.read(hive, 'Software\\Signin Rescue', 'Location').catch(() => undefined),
  );
  return (await Promise.all(values)).flatMap((value) => (value?.type === 'REG_SZ' ? value.value : []));
}

/** How every browser stands. */
export async function standings(ground: Ground): Promise<Standing[]> {
  if (ground.kind === 'folders')
    return Promise.all(browsers.map((each) => standingBelow(ground.home, ground.platform, each)));
  const { registry } = ground;
  const isListed = await listedBrowsers(registry);
  return Promise.all(
    browsers.map(async (browser) => ({
      browser,
      here: isListed(browser) ? 'yes' : 'no',
      policy: await browserPolicy(registry, browser),
      places: await registryPlaces(registry, browser),
    })),
  );
}
