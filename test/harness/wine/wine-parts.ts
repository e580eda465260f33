/** What Wine needs, made once and kept in .cache: a Windows 10 prefix and koffi for Windows. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { made, pinned, repository, unpack } from '../../../installer/package/windows-parts.ts';

const execute = promisify(execFile);

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
