/** This very host as a program that a browser is to start, and the manifests that lead to it. */
import { access, constants, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { isOneFile } from '../one-file/parts.ts';
import type { BrowserFamily } from './browsers.ts';
import { hostManifest } from './manifest.ts';
import { codeOf, readSmall, writeWhole } from './whole-file.ts';

/** The command that runs this host: its program, and what that is to be told. */
export type OwnCommand = readonly [program: string, ...args: string[]];

/** `machine` is the choice that the host is to be started with. */
export function ownCommand(machine: string | undefined): OwnCommand {
  const [kind, ...file] = machine?.split(':') ?? [];
  const whole = file.length > 0 ? `${kind}:${resolve(file.join(':'))}` : kind;
  const choice = whole === undefined ? [] : ['--machine', whole];
  return isOneFile()
    ? [process.execPath, ...choice]
    : [process.execPath, resolve(process.argv[1] ?? ''), ...choice];
}

const onWindows = process.platform === 'win32';

/** What is written below the state folder for browsers. */
export const ownFolder = (stateFolder: string) => join(stateFolder, 'registration');

/** A browser gives its own arguments only, so a command with some is put into a file that it can start. */
const needsStarter = ([, ...args]: OwnCommand) => args.length > 0;

/** The program that registrations of this host lead to. */
export function registeredProgram(command: OwnCommand, stateFolder: string): string {
  if (!needsStarter(command)) return command[0];
  return join(ownFolder(stateFolder), onWindows ? 'signin-rescue-host.cmd' : 'signin-rescue-host');
}

/** An executable file that runs a command with the browser's own arguments after it. */
export async function writeStarter(path: string, command: OwnCommand): Promise<void> {
  const text = onWindows
    ? // It is read in the console's code page, which by itself is not UTF-8.
      `@echo off\r\nchcp 65001 >nul\r\n${command.map(commandWord).join(' ')} %*\r\n`
    : `#!/bin/sh\nexec ${command.map(shellWord).join(' ')} "$@"\n`;
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, text, 0o755);
}

const shellWord = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
/** No path on Windows has a quotation mark in it. */
const commandWord = (word: string) => `"${word.replaceAll('%', '%%')}"`;

export type Manifests = Record<BrowserFamily, string>;

const manifestsIn = (folder: string): Manifests => ({
  chromium: join(folder, 'chromium.json'),
  firefox: join(folder, 'firefox.json'),
});

/**
 * Writes the manifest for each family beside the program, where that may be done and a browser can start it by itself,
 * else below the state folder; gives their paths. Those that are right already stay. `dryRun` writes nothing.
 */
export async function placeManifests(
  command: OwnCommand,
  stateFolder: string,
  dryRun: boolean,
): Promise<Manifests> {
  const own = ownFolder(stateFolder);
  const program = registeredProgram(command, stateFolder);
  if (!needsStarter(command)) {
    const beside = manifestsIn(dirname(program));
    const done = await write(beside, nameIn(dirname(program), program), dryRun).catch(refused);
    if (done) return beside;
  }
  const manifests = manifestsIn(own);
  if (dryRun) return manifests;
  await mkdir(own, { recursive: true });
  if (needsStarter(command)) await writeStarter(program, command);
  await write(manifests, nameIn(own, program), false);
  return manifests;
}

/** On Windows alone a manifest may name the program by where it lies beside it: no letters of a path can go wrong. */
const nameIn = (folder: string, program: string) =>
  onWindows && dirname(program) === folder ? basename(program) : program;

function refused(error: unknown): false {
  if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) return false;
  throw error;
}

async function write(manifests: Manifests, program: string, dryRun: boolean): Promise<true> {
  for (const family of ['chromium', 'firefox'] as const) {
    const path = manifests[family];
    const wanted = hostManifest(family, program);
    const there = await readSmall(path);
    if (there.is === 'read' && there.text === wanted) continue;
    if (dryRun) await access(dirname(path), constants.W_OK);
    else await writeWhole(path, wanted);
  }
  return true;
}

/** Takes back what `placeManifests` wrote below the state folder. */
export async function removeOwnFolder(stateFolder: string): Promise<void> {
  await rm(ownFolder(stateFolder), { recursive: true, force: true });
}

/** Takes back the manifests beside the program, unless it is below one of these folders. */
export async function removeBeside(command: OwnCommand, except: readonly string[]): Promise<void> {
  const folder = dirname(command[0]);
  if (needsStarter(command) || except.some((each) => isBelow(folder, each))) return;
  for (const path of Object.values(manifestsIn(folder))) await rm(path, { force: true });
}

/** Whether a path is a folder or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  const below = relative(folder, resolve(path));
  return !below.startsWith('..') && !isAbsolute(below);
}
