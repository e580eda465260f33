/** Registers the host for a throw-away browser profile, with a wrapper script that names the simulated PC. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registerForUser } from '../../installer/windows-registry.ts';
import type { BrowserFamily } from '../../native-host/registration/browsers.ts';
import { hostManifest, MANIFEST_FILE } from '../../native-host/registration/manifest.ts';
import { hostScript } from './build.ts';

const onWindows = process.platform === 'win32';

/** A word for sh, quoted. */
const shellWord = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
/** A word for cmd.exe, quoted; none of ours has a quotation mark in it. */
const commandWord = (word: string) => `"${word.replaceAll('%', '%%')}"`;

/** An executable file that runs a command with the browser's own arguments after it. */
async function writeWrapper(folder: string, command: readonly string[]): Promise<string> {
  const path = join(folder, onWindows ? 'signin-rescue-host.cmd' : 'signin-rescue-host.sh');
  const text = onWindows
    ? `@echo off\r\n${command.map(commandWord).join(' ')} %*\r\n`
    : `#!/bin/sh\nexec ${command.map(shellWord).join(' ')} "$@"\n`;
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

/** The command that runs the built host on a simulated PC. */
export function simulatedHost(pcFile: string): string[] {
  return [process.execPath, hostScript, '--machine', `simulated:${pcFile}`];
}

function manifestFolder(family: BrowserFamily, folder: string): string {
  if (onWindows) return folder;
  return family === 'chromium'
    ? join(folder, 'NativeMessagingHosts')
    : join(folder, '.mozilla', 'native-messaging-hosts');
}

/**
 * Writes the manifest where the browser looks: for Chromium in its profile, for Firefox below the home folder that
 * it is started with, on Windows anywhere with a registry key that points to it. Gives what takes it back.
 */
export async function registerHost(
  family: BrowserFamily,
  folder: string,
  command: readonly string[],
): Promise<() => Promise<void>> {
  const path = await writeWrapper(folder, command);
  const hosts = manifestFolder(family, folder);
  await mkdir(hosts, { recursive: true });
  const manifest = join(hosts, MANIFEST_FILE);
  await writeFile(manifest, hostManifest(family, path));
  // Elsewhere it goes with its folder.
  return onWindows ? registerForUser(family, manifest) : async () => undefined;
}
