/** The processes of one Windows in Wine, seen from Linux. */
import { readdir, readFile } from 'node:fs/promises';

/** Command lines of the processes of this prefix that run a program of this name. */
export async function processesOf(prefix: string, image: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => lineOf(pid, prefix)));
  return lines.filter((line) => line.includes(`\\${image}`));
}

/** Empty for a process that has ended meanwhile, or is none of this prefix. */
async function lineOf(pid: string, prefix: string): Promise<string> {
  try {
    const [line, environment] = await Promise.all(
      ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
    );
    const own = environment?.split('\0').includes(`WINEPREFIX=${prefix}`);
    return own && line ? line.replaceAll('\0', ' ').trim() : '';
  } catch {
    return '';
  }
}
