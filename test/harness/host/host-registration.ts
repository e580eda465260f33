/** Registers the host for a throw-away browser profile, with a wrapper script that names the simulated PC. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserFamily, browsers } from '../../../native-host/registration/browsers.ts';
import { hostManifest, MANIFEST_FILE } from '../../../native-host/registration/manifest.ts';
import { writeStarter } from '../../../native-host/registration/own-program.ts';
import { keyOf } from '../../../native-host/registration/registry-places.ts';
import { writePath } from '../../../native-host/registration/windows.ts';
import { hostScript } from '../build.ts';

const onWindows = process.platform === 'win32';

/** An executable file that runs a command with the browser's own arguments after it. */
async function writeWrapper(folder: string, [program = '', ...args]: readonly string[]): Promise<string> {
  const path = join(folder, onWindows ? 'signin-rescue-host.cmd' : 'signin-rescue-host.sh');
  await writeStarter(path, [program, ...args]);
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

/** Points the family's browsers to a manifest; gives what puts back what was there, which may be an installed product. */
async function registerForUser(family: BrowserFamily, manifest: string): Promise<() => Promise<void>> {
  const { registry } = await import('../../../native-host/machine/windows/registry.ts');
  const keys = browsers.filter((each) => each.family === family).map(({ vendor }) => keyOf(vendor));
  const before = new Map(
    await Promise.all(keys.map(async (key) => [key, await registry.copyValue(key, '')] as const)),
  );
  for (const key of keys) await writePath(registry, key, manifest);
  return async () => {
    for (const [key, earlier] of before) {
      if (earlier) await registry.writeValue(key, earlier);
      else await registry.removeKey(key);
    }
  };
}
