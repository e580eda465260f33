/** What stores take: the extension for each, and for Mozilla's reviewers its sources, too. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Zippable, zipSync } from 'fflate';
import { repository } from './windows-parts.ts';

/** Each file below a folder, by its path with slashes. */
async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = new Map<string, Buffer>();
  for (const path of paths.sort()) files.set(path.slice(folder.length + 1), await readFile(path));
  return files;
}

/** Files by their path with slashes, as a zip. */
export function zipped(files: ReadonlyMap<string, Uint8Array>, time: Date): Uint8Array {
  const zippable: Zippable = {};
  // What zip calls a time is one of no zone: the same bytes wherever it is made.
  const mtime = new Date(time.getTime() + time.getTimezoneOffset() * 60_000);
  for (const [name, bytes] of files) zippable[name] = [bytes, { mtime, level: 9 }];
  return zipSync(zippable);
}

/**
 * The built extension as a store takes it. Chrome's and Edge's make the extension's id themselves, and refuse the `key`
 * that fixes it for development.
 */
export async function extensionZip(built: 'chromium' | 'firefox', time: Date): Promise<Uint8Array> {
  const files = await filesBelow(join(repository, 'dist', built));
  const manifest = files.get('manifest.json');
  if (!manifest) throw new Error(`dist/${built} has no manifest.json: npm run build`);
  const { key: _, ...forStores }: Record<string, unknown> = JSON.parse(manifest.toString());
  files.set('manifest.json', Buffer.from(`${JSON.stringify(forStores, null, 2)}\n`));
  return zipped(files, time);
}

/** All that the last commit holds, from which a reviewer builds the same. git gives each file the commit's time. */
export async function sourcesZip(): Promise<Uint8Array> {
  const args = ['archive', '--format=zip', 'HEAD'];
  const { stdout } = await execa('git', args, { cwd: repository, encoding: 'buffer' });
  return stdout;
}
