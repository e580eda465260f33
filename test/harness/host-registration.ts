/** Registers the host for one throw-away browser profile, with a wrapper script that names the simulated PC. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserFamily, hostManifest, MANIFEST_FILE } from '../../installer/host-manifest.ts';
import { hostScript } from './build.ts';

/** A shell word, quoted. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** An executable file that runs a command with the browser's own arguments after it. */
export async function writeWrapper(path: string, command: readonly string[]): Promise<string> {
  await writeFile(path, `#!/bin/sh\nexec ${command.map(quoted).join(' ')} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

/** The command that runs the built host on a simulated PC. */
export function simulatedHost(pcFile: string): string[] {
  return [process.execPath, hostScript, '--machine', `simulated:${pcFile}`];
}

/**
 * Writes the manifest where the browser looks: for Chromium in its profile, for Firefox below the home folder that
 * it is started with.
 */
export async function registerHost(
  family: BrowserFamily,
  folder: string,
  command: readonly string[],
): Promise<void> {
  const path = await writeWrapper(join(folder, 'signin-rescue-host.sh'), command);
  const hosts =
    family === 'chromium'
      ? join(folder, 'NativeMessagingHosts')
      : join(folder, '.mozilla', 'native-messaging-hosts');
  await mkdir(hosts, { recursive: true });
  await writeFile(join(hosts, MANIFEST_FILE), hostManifest(family, path));
}
