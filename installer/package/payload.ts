/** The files that an MSI installs, made in a folder. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostManifest } from '../../native-host/registration/manifest.ts';
import { makeExecutable, makeIcon } from './executable.ts';
import type { Product } from './product.ts';
import { repository, windowsKoffi } from './windows-parts.ts';
import type { Payload } from './wix.ts';

/** Runs the program of its version, wherever the two lie: a path that stays the same from version to version. */
function command({ version }: Product): string {
  return ['@echo off', `"%~dp0${version}\\signin-rescue.exe" %*`, 'exit /b %errorlevel%', ''].join('\r\n');
}

/** Makes the payload below a folder. `sign` signs an executable in place before anything is made of it. */
export async function makePayload(
  product: Product,
  folder: string,
  sign: (path: string) => Promise<void> = async () => undefined,
): Promise<Payload> {
  await mkdir(folder, { recursive: true });
  const work = join(folder, 'scripts');
  await mkdir(work, { recursive: true });
  const at = (name: string) => join(folder, name);
  const payload: Payload = {
    executable: at('signin-rescue.exe'),
    koffi: at('koffi.node'),
    chromiumManifest: at('chromium.json'),
    firefoxManifest: at('firefox.json'),
    command: at('signin-rescue.cmd'),
    licence: at('LICENSE.txt'),
    icon: at('product.ico'),
  };
  await writeFile(payload.executable, await makeExecutable(product, work));
  await copyFile(await windowsKoffi(), payload.koffi);
  for (const program of [payload.executable, payload.koffi]) await sign(program);
  // Beside the executable, so that no user's name, in whatever script, is in it.
  for (const family of ['chromium', 'firefox'] as const) {
    await writeFile(payload[`${family}Manifest`], hostManifest(family, 'signin-rescue.exe'));
  }
  await writeFile(payload.command, command(product));
  await copyFile(join(repository, 'LICENSE'), payload.licence);
  await writeFile(payload.icon, await makeIcon());
  return payload;
}
