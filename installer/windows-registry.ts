/**
 * Registers the host for the current Windows user: each browser reads the manifest's path from the default value of
 * a key of its own (https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging,
 * https://learn.microsoft.com/microsoft-edge/extensions/developer-guide/native-messaging,
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests).
 */
import { win32 } from 'node:path';
import { execa } from 'execa';
import { HOST_NAME } from '../common/identity.ts';
import { type BrowserFamily, browsers } from '../native-host/registration/browsers.ts';

/** reg.exe by its full path: what PATH finds may be somebody else's. */
function reg(...args: string[]) {
  const exe = win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'reg.exe');
  return execa(exe, args, { reject: false, windowsHide: true });
}

async function registered(key: string): Promise<string | undefined> {
  const { exitCode, stdout } = await reg('query', key, '/ve');
  // "(Default)" is translated; the type is not.
  return exitCode === 0 ? /REG_SZ\s+(.+?)\s*$/m.exec(stdout)?.[1] : undefined;
}

async function write(key: string, manifest: string): Promise<void> {
  const { exitCode, stderr } = await reg('add', key, '/ve', '/t', 'REG_SZ', '/d', manifest, '/f');
  if (exitCode !== 0) throw new Error(`${key} could not be written: ${stderr}`);
}

/**
 * Points the family's browsers to a manifest, an absolute path, and gives a function that puts everything back as
 * it was: an installed product that was registered there works again.
 */
export async function registerForUser(family: BrowserFamily, manifest: string): Promise<() => Promise<void>> {
  const before = new Map<string, string | undefined>();
  for (const { vendor } of browsers.filter((each) => each.family === family)) {
    const key = `HKCU\\Software\\${vendor}\\NativeMessagingHosts\\${HOST_NAME}`;
    before.set(key, await registered(key));
    await write(key, manifest);
  }
  return async () => {
    for (const [key, earlier] of before) {
      if (earlier === undefined) await reg('delete', key, '/f');
      else await write(key, earlier);
    }
  };
}
